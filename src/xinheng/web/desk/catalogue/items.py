"""Items of the catalogue (目录项): the list, one item with all that it says, its workbook, and two versions side by side."""

from __future__ import annotations

import io

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from xinheng.core.access import Action, Target, decide
from xinheng.core.catalogue.codes import code_list
from xinheng.core.catalogue.compare import compare
from xinheng.core.catalogue.compare_item import EFFECTS, STATES, field_pairs, item_pairs, item_terms
from xinheng.core.catalogue.item import Item, ItemVersion, Openness, Status
from xinheng.core.catalogue.load import item_names, load
from xinheng.core.catalogue.stub import check_reportable
from xinheng.core.catalogue.template import write_template
from xinheng.core.catalogue.terms import FREQUENCIES
from xinheng.core.errors import Explanation, Missing, Text, UnusableCall
from xinheng.usecases.catalogue.granting import granted_to
from xinheng.usecases.intake.listing import Wanted
from xinheng.web.desk.labels import item_title
from xinheng.web.desk.page import desk_page, shown, told
from xinheng.web.signed_in import actor_of
from xinheng.web.tables import FORMATS, Cell, Column, Filter, Table, file_of, question_of
from xinheng.web.today import today

_COLUMNS = (
    Column(Text("目录项", "Item"), "title"), Column(Text("国家目录分类", "National class"), "class"), Column(Text("归集来源", "Provider"), "provider"),
    Column(Text("公开属性", "Openness"), "openness"), Column(Text("影响", "Effect")), Column(Text("更新频次", "How often")),
    Column(Text("版本", "Version"), "version"), Column(Text("自", "In force from"), "in_force"), Column(Text("状态", "State")),
)  # fmt: skip
_STATES = {Status.REPORTABLE: "calm", Status.STUB: "plain"}
_ELSEWHERE = frozenset(
    {"title", "basis", "status", "groups"}
)  # terms of an item that its page shows in their own place
GRANTED_SHOWN = 50
"""Agencies that may hand an item in, named on its page; the rest are in the table of grants."""


@desk_page
@require_safe
def items(request: HttpRequest) -> HttpResponse:
    """List the items as they stand today."""
    every = [load(name).at(today()) for name in item_names()]
    classes = sorted({one.national_class for one in every})
    filters = (
        Filter("q", Text("名称、标识或者归集来源", "Title, name or provider")),
        Filter("class", Text("国家目录分类", "National class"), tuple((one, _class(one)) for one in classes)),
        Filter("openness", Text("公开属性", "Openness"), tuple((one.value, _openness(one.value)) for one in Openness)),
        Filter("state", Text("状态", "State"), tuple((state.value, words) for state, words in STATES.items())),
    )
    question = question_of(request, filters, orders=[column.order for column in _COLUMNS if column.order])
    found = _wanted(every, question.wanted())
    wanted = question.wanted()
    part = found[wanted.offset : wanted.offset + wanted.limit]
    table = Table(
        Text("目录项", "Items"), _COLUMNS, tuple(map(_cells, part)), len(found), question, filters,
        Text("没有符合条件的目录项", "No item matches"),
    )  # fmt: skip
    return _answered(request, "catalogue/items", table, name="catalogue")


@desk_page
@require_safe
def item(request: HttpRequest, item: str) -> HttpResponse:
    """Show an item in the version that the address names, or in the one of today."""
    held = _known(item)
    version = _chosen(held, request.GET.get("version", ""))
    granted = granted_to(item, actor=actor_of(request), on=today())
    groups = [[version.field(name) for name in group] for group in version.groups]
    terms = {term: said for term, said in item_terms(version).items() if term not in _ELSEWHERE}
    lists = sorted({field.code_list for field in version.fields if field.code_list})
    facts = {
        "held": held, "version": version, "terms": terms, "granted": granted[:GRANTED_SHOWN], "granted_total": len(granted),
        "groups": groups, "lists": [code_list(name) for name in lists], "now": held.at(today()).revision.version,
        "may_see_granted": decide(actor_of(request), Action.VIEW_SUBMISSIONS, Target()).allowed,
        "reportable": version.status is Status.REPORTABLE, "rows": [(field, _need(version, field.name)) for field in version.fields],
        "today": today(),
    }  # fmt: skip
    return shown(request, "catalogue/item", facts)


@desk_page
@require_safe
def template(request: HttpRequest, item: str) -> HttpResponse:
    """Return the workbook that a department fills in."""
    version = _chosen(_known(item), request.GET.get("version", ""))
    check_reportable(version)
    out = io.BytesIO()
    write_template(out, version, today=today())
    name = f"{version.title}-{version.revision.version}.xlsx"
    header = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(out.getvalue(), content_type=FORMATS["xlsx"], headers={"Content-Disposition": header})


@desk_page
@require_safe
def versions(request: HttpRequest, item: str) -> HttpResponse:
    """Show two versions of an item side by side, differences marked; the newest against the one before it where none is chosen."""
    held = _known(item)
    since, until = request.GET.get("from", ""), request.GET.get("to", "")
    facts = {
        "held": held,
        "title": item_title(item),
        "since": since,
        "until": until,
        "all": request.GET.get("all") == "yes",
    }
    try:
        found = compare(held, since=since, until=until)
    except UnusableCall as error:
        single = len(held.versions) == 1
        return shown(
            request, "catalogue/versions", {**facts, "faults": () if single else told(error), "single": single}
        )
    before, after = found.before, found.after
    pairs, fields = item_pairs(before, after), field_pairs(before, after)
    kinds = [pair.kind for pair in fields]
    counts = [(kind, kinds.count(kind)) for kind in ("added", "changed", "removed", "same")]
    compared = {
        "before": before, "after": after, "pairs": pairs, "fields": fields, "counts": dict(counts),
        "since": before.revision.version, "until": after.revision.version, "item_differs": sum(pair.differs for pair in pairs),
    }  # fmt: skip
    return shown(request, "catalogue/versions", {**facts, **compared})


def _known(name: str) -> Item:
    if name not in item_names():
        raise Missing(_NO_ITEM, item=name)
    return load(name)


def _chosen(held: Item, label: str) -> ItemVersion:
    if not label:
        return held.at(today())
    try:
        return held.version(label)
    except KeyError:
        raise Missing(_NO_VERSION) from None


def _wanted(every: list[ItemVersion], wanted: Wanted) -> list[ItemVersion]:
    asked = wanted.filters
    found = [
        one
        for one in every
        if _has(one, asked.get("q", "").casefold())
        and asked.get("class", "") in ("", one.national_class)
        and asked.get("openness", "") in ("", one.openness.value)
        and asked.get("state", "") in ("", one.status.value)
    ]
    return sorted(found, key=lambda one: _ordered(one, wanted.order), reverse=wanted.descending)


def _has(one: ItemVersion, words: str) -> bool:
    return any(words in text.casefold() for text in (one.title, one.title_en, one.name, one.provider, one.provider_en))


def _ordered(one: ItemVersion, order: str) -> tuple[str, str]:
    by = {
        "class": one.national_class, "provider": one.provider, "openness": one.openness.value, "version": one.revision.version,
        "in_force": one.revision.in_force.isoformat(), "title": one.title,
    }  # fmt: skip
    return by.get(order, ""), one.name


def _cells(one: ItemVersion) -> tuple[Cell, ...]:
    return (
        Cell(Text(one.title, one.title_en), url=reverse("catalogue:item", args=[one.name])), Cell(_class(one.national_class)),
        Cell(Text(one.provider, one.provider_en)), Cell(_openness(one.openness.value)), Cell(EFFECTS[one.effect]),
        Cell(Text(one.frequency, FREQUENCIES[one.frequency])), Cell(one.revision.version), Cell(one.revision.in_force),
        Cell(STATES[one.status], tone=_STATES[one.status]),
    )  # fmt: skip


def _class(label: str) -> Text:
    code = code_list("national-classes").find(label)
    return Text(label, code.label_en if code else label)


def _openness(label: str) -> Text:
    code = code_list("publication-classes").find(label)
    return Text(label, code.label_en if code else label)


def _need(version: ItemVersion, field: str) -> Text:
    if field in version.allowances:
        return Text("容缺", "May be empty")
    if version.field(field).required:
        return Text("必填", "Required")
    grouped = any(field in group for group in version.groups)
    return Text("组内必填一项", "One of a group") if grouped else Text("选填", "Optional")


def _answered(request: HttpRequest, template: str, table: Table, *, name: str) -> HttpResponse:
    return file_of(request, table, name=name) if table.question.form else shown(request, template, {"table": table})


_NO_ITEM = Explanation(
    Text("目录中没有这一项", "The catalogue has no such item"),
    Text("标识可能有误", "the name may be wrong"),
    Text("请在目录中查看。", "See the catalogue."),
)
_NO_VERSION = Explanation(
    Text("没有这个版本", "There is no such version"),
    Text("版本号可能有误", "the label may be wrong"),
    Text("请在目录项页面选择版本。", "Choose one on the page of the item."),
)
