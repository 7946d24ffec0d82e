"""Mail through a server (SMTP). What it answers decides: refused for good, or to be tried again. Its words are not kept, they quote addresses."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from xinheng.core.errors import Text, XinhengError
from xinheng.gateways.undeliverable import not_now, refused_for_good

PATIENCE = 10.0
"""Seconds that a server is waited for."""
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class SmtpMailer:
    """Hands mail to a server. ``encrypted`` is TLS from the start; otherwise STARTTLS, which only a server on this machine may lack."""

    host: str
    port: int
    encrypted: bool
    user: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def at(cls, url: str) -> SmtpMailer:
        """Return the mailer of an address ``smtp[s]://[user:password@]host[:port]``; raises ``ValueError`` for anything else."""
        parts = urlsplit(url)
        if parts.scheme not in _PORTS or not parts.hostname:
            raise ValueError("the mail server is written as smtp://host or smtps://user:password@host:port")
        return cls(
            parts.hostname, parts.port or _PORTS[parts.scheme], parts.scheme == "smtps",
            unquote(parts.username or ""), unquote(parts.password or ""),
        )  # fmt: skip

    def send(self, message: EmailMessage) -> None:
        """Hand the mail over; raises ``Undeliverable`` or ``Unavailable``."""
        problem: XinhengError
        try:
            with self._connected() as server:
                server.send_message(message)
                return
        except smtplib.SMTPRecipientsRefused as error:
            problem = _answered(max(code for code, _ in error.recipients.values()), final=True)
        except smtplib.SMTPDataError as error:
            problem = _answered(error.smtp_code, final=True)
        except (
            smtplib.SMTPResponseException
        ) as error:  # who we are, or that we write at all, is refused: a matter of the settings
            problem = _answered(error.smtp_code, final=False)
        except (smtplib.SMTPException, OSError) as error:
            problem = not_now(_WHAT, type(error).__name__)
        raise problem

    def _connected(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self.encrypted:
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=PATIENCE, context=context)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=PATIENCE)
        try:
            server.ehlo()
            if not self.encrypted and (self.host not in _LOCAL or server.has_extn("starttls")):
                server.starttls(context=context)
            if self.user:
                server.login(self.user, self.password)
        except BaseException:
            server.close()
            raise
        return server


def _answered(code: int, *, final: bool) -> XinhengError:
    """Return what an answer of the server means: 5yz is for good (RFC 5321, 4.2.1), where it is about this mail."""
    return refused_for_good(_WHAT, str(code)) if final and code >= 500 else not_now(_WHAT, str(code))


_WHAT = Text("邮件没有送出", "The mail was not handed over")
