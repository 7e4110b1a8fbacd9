"""Cars delivered in the period and who got them."""

from __future__ import annotations

import numpy as np

from xl_retention.domain.kpis.calendar import Calendar
from xl_retention.domain.kpis.rows import Rows, Subject
from xl_retention.domain.kpis.view import View
from xl_retention.domain.kpis.visiting import all_visits
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Places


def _calendar(now: Situation) -> Calendar:
    return Calendar.of(now.service.delivered)


def delivered_in(view: View) -> Places:
    """Listed cars delivered in P up to as_of."""
    return view.now.once(_calendar).within(view.asked)


def deliveries(view: View) -> Rows:
    """These cars, whoever owns them."""
    return view.cars(view.once(delivered_in))


def buyers(view: View) -> Rows:
    """Customers who got a car in P."""
    owner = view.car_owner[view.once(delivered_in)]
    return view.customers(owner[owner >= 0])


def events(view: View) -> Rows:
    """Visits in P and cars delivered in P, one row each (DOM K20)."""
    visits, cars = view.once(all_visits), view.once(deliveries)
    beyond = len(view.visits)

    def named(places: Places) -> list[str]:
        came = visits.named(places[places < beyond])
        return [*came, *cars.named(places[places >= beyond] - beyond)]

    return Rows(Subject.EVENT, np.concatenate([visits.places, cars.places + beyond]), named)
