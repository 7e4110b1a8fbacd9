"""The mark that a file bears when it came by mail or download, because of which Excel blocks its macros."""

from __future__ import annotations

import re
from pathlib import Path

from xl_retention.errors import WrongRequest
from xl_retention.setting_up.surroundings import Surroundings

INTERNET_ZONE = 3
"""From here on a file is from outside, as Windows counts zones."""
QUARANTINE = "com.apple.quarantine"
XATTR = "/usr/bin/xattr"


def is_marked(path: Path, surroundings: Surroundings) -> bool:
    """Whether macros in the file are blocked; on other systems than Windows and Mac nothing marks files."""
    if surroundings.platform == "win32":
        return _zone(_stream(path)) >= INTERNET_ZONE
    if surroundings.platform == "darwin":
        return surroundings.ask([XATTR, "-p", QUARANTINE, str(path)], 10).code == 0
    return False


def lift(path: Path, surroundings: Surroundings) -> bool:
    """Takes the mark off; says whether there was one.

    Raises:
        WrongRequest: There is no such file, or the system did not let us.
    """
    if not path.is_file():
        raise WrongRequest(f"{path} is not there; check the spelling and the folder.")
    if not is_marked(path, surroundings):
        return False
    if surroundings.platform == "win32":
        _stream(path).unlink(missing_ok=True)
    else:
        surroundings.ask([XATTR, "-d", QUARANTINE, str(path)], 10)
    if is_marked(path, surroundings):
        raise WrongRequest(f"{path.name} could not be unblocked; ask whoever looks after this computer.")
    return True


def _stream(path: Path) -> Path:
    """The stream of the file in which Windows keeps the mark; it is opened like a file of that name."""
    return path.with_name(path.name + ":Zone.Identifier")


def _zone(stream: Path) -> int:
    try:
        found = re.search(rb"ZoneId\s*=\s*(\d+)", stream.read_bytes())
    except OSError:
        return 0
    return int(found[1]) if found else 0
