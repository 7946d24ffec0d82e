"""Whoever names a file after a person tells nothing by it: what is kept of the name is masked."""

from __future__ import annotations

import io

from tests.spec.rules.desk import PERSON

from ..office import Office
from ..sheets import TODAY


def test_the_name_of_a_register_is_masked_in_the_receipt(office: Office) -> None:
    from xinheng.store.models import AuditEvent, Receipt
    from xinheng.usecases.subjects.load import load_register

    content = office.province.register_sheet()
    load_register(
        io.BytesIO(content),
        name=f"{PERSON}.csv",
        size=len(content),
        as_of=TODAY,
        actor=office.operator,
        at=office.at(TODAY),
    )
    asked = list(Receipt.objects.filter(action="load-register").values_list("asked", flat=True))
    assert {"file": f"{'*' * 18}.csv"} in asked
    assert PERSON not in str(asked)
    assert PERSON not in str(list(AuditEvent.objects.values_list("target", flat=True)))
