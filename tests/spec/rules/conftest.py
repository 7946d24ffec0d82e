"""Desks for the tables of rules."""

from __future__ import annotations

import pytest
from tests.spec.rules.desk import Desk, penalty_desk, registration_desk


@pytest.fixture(scope="session")
def penalty() -> Desk:
    """Return a desk for administrative penalties."""
    return penalty_desk()


@pytest.fixture(scope="session")
def registration() -> Desk:
    """Return a desk for registrations of legal entities."""
    return registration_desk()
