"""All tables of a store."""

from xl_retention.domain.schema.base_card import BASE_CARD
from xl_retention.domain.schema.booking import BOOKING
from xl_retention.domain.schema.campaign import CAMPAIGN, INVITATION
from xl_retention.domain.schema.complaint import COMPLAINT
from xl_retention.domain.schema.contact_log import CONTACT_LOG
from xl_retention.domain.schema.customer import CUSTOMER
from xl_retention.domain.schema.fields import Entity
from xl_retention.domain.schema.key_account import KEY_ACCOUNT
from xl_retention.domain.schema.prospect import PROSPECT
from xl_retention.domain.schema.relations import CLUB_MEMBER, INTEREST, REFERRAL
from xl_retention.domain.schema.reminder import MAINTENANCE_REMINDER, RENEWAL
from xl_retention.domain.schema.service_visit import SERVICE_VISIT
from xl_retention.domain.schema.staff import HANDOVER, SCORECARD, STAFF
from xl_retention.domain.schema.store import PARC, STORE
from xl_retention.domain.schema.survey import SURVEY_ANSWER, SURVEY_TEMPLATE
from xl_retention.domain.schema.vehicle import VEHICLE

ENTITIES: dict[str, Entity] = {
    entity.name: entity
    for entity in (
        CUSTOMER, VEHICLE, SERVICE_VISIT, BOOKING, CONTACT_LOG, COMPLAINT, PROSPECT, BASE_CARD,
        SURVEY_TEMPLATE, SURVEY_ANSWER, MAINTENANCE_REMINDER, RENEWAL, CAMPAIGN, INVITATION, INTEREST,
        CLUB_MEMBER, REFERRAL, KEY_ACCOUNT, STAFF, STORE, HANDOVER, PARC, SCORECARD,
    )
}  # fmt: skip
"""Every table by its name, in the order of DOM 2.2; where two tables claim a sheet equally, the earlier has it."""
