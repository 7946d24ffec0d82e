"""Handing a file in: checked first, taken at once where it is small, put in line where it is large."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from xinheng.core.catalogue.load import load
from xinheng.core.errors import Text, UnusableCall, UnusableFile
from xinheng.core.intake.profiles import load_profile, profile_names
from xinheng.usecases.intake.overview import Granted, granted_items
from xinheng.usecases.intake.profile_making import ProfileRow, own_profiles
from xinheng.usecases.intake.queueing import queue
from xinheng.usecases.intake.rows import issues_foreseen
from xinheng.usecases.intake.submit import Call, check_only
from xinheng.usecases.intake.submit import submit as submit_now
from xinheng.web.desk.labels import counts_of, rule_title
from xinheng.web.desk.page import desk_page, shown, told
from xinheng.web.fields import FormField
from xinheng.web.signed_in import actor_of
from xinheng.web.today import now, today

AT_ONCE = 2 << 20
"""Bytes of a file that is taken while its sender waits; a larger one goes in line."""
SHOWN = 200
"""Issues of a mere check that are shown cell by cell."""


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest) -> HttpResponse:
    """Show the form; check the file that comes with it, or hand it in and lead to its receipt."""
    granted = granted_items(actor_of(request), on=today())
    if request.method != "POST":
        return _form(request, granted, {"target": request.GET.get("target", ""), "full": "no"})
    given = {name: request.POST.get(name, "") for name in ("target", "profile", "full")}
    upload = request.FILES.get("file")
    errors = _errors(given, upload, granted, own_profiles(actor_of(request)))
    if errors or upload is None:
        return _form(request, granted, given, errors=errors, status=422)
    try:
        if request.POST.get("act") == "check":
            return _checked(request, granted, given, upload)
        return redirect("desk:submission", number=_handed_in(request, given, upload))
    except (UnusableFile, UnusableCall) as error:
        return _form(request, granted, given, errors={"file": told(error)}, status=422)


def _handed_in(request: HttpRequest, given: dict[str, str], upload: UploadedFile) -> int:
    call, actor = _call(given, upload), actor_of(request)
    if call.size > AT_ONCE:
        return queue(call, actor=actor, at=now()).submission
    number = submit_now(call, actor=actor, at=now()).submission
    assert number is not None  # noqa: S101 (a file that was handed in has a number)
    return number


def _checked(
    request: HttpRequest, granted: tuple[Granted, ...], given: dict[str, str], upload: UploadedFile
) -> HttpResponse:
    call = _call(given, upload)
    outcome = check_only(call, actor=actor_of(request), at=now())
    issues = issues_foreseen(outcome, load(call.item).at(call.received_on))
    facts = {
        "outcome": outcome, "file_name": call.file_name, "counts": counts_of(outcome.counts), "issues": issues[:SHOWN],
        "more": sum(outcome.counts.issues.values()) > SHOWN,
        "by_rule": [(code, rule_title(code), number) for code, number in sorted(Counter(outcome.counts.issues).items())],
    }  # fmt: skip
    return _form(request, granted, given, facts=facts)


def _call(given: dict[str, str], upload: UploadedFile) -> Call:
    agency, _, item = given["target"].partition("/")
    content: Any = upload.file
    return Call(
        item=item, agency=agency, file_name=file_name_of(upload), content=content, size=upload.size or 0,
        received_on=today(), profile=given["profile"], full=given["full"] == "yes",
    )  # fmt: skip


def file_name_of(upload: UploadedFile) -> str:
    """Return the bare name of a file that a browser sent: no folder, nothing that cannot be seen."""
    name = (upload.name or "").replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in name if sign.isprintable()).strip() or "file"


def _errors(
    given: dict[str, str], upload: UploadedFile | None, granted: tuple[Granted, ...], own: tuple[ProfileRow, ...]
) -> dict[str, tuple[Text, ...]]:
    errors: dict[str, tuple[Text, ...]] = {}
    if given["target"] not in {target_of(one) for one in granted}:
        errors["target"] = (Text("请选择报送单位和目录。", "Choose an agency and an item."),)
    agency = given["target"].partition("/")[0]
    if given["profile"] and given["profile"] not in {
        *profile_names(),
        *(one.name for one in own if one.agency == agency),
    }:
        errors["profile"] = (Text("没有这个报送配置，请重新选择。", "There is no such profile; choose again."),)
    if given["full"] not in ("yes", "no"):
        errors["full"] = (Text("请说明是不是全量文件。", "Say whether it is the whole state."),)
    if upload is None or not upload.size:
        errors["file"] = (Text("请选择要报送的文件；空文件不能报送。", "Choose a file; an empty one cannot be taken."),)
    return errors


def target_of(one: Granted) -> str:
    """Return an agency and an item as the value of a choice."""
    return f"{one.agency.uscc}/{one.version.name}"


def _form(
    request: HttpRequest,
    granted: tuple[Granted, ...],
    given: dict[str, str],
    *,
    errors: dict[str, tuple[Text, ...]] | None = None,
    facts: dict[str, object] | None = None,
    status: int = 200,
) -> HttpResponse:
    fields = _fields(granted, own_profiles(actor_of(request)), given, errors or {})
    chosen = next(
        (one for one in granted if target_of(one) == given["target"]), granted[0] if len(granted) == 1 else None
    )
    links = None
    if chosen is not None:
        where = {"agency": chosen.agency.uscc, "item": chosen.version.name}
        links = (reverse("desk:record", kwargs=where), reverse("desk:rows", kwargs=where), chosen)
    shows = {
        "fields": fields,
        "fields_at_fault": [one for one in fields if one.errors],
        "granted": granted,
        "links": links,
    }
    return shown(request, "submit", {**shows, **(facts or {})}, status=status)


def _fields(
    granted: tuple[Granted, ...],
    own: tuple[ProfileRow, ...],
    given: dict[str, str],
    errors: dict[str, tuple[Text, ...]],
) -> tuple[FormField, ...]:
    only = target_of(granted[0]) if len(granted) == 1 else ""
    targets = tuple(
        (
            target_of(one),
            Text(f"{one.version.title}（{one.agency.name}）", f"{one.version.title_en} ({one.agency.name})"),
        )
        for one in granted
    )
    ours = [
        (one.name, Text(f"{one.title.zh}（{one.agency_name}）", f"{one.title.en} ({one.agency_name})")) for one in own
    ]
    profiles = (*ours, *((name, load_profile(name).title) for name in profile_names()))
    return (
        FormField(
            name="target", title=Text("报送单位和目录", "Agency and item"), kind="choice", value=given["target"] or only,
            required=True, choices=targets, errors=errors.get("target", ()),
        ),
        FormField(
            name="file", title=Text("文件", "File"), kind="file", required=True, errors=errors.get("file", ()),
            hint=Text(
                "可以把文件拖到框内。支持 CSV、XLSX、XLS、JSON、XML；第一行是表头，列名用目录中的名称或代码。",
                "You may drag it into the box. CSV, XLSX, XLS, JSON or XML; the first row has the headings of the catalogue.",
            ),
        ),
        FormField(
            name="profile", title=Text("报送配置", "Delivery profile"), kind="choice", value=given.get("profile", ""), choices=profiles,
            errors=errors.get("profile", ()),
            hint=Text("列名是本单位自己的，才需要选择。", "Only where the headings are the agency's own."),
        ),
        FormField(
            name="full", title=Text("这是不是全量文件？", "Is it the whole state?"), kind="radio", value=given.get("full", ""), required=True,
            choices=(
                ("no", Text("不是，只是新增或者更正的记录", "No, only new or corrected records")),
                ("yes", Text("是，本单位该目录现有的全部记录都在其中", "Yes, all records that the agency has of the item")),
            ),
            hint=Text("报送全量文件的，系统会就其中没有的记录提请核实。", "Of a whole state the records that are not in it are asked about."),
            errors=errors.get("full", ()),
        ),
    )  # fmt: skip
