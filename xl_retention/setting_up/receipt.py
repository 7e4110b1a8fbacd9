"""What `install` did, step by step, so that `--remove` undoes exactly that and nothing else."""

from __future__ import annotations

import contextlib
import json
import shutil
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

from xl_retention.errors import WrongRequest

StepKind = Literal["file", "folder", "conf", "trust", "add-in"]


@dataclass(frozen=True)
class Step:
    """
    One thing that was done.

    Args:
        kind: A file or folder that is ours; a setting of xlwings; a trusted folder; an add-in of Excel.
        path: The file or folder; the settings file; the name of the add-in.
        key: Of the setting, or the trusted address.
        before: Value of the setting before; None where it had none.
        made_file: The settings file was not there before.
        made_folders: Folders made on the way, outermost first; they go when nothing else is in them.
    """

    kind: StepKind
    path: str
    key: str = ""
    before: str | None = None
    made_file: bool = False
    made_folders: tuple[str, ...] = ()

    @property
    def what(self) -> tuple[str, str, str]:
        """Two steps with the same of this do the same thing."""
        return self.kind, self.path, self.key


@dataclass
class Receipt:
    """All steps that are still done, in the order in which they were taken."""

    path: Path
    steps: list[Step] = field(default_factory=list)

    @classmethod
    def read(cls, path: Path) -> Receipt:
        """The receipt kept at *path*, an empty one where there is none.

        Raises:
            WrongRequest: It cannot be understood.
        """
        try:
            kept = json.loads(path.read_text("utf-8"))
            steps = [Step(**{**step, "made_folders": tuple(step["made_folders"])}) for step in kept["steps"]]
        except FileNotFoundError:
            return cls(path)
        except (OSError, ValueError, TypeError, KeyError):
            raise WrongRequest(
                f"{path} (what install did) cannot be read; delete it and run xl-retention install once more."
            ) from None
        return cls(path, steps)

    def add(self, step: Step) -> None:
        """Notes a step at once; of one that was taken before, the first note counts: it knows what was there."""
        if step.what not in {known.what for known in self.steps}:
            self.steps.append(step)
            self._keep()

    def drop(self, step: Step) -> None:
        """Forgets a step that was undone; the last one takes the file away."""
        self.steps.remove(step)
        self._keep()

    def _keep(self) -> None:
        if self.steps:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            kept = {"steps": [asdict(step) for step in self.steps]}
            self.path.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", "utf-8")
        else:
            self.path.unlink(missing_ok=True)
            with contextlib.suppress(OSError):
                self.path.parent.rmdir()


def make_folder(folder: Path) -> tuple[str, ...]:
    """Makes a folder with those around it and returns the ones that were not there, outermost first."""
    missing = []
    for each in (folder, *folder.parents):
        if each.exists():
            break
        missing.append(each)
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(str(each) for each in reversed(missing))


def take_folders_away(step: Step) -> None:
    """Removes the folders that a step made, as far as they are empty."""
    for folder in reversed(step.made_folders):
        with contextlib.suppress(OSError):
            Path(folder).rmdir()


def take_away(step: Step) -> None:
    """Undoes a step that left a file or a folder."""
    path = Path(step.path)
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
        # Python's own copies of a script that LibreOffice has loaded.
        for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*.pyc"):
            compiled.unlink()
        with contextlib.suppress(OSError):
            (path.parent / "__pycache__").rmdir()
    take_folders_away(step)
