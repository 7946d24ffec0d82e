"""The office with a public square, whose pages are read on ``TODAY``."""

from __future__ import annotations

import pytest

from ..office import Office
from ..sheets import TODAY
from .square import Square, made_square


@pytest.fixture
def square(office: Office, monkeypatch: pytest.MonkeyPatch) -> Square:
    """One subject about whom two agencies said something adverse and something favourable."""
    from xinheng.web.portal import views

    monkeypatch.setattr(views, "today", lambda: TODAY)
    return made_square(office)
