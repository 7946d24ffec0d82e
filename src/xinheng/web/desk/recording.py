"""One record in a form made from the catalogue: the same check as for a file, on one row, its answers at the fields."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from xinheng.core.catalogue.codes import code_list
from xinheng.core.catalogue.item import NATURAL_PERSON
from xinheng.core.catalogue.template.columns import Column, columns_of
from xinheng.core.catalogue.template.words import form_of, need_of
from xinheng.core.errors import Text, UnusableCall, UnusableFile
from xinheng.core.intake.rules import Level
from xinheng.core.ledger.events import FORM
from xinheng.usecases.intake.overview import Granted
from xinheng.usecases.intake.rows import Sheet, hand_in_rows, try_rows
from xinheng.usecases.intake.views import IssueView
from xinheng.web.desk.granting import granted_or_missing
from xinheng.web.desk.page import desk_page, shown, told
from xinheng.web.fields import FormField
from xinheng.web.signed_in import actor_of
from xinheng.web.today import now, today

LONG = 100
"""Characters from which on a field is given several lines."""


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, agency: str, item: str) -> HttpResponse:
    """Show the form of an item; check what comes with it, hand it in where nothing is to be mended, and lead to its receipt."""
    granted = granted_or_missing(request, agency, item)
    columns = columns_of(granted.version)
    if request.method != "POST":
        return _form(request, granted, fields_of(granted, columns, _known(granted)))
    cells = {
        column.field.name: request.POST.get(column.field.name, "").replace("\r\n", "\n").strip() for column in columns
    }
    sheet = _sheet(granted, cells)
    try:
        tried = try_rows(sheet, actor=actor_of(request), at=now())
        if request.POST.get("act") != "check" and not tried.outcome.counts.rejected:
            return redirect("desk:submission", number=hand_in_rows(sheet, actor=actor_of(request), at=now()).submission)
    except (UnusableFile, UnusableCall) as error:
        return _form(request, granted, fields_of(granted, columns, cells), faults=told(error), status=422)
    fields = fields_of(granted, columns, cells, tried.issues)
    on_page = {field.name for field in fields}
    faults = tuple(issue.mend for issue in tried.issues if issue.level == Level.REJECT and issue.column not in on_page)
    sound = not tried.outcome.counts.rejected
    waits = sound and tried.outcome.counts.waiting > 0
    return _form(request, granted, fields, faults=faults, status=200 if sound else 422, sound=sound, waits=waits)


def _form(
    request: HttpRequest, granted: Granted, fields: Sequence[FormField], *, status: int = 200, **facts: object
) -> HttpResponse:
    at_fault = [field for field in fields if field.errors]
    return shown(
        request, "record", {"granted": granted, "fields": fields, "fields_at_fault": at_fault, **facts}, status=status
    )


def _sheet(granted: Granted, cells: Mapping[str, str]) -> Sheet:
    """Return the record as a sheet with the columns that are filled or must be."""
    needed = {
        field.name
        for field in granted.version.fields
        if field.required or any(field.name in group for group in granted.version.groups)
    }
    kept = {name: value for name, value in cells.items() if value or name in needed}
    return Sheet(
        item=granted.version.name, agency=granted.agency.uscc, header=tuple(kept), rows=(tuple(kept.values()),), channel=FORM,
        received_on=today(), file_name="在线填报.csv",
    )  # fmt: skip


def _known(granted: Granted) -> dict[str, str]:
    """Return what an agency need not type: its own name and code."""
    own = {"source_agency": granted.agency.name, "source_agency_code": granted.agency.uscc}
    own |= {"deciding_authority": granted.agency.name, "deciding_authority_code": granted.agency.uscc}
    return {field.name: own[field.role] for field in granted.version.fields if field.role in own}


def fields_of(
    granted: Granted, columns: Sequence[Column], cells: Mapping[str, str], issues: Sequence[IssueView] = ()
) -> tuple[FormField, ...]:
    """Return the fields of an item's form with what stands in them and what the check says of each."""
    said: dict[str, list[IssueView]] = defaultdict(list)
    for issue in issues:
        said[issue.column].append(issue)
    return tuple(
        _field(granted, column, cells.get(column.field.name, ""), said[column.field.name]) for column in columns
    )


def _field(granted: Granted, column: Column, value: str, issues: Sequence[IssueView]) -> FormField:
    field = column.field
    coded = bool(column.choices) and not field.multiple and not field.other
    long = (field.max_length or 0) > LONG and not coded and field.type == "string" and field.role != "counterpart_name"
    values = _labelled(column) if coded else ()
    if coded and value and value not in column.choices:
        values = (*values, (value, Text(value, value)))  # what was written is kept, and told to be wrong
    return FormField(
        name=field.name, title=Text(field.title, field.title_en), kind="choice" if coded else "area" if long else "text", value=value,
        required=field.required and not field.allowance,
        conditional=need_of(granted.version, column) != "选填", hint=_hint(granted, column, coded=coded), choices=values, code=field.name,
        errors=tuple(_said(one) for one in issues if one.level == Level.REJECT),
        notes=tuple(_said(one) for one in issues if one.level != Level.REJECT),
    )  # fmt: skip


def _hint(granted: Granted, column: Column, *, coded: bool) -> Text:
    field = column.field
    need = need_of(granted.version, column)
    form = "" if coded else form_of(column).removeprefix("文本").removeprefix("，")
    if "18 位" in form:
        form = form[form.index("18 位") :]  # that it has 18 characters at the most as well need not be said
    values = "" if coded or not column.choices else "可填：" + "、".join(column.choices)
    several = "可填多个，用分号隔开" if field.multiple else ""
    zh = [need if need not in ("必填", "选填") else "", form, values, several, field.description.rstrip("。")]
    en = [
        f"at most {field.max_length} characters" if field.max_length and not coded else "",
        f"in {field.unit}" if field.unit else "",
    ]
    en += [
        "such as 2026-01-31" if field.type == "date" else "",
        "several, with semicolons between" if field.multiple else "",
    ]
    en += [field.description_en.rstrip(".")]
    words = "; ".join(part for part in en if part)
    return Text("。".join(part for part in zh if part), words[:1].upper() + words[1:])


def _labelled(column: Column) -> tuple[tuple[str, Text], ...]:
    known = code_list(column.field.code_list) if column.field.code_list else None
    offered = (
        value for value in column.choices if value != NATURAL_PERSON
    )  # persons' rows come in files, which are sealed
    found = ((value, known.find(value) if known else None) for value in offered)
    return tuple((value, Text(value, f"{value} ({code.label_en})" if code else value)) for value, code in found)


def _said(issue: IssueView) -> Text:
    return Text(
        f"{issue.code} 应当是：{issue.expected.zh.rstrip('。')}。{issue.mend.zh}",
        f"{issue.code} Expected: {issue.expected.en}. {issue.mend.en}",
    )
