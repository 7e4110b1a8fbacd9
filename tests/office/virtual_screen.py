"""A screen that nobody looks at, with a window manager, a mouse and a keyboard."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

SIZE = "1400x900x24"  # wide enough for the workbook's sheets without scrolling sideways
DISPLAYS = range(200, 220)  # far above what people and other tools use

T = TypeVar("T")


class TooSlow(AssertionError):
    """Something was waited for and did not come in its time."""


def wait_for(what: str, question: Callable[[], T | None], seconds: float = 30, every: float = 0.05) -> T:
    """
    The first answer of *question* that is true.

    Raises:
        TooSlow: None was within *seconds*; the text says *what* was waited for.
    """
    end = time.monotonic() + seconds
    while not (answer := question()):
        if time.monotonic() > end:
            raise TooSlow(f"waited {seconds:g} s for {what}")
        time.sleep(every)
    return answer


def end_process(process: subprocess.Popen[bytes], seconds: float = 10) -> None:
    """
    End a process that was started in a session of its own, and its children.

    The group is asked again after its leader has gone: a launcher may leave the program behind.
    """
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, sign)
        except ProcessLookupError:
            break
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            continue
    process.wait(seconds)


def clean_environment(home: Path, display: str) -> dict[str, str]:
    """Nothing of the tests' own Python may reach the office: its Python would not start."""
    return {"HOME": str(home), "PATH": os.defpath, "LANG": "C.UTF-8", "DISPLAY": display}


class VirtualScreen:
    """
    Xvfb with openbox on a free display.

    Args:
        home: An empty folder for both programs.

    Raises:
        TooSlow: No display of `DISPLAYS` came up.
    """

    def __init__(self, home: Path) -> None:
        self._home = home
        self._server = self._first_free_display(DISPLAYS)
        self._manager = self.start(["openbox", "--sm-disable"])
        wait_for("the window manager", lambda: self._run("xdotool", "get_num_desktops", check=False).strip())

    def _first_free_display(self, numbers: Iterable[int]) -> subprocess.Popen[bytes]:
        """The server itself takes the number or ends at once: two test runs never share one."""
        for number in numbers:
            self.display = f":{number}"
            server = self.start(["Xvfb", self.display, "-screen", "0", SIZE, "-nolisten", "tcp", "-noreset"])
            socket = Path(f"/tmp/.X11-unix/X{number}")

            def decided(server: subprocess.Popen[bytes] = server, socket: Path = socket) -> bool:
                return server.poll() is not None or socket.exists()

            wait_for(f"display {self.display}", decided)
            time.sleep(0.2)  # the socket of another server is there before ours has given up
            if server.poll() is None:
                return server
        raise TooSlow(f"no free display from {numbers}")

    def start(self, command: list[str], log: Path | None = None) -> subprocess.Popen[bytes]:
        """A program on this screen, in a session of its own (see `end_process`)."""
        with (log or Path(os.devnull)).open("wb") as out:
            return subprocess.Popen(
                command,
                env=clean_environment(self._home, self.display),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def close(self) -> None:
        """End both programs."""
        end_process(self._manager)
        end_process(self._server)

    def _run(self, *command: str, check: bool = True) -> str:
        environment = clean_environment(self._home, self.display)
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=30, check=False)
        if check and done.returncode:
            raise AssertionError(f"{' '.join(command)}: {done.stderr.strip()}")
        return done.stdout

    def click_at(self, x: int, y: int) -> None:
        """One click of the left button at a place of the screen, in pixels from the upper left corner."""
        self._run("xdotool", "mousemove", "--sync", str(x), str(y), "click", "1")

    def type_text(self, text: str) -> None:
        """Type into whatever has the keyboard."""
        self._run("xdotool", "type", "--delay", "20", "--", text)

    def press_key(self, *keys: str) -> None:
        """Press keys one after the other, by their X names: `Return`, `Escape`, `ctrl+s`."""
        self._run("xdotool", "key", "--delay", "20", "--", *keys)

    def windows(self) -> list[str]:
        """Titles of the visible windows."""
        found = self._run("xdotool", "search", "--onlyvisible", "--name", ".", check=False).split()
        return [self._run("xdotool", "getwindowname", window, check=False).strip() for window in found]

    def wait_for_window(self, title: str, seconds: float = 30) -> str:
        """The full title of the first window whose title holds *title*, with the keyboard given to it."""

        def shown() -> str:
            found = self._run("xdotool", "search", "--onlyvisible", "--name", title, check=False).split()
            return found[-1] if found else ""

        window = wait_for(f"a window named {title!r}", shown, seconds)
        self._run("xdotool", "windowactivate", "--sync", window)
        return self._run("xdotool", "getwindowname", window).strip()

    def screenshot(self, path: Path, part: str | None = None) -> Path:
        """A picture of the screen as PNG, or of a part of it: `WIDTHxHEIGHT+LEFT+TOP`."""
        crop = ["-crop", part, "+repage"] if part else []
        self._run("import", "-window", "root", *crop, "-strip", "-define", "png:exclude-chunks=date,time", str(path))
        return path
