"""A message before it is sent: its kind, what it says in both languages, and where it leads."""

from __future__ import annotations

from dataclasses import dataclass

from xinheng.core.errors import Text

LONGEST_TITLE = 200
"""Characters of a title, in either language."""
LONGEST_LINK = 300


@dataclass(frozen=True, slots=True)
class Message:
    """A message of a ``kind`` (a name of ``kinds.yaml``). ``link`` is a path of this platform, or empty.

    Title and body are read inside the platform only; what leaves it is made from the kind (``outgoing``).
    """

    kind: str
    title: Text
    body: Text
    link: str

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a message that nobody could read, or that leads elsewhere."""
        if not all(text.strip() and len(text) <= LONGEST_TITLE for text in (self.title.zh, self.title.en)):
            raise ValueError(f"a title has 1 to {LONGEST_TITLE} characters in both languages")
        if self.link and (not self.link.startswith("/") or self.link.startswith("//") or "\\" in self.link):
            raise ValueError(f"a message leads to a path of this platform, not to {self.link!r}")
        if len(self.link) > LONGEST_LINK or any(sign.isspace() for sign in self.link):
            raise ValueError(f"a path has {LONGEST_LINK} characters at the most, and no blanks")
