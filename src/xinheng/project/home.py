"""The home of an installation: its secrets and folders, made at first start, readable by their owner only."""

from __future__ import annotations

import base64
import os
import secrets
from pathlib import Path


def prepared(path: Path) -> Path:
    """Return the home as an absolute path, made if it is not there."""
    home = path.expanduser().absolute()
    home.mkdir(parents=True, exist_ok=True)
    return home


def secret(home: Path, name: str) -> str:
    """Return the secret kept under ``name`` in the home (32 random bytes, base64), made at first use; two processes agree on it."""
    path = home / "secrets" / name
    if not path.exists():
        path.parent.mkdir(mode=0o700, exist_ok=True)
        draft = path.with_name(f"{name}.{secrets.token_hex(8)}")
        draft.touch(mode=0o600)
        draft.write_text(base64.b64encode(secrets.token_bytes(32)).decode(), encoding="ascii")
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # another process was first: its secret counts
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()
