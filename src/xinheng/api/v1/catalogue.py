"""``/api/v1/catalogue``: what may be handed in, and the schema by which a file can be checked before."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router

from xinheng.api.v1.clock import now
from xinheng.api.v1.guard import ClientCredentials, caller
from xinheng.api.v1.shapes import CatalogueAnswer, ItemRow, TableSchema
from xinheng.api.v1.told import ROOT
from xinheng.core.access import Scope
from xinheng.core.catalogue.describe import overview, table_schema
from xinheng.core.catalogue.item import Item, ItemVersion
from xinheng.core.catalogue.load import item_names, load
from xinheng.core.errors import Explanation, Missing, Text
from xinheng.usecases.intake.own import granted_to

router = Router(tags=["catalogue"])
READ = ClientCredentials(Scope.READ_CATALOGUE)


@router.get(
    "",
    url_name="catalogue",
    operation_id="catalogue",
    summary="List the catalogue",
    auth=READ,
    response=CatalogueAnswer,
)
def catalogue(request: HttpRequest) -> CatalogueAnswer:
    """List the items as they stand today, and say which of them the account's agency may hand in."""
    on = now().date()
    granted = granted_to(caller(request).agency, on=on)
    return CatalogueAnswer(items=[_row(row, granted) for row in overview(on=on)])


@router.get(
    "/{item}",
    url_name="item",
    operation_id="item",
    summary="Get the schema of an item",
    auth=READ,
    response=TableSchema,
)
def item(
    request: HttpRequest,  # noqa: ARG001 - the guard has asked it
    item: str,
    version: Annotated[str, Query(max_length=20, description="A revision; else the one in force today.")] = "",
) -> dict[str, Any]:
    """Return the Frictionless Table Schema of an item, as published."""
    if item not in item_names():
        raise Missing(_NO_ITEM)
    held = load(item)
    return table_schema(_version(held, version) if version else held.at(now().date()))


def _version(held: Item, label: str) -> ItemVersion:
    known = [version.revision.version for version in held.versions]
    if label not in known:
        raise Missing(_no_version(known))
    return held.version(label)


def _row(row: dict[str, Any], granted: frozenset[str]) -> ItemRow:
    kept = {name: row[name] for name in ItemRow.model_fields if name in row}
    return ItemRow(**kept, address=f"{ROOT}/catalogue/{row['name']}", granted=row["name"] in granted)


_NO_ITEM = Explanation(
    Text("目录中没有该项", "The catalogue has no such item"),
    Text("未纳入目录的信息不得归集", "what is not in the catalogue is not collected"),
    Text("请用 GET /api/v1/catalogue 查看目录。", "See the items with GET /api/v1/catalogue."),
)


def _no_version(known: list[str]) -> Explanation:
    return Explanation(
        Text("该目录没有这个版本", "The item has no such version"),
        Text(f"现有版本：{'、'.join(known)}", f"versions: {', '.join(known)}"),
        Text("请指定现有版本，或不指定。", "Name one of them, or leave it out."),
    )
