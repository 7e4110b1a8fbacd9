"""Fields of surveys: their questions, and what was answered (DOM 2.10)."""

from xl_retention.domain.schema.fields import (
    DECIMAL,
    ENUM,
    ID,
    INTEGER,
    TEXT,
    Entity,
    P,
    f,
)
from xl_retention.domain.schema.in_several_tables import (
    CONTACT_ID,
)

SURVEY_TEMPLATE = Entity(
    "survey_template",
    ("回访模板", "Survey Templates", "问卷模板"),
    ("template_id", "question_no"),
    (
        f("template_id", ID, P, "模板编号 问卷编号", "Template No, Survey ID"),
        f("question_no", INTEGER, P, "题号", "Question Number, No"),
        f("name", TEXT, P, "模板名称", "Template Name, Survey Name"),
        f("scenario", ENUM, P, "适用场景", "Used For", words="survey_scenario"),
        f("text", TEXT, P, "题目", "Question"),
        f("answer_type", ENUM, P, "题型", "Type of Answer", words="answer_type"),
        f("weight", DECIMAL, P, "权重"),
    ),
)  # fmt: skip

SURVEY_ANSWER = Entity(
    "survey_answer",
    ("问卷答案", "Survey Answers"),
    ("contact_id", "question_no"),
    (
        CONTACT_ID,
        f("question_no", INTEGER, P, "题号", "Question Number, No"),
        f("answer", TEXT, P, "答案"),
        f("score", DECIMAL, P, "得分"),
    ),
)  # fmt: skip
