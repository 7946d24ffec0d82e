"""Errors written for a reader: what happened, why, and what to do now, in Chinese and in English.

One class of error is one exit code of the command line and one HTTP status of the doors.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in the two languages of the platform."""

    zh: str
    en: str

    def __str__(self) -> str:
        return f"{self.zh}（{self.en}）"


@dataclass(frozen=True, slots=True)
class Explanation:
    """What an error tells its reader.

    ``what`` happened, ``why`` it is so, and what the reader can ``mend`` now.
    """

    what: Text
    why: Text
    mend: Text

    def in_language(self, language: str) -> tuple[str, str, str]:
        """Return the three sentences in ``zh`` or ``en``, for a page or a command."""
        what, why, mend = (str(getattr(part, language)) for part in (self.what, self.why, self.mend))
        return what, why, mend


class XinhengError(Exception):
    """Base of every error that a user is meant to read; carries an :class:`Explanation`."""

    exit_code = 2
    http_status = 400

    def __init__(self, explanation: Explanation, **facts: object) -> None:
        self.explanation = explanation
        self.facts = facts
        super().__init__(explanation.what.en)


class UnusableFile(XinhengError):
    """The file as a whole cannot be read: nothing of it is taken."""


class UnusableCall(XinhengError):
    """The call names something that does not exist or does not fit."""


class Refused(XinhengError):
    """``core.access`` said no; the reasons are in the explanation."""

    http_status = 403


class Missing(XinhengError):
    """What was asked for is not there (or not for this reader)."""

    http_status = 404


class Unavailable(XinhengError):
    """The platform itself cannot do it now (disk full, server away); trying again is right."""

    http_status = 503
