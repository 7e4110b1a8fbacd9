# ruff: noqa: E501 (a question stays in one piece, and a Chinese letter counts twice)
"""The sheet Survey Templates as it is shipped: questions per scenario, which the store makes its own (DOM 2.10, 6.2).

Nobody is asked for full marks (DOM C12): that would spoil K02, K06 and K07.
"""

from __future__ import annotations

from dataclasses import dataclass

from xl_retention.books.layout import ColumnLayout, SheetLayout
from xl_retention.domain.schema.survey import SURVEY_TEMPLATE
from xl_retention.domain.surveys import COMPANY, FREE, MAJOR, POINTS, REPAIR, SALES, SATISFACTION, VIP, YES_NO
from xl_retention.sheets.staff_sheets import heading
from xl_retention.sheets.wording import choices, say, word

HEADING_ROW = 3
WIDTHS = {"template_id": 14, "question_no": 12, "name": 22, "scenario": 14, "text": 64, "answer_type": 16, "weight": 10}


@dataclass(frozen=True)
class _Asked:
    english: str
    chinese: str
    answer_type: str
    weight: int = 1


@dataclass(frozen=True)
class _Survey:
    template_id: str
    english: str
    chinese: str
    scenario: str
    questions: tuple[_Asked, ...]


_ALL_IN_ALL = ("All in all, how satisfied are you with us?", "总体而言，您对我们满意吗？")
_BETTER = _Asked("What should we do better?", "您希望我们在哪些方面改进？", FREE)

SURVEYS: tuple[_Survey, ...] = (
    _Survey("S-SALES", "After the delivery", "交车回访", SALES, (
        _Asked("How was the reception and the advice in the showroom?", "展厅接待和讲解如何？", POINTS),
        _Asked("Was everything explained at the hand-over: controls, warranty, first service?", "交车时是否讲清了操作、质保和首保？", YES_NO, 0),
        _Asked("How was the hand-over of the car?", "交车过程如何？", POINTS, 2),
        _Asked("Is anything about using the car still unclear?", "用车方面还有哪些不清楚？", FREE, 0),
        _Asked(*_ALL_IN_ALL, SATISFACTION, 0),
        _BETTER,
    )),
    _Survey("R-STANDARD", "After a repair", "维修回访", REPAIR, (
        _Asked("Is the fault really cured?", "故障是否彻底排除？", YES_NO, 0),
        _Asked("How was the reception, and the explanation of work and price?", "接待以及项目、价格说明如何？", POINTS),
        _Asked("Was the car ready at the promised time?", "是否按约定时间交车？", YES_NO, 0),
        _Asked("How was the quality of the work, and the car's cleanliness?", "维修质量和车辆清洁如何？", POINTS, 2),
        _Asked(*_ALL_IN_ALL, SATISFACTION, 0),
        _BETTER,
    )),
    _Survey("R-VIP", "VIP after a repair", "VIP维修回访", VIP, (
        _Asked("Does the car run as you wish?", "车辆现在使用是否如您所愿？", YES_NO, 0),
        _Asked("How did your own service advisor look after you?", "专属服务顾问的服务如何？", POINTS, 2),
        _Asked("Were the reserved time, bay and technician kept?", "预留的时间、工位和技师是否落实？", YES_NO, 0),
        _Asked(*_ALL_IN_ALL, SATISFACTION, 0),
        _Asked("Which services or invitations would you like?", "您希望得到哪些服务或活动邀请？", FREE, 0),
    )),
    _Survey("R-COMPANY", "Company after a repair", "企业客户维修回访", COMPANY, (
        _Asked("Did the drivers get the cars back in time?", "车辆是否按时交回使用人？", YES_NO, 0),
        _Asked("How short was the time off the road?", "停驶时间控制得如何？", POINTS, 2),
        _Asked("Were work sheet and invoice clear and right?", "结算单和发票是否清楚无误？", YES_NO, 0),
        _Asked(*_ALL_IN_ALL, SATISFACTION, 0),
        _Asked("Which cars come next, and with whom do we arrange it?", "接下来哪些车辆需要保养，与哪位联系？", FREE, 0),
    )),
    _Survey("R-MAJOR", "After a major repair", "大修回访", MAJOR, (
        _Asked("Is the damage cured, without noise, vibration or warning lamp?", "故障是否排除，有无异响、抖动或报警灯？", YES_NO, 0),
        _Asked("Were parts and costs agreed with you beforehand?", "更换配件和费用是否事先征得同意？", YES_NO, 0),
        _Asked("How well were you kept informed during the repair?", "维修期间进度告知如何？", POINTS, 2),
        _Asked(*_ALL_IN_ALL, SATISFACTION, 0),
        _Asked("May we check the car once more, free of charge?", "是否需要免费复检一次？", YES_NO, 0),
        _BETTER,
    )),
)  # fmt: skip


def layout(language: str) -> SheetLayout:
    """Looks of the sheet."""
    offered = {"scenario": choices("survey_scenario", language), "answer_type": choices("answer_type", language)}
    return SheetLayout(
        tuple(ColumnLayout(width, "input", offered.get(name, ())) for name, width in WIDTHS.items()),
        heading_row=HEADING_ROW,
        title_looks=("title", "note"),
        footer=say("page", language),
    )


def lay_out(language: str) -> list[list[object]]:
    """The cells of the sheet: title, note, headings, a question a row."""
    chinese = language == "zh"
    return [
        [say("templates_sheet", language)],
        [say("templates_note", language)],
        [heading(SURVEY_TEMPLATE.field(name), language) for name in WIDTHS],
        *(
            [
                survey.template_id,
                number,
                survey.chinese if chinese else survey.english,
                word("survey_scenario", survey.scenario, language),
                asked.chinese if chinese else asked.english,
                word("answer_type", asked.answer_type, language),
                asked.weight,
            ]
            for survey in SURVEYS
            for number, asked in enumerate(survey.questions, 1)
        ),
    ]
