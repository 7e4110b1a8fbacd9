"""VBA as text: the procedures of a module, for tests that read it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_HEAD = re.compile(
    r"^(Public|Private) (Sub|Function) (\w+)\((.*?)\)(?: As [\w.]+)?$", re.MULTILINE | re.DOTALL
)
_PARAMETER = re.compile(r"(?:Optional )?(?:ByVal |ByRef )?(?:ParamArray )?(\w+)(?:\(\))?(?: As|\s*[,)]|$)")
_DIM = re.compile(r"\b(?:Dim|Static) (\w+)")
_STRING = re.compile(r'"(?:[^"]|"")*"')


@dataclass(frozen=True)
class Procedure:
    """
    One Sub or Function.

    Args:
        lines: Its body without comments and strings; continued lines are joined.
        raw: Its body as it stands, continued lines joined.
    """

    module: str
    public: bool
    kind: str
    name: str
    parameters: tuple[str, ...]
    lines: tuple[str, ...]
    raw: tuple[str, ...] = field(repr=False)

    @property
    def variables(self) -> list[str]:
        """Names that it declares."""
        return [name for line in self.lines for name in _DIM.findall(line)]


def joined(source: str) -> str:
    """A module with continued lines in one."""
    return re.sub(r" _\n\s*", " ", source)


def procedures(module: str, source: str) -> list[Procedure]:
    """The procedures of a module, in their order."""
    text = joined(source)
    found = []
    for head in _HEAD.finditer(text):
        public, kind, name, parameters = head.groups()
        end = text.index(f"\nEnd {kind}", head.end())
        raw = [line.strip() for line in text[head.end() : end].splitlines() if line.strip()]
        code = [_STRING.sub('""', line) for line in raw]
        code = [line.split("'")[0].rstrip() for line in code]
        names = tuple(_PARAMETER.findall(re.sub(r" = [^,)]+", "", parameters)))
        found.append(
            Procedure(module, public == "Public", kind, name, names, tuple(filter(None, code)), tuple(raw))
        )
    return found
