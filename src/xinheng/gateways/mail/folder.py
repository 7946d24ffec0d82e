"""Mail as files: the set-up without a mail server, so that somebody can see what would go out. One ``.eml`` a mail, for its owner's eyes only."""

from __future__ import annotations

import os
from email.message import EmailMessage
from pathlib import Path


class FolderMailer:
    """Puts mail into a folder. A mail that goes out again takes the place of the first."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, message: EmailMessage) -> None:
        """Write the mail down under its Message-ID."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = str(message["Message-ID"]).strip("<>").partition("@")[0]
        descriptor = os.open(self._folder / f"{name}.eml", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(message.as_bytes())
