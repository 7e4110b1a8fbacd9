"""A message with a copy attached: as a file that a mail program opens as a draft, or as a draft in Outlook."""

from __future__ import annotations

import importlib
import sys
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

_KINDS = {
    ".xlsm": "vnd.ms-excel.sheet.macroEnabled.12",
    ".xlsx": "vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_MAIL_ITEM = 0
"""Outlook's own number for a message (olMailItem)."""


@dataclass(frozen=True)
class Letter:
    """
    A message that nobody has sent yet.

    Args:
        to: Address of the receiver; "" where it is not known.
        subject: Its subject.
        text: What it says.
        attached: The workbook that goes with it.
    """

    to: str
    subject: str
    text: str
    attached: Path

    def write(self, path: Path) -> None:
        """Writes it as a file that mail programs open as a draft."""
        message = EmailMessage()
        message["Subject"] = self.subject
        message["X-Unsent"] = "1"
        if self.to:
            message["To"] = self.to
        message.set_content(self.text)
        message.add_attachment(
            self.attached.read_bytes(),
            maintype="application",
            subtype=_KINDS.get(self.attached.suffix.lower(), "octet-stream"),
            filename=self.attached.name,
        )
        path.write_bytes(message.as_bytes())

    def draft_in_outlook(self) -> bool:
        """
        Saves and shows it as a draft in Outlook; nothing is sent.

        Returns:
            False where there is no Outlook that a program may ask (another system, the new Outlook, none at all).
        """
        if sys.platform != "win32":
            return False
        with suppress(Exception):  # whatever Outlook objects to, the file of the message is there
            client = importlib.import_module("win32com.client")
            item = client.Dispatch("Outlook.Application").CreateItem(_MAIL_ITEM)
            item.To, item.Subject, item.Body = self.to, self.subject, self.text
            item.Attachments.Add(str(self.attached.resolve()))
            item.Save()
            item.Display()
            return True
        return False
