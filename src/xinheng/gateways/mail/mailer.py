"""What hands mail over, by the settings: an SMTP server, or the folder of a set-up without one."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Protocol

from xinheng.core.notices.outgoing import Letter
from xinheng.gateways.mail.folder import FolderMailer
from xinheng.gateways.mail.smtp import SmtpMailer

NOBODY = "xinheng@localhost.invalid"
"""Who writes where no sender is set: an address that nobody has (RFC 2606)."""


class Mailer(Protocol):
    """Hands a mail over; raises ``Undeliverable`` where it is refused for good and ``Unavailable`` where it may be tried again."""

    def send(self, message: EmailMessage) -> None:
        """Hand it over."""


def mailer(url: str, *, folder: Path) -> Mailer:
    """Return what sends mail: the server at ``url``, or the folder where there is none. Raises ``ValueError`` for no address of a server."""
    return SmtpMailer.at(url) if url else FolderMailer(folder)


def mail_of(letter: Letter, *, to: str, sender: str, reference: str) -> EmailMessage:
    """Return the mail; its Message-ID is made from ``reference``, so that a mail that goes out twice is known to be one."""
    mail = EmailMessage(policy=SMTP)
    sender = sender or NOBODY
    mail["From"], mail["To"], mail["Subject"] = sender, to, letter.subject
    mail["Message-ID"] = f"<{reference}@{sender.rpartition('@')[2].rstrip('>')}>"
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's holiday note answers it
    mail.set_content(letter.text)
    return mail
