"""Who registers an organisation and of what kind it is: positions 1–2 of the USCC (登记管理部门与机构类别).

Basis: GB 32100-2015, table 1; the table is ``registrars.yaml``.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources

import yaml


@dataclass(frozen=True, slots=True)
class Registrar:
    """A registering department (登记管理部门) and one kind (机构类别) of organisation that it registers.

    ``code`` is the first character of the USCC, ``kind_code`` the second; names as in the standard.
    """

    code: str
    name: str
    name_en: str
    kind_code: str
    kind: str


def _load() -> dict[str, Registrar]:
    text = resources.files(__package__).joinpath("registrars.yaml").read_text(encoding="utf-8")
    return {
        row["code"] + kind_code: Registrar(row["code"], row["zh"], row["en"], kind_code, kind)
        for row in yaml.safe_load(text)["registrars"]
        for kind_code, kind in row["kinds"].items()
    }


REGISTRARS: dict[str, Registrar] = _load()
"""Registrar and kind by the first two characters of a USCC."""
