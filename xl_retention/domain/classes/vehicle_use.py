"""Vehicle use: private, official, commercial (DOM 4.2)."""

from __future__ import annotations

import numpy as np

from xl_retention.domain.classes.scheme import NOT_KNOWN, UNKNOWN, Classified, Label
from xl_retention.domain.situation import Situation

PRIVATE, OFFICIAL, COMMERCIAL = "私家车", "公务车", "营运车"

LABELS = (
    Label(PRIVATE, "Private", ("Innovative, personal service", "创新、个性化服务")),
    Label(
        OFFICIAL, "Official",
        ("Careful work, strict inspection, multi-point checks, close contact", "精细作业，严格检验，多点检查，密切联系"),
    ),
    Label(
        COMMERCIAL, "Commercial",
        ("Short hand-over, quality, suitable price; expect lower satisfaction scores", "缩短交接时间，保证质量，价格适宜；不以满意度高分为期望"),
    ),
    NOT_KNOWN,
)  # fmt: skip


def classify(situation: Situation) -> Classified:
    """The use typed for each listed car."""
    typed = situation.store.vehicles.texts("use_type")
    return Classified(np.where(typed == "", UNKNOWN, typed).astype(object), {"typed": typed})
