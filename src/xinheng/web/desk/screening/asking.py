"""Asking (办理审查): the forms of a single query and of a list, each with a matter of the register and a business number."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from xinheng.core.errors import Explanation, Text, UnusableCall, UnusableFile, XinhengError
from xinheng.core.screening import matters
from xinheng.core.screening.matching import given as as_given
from xinheng.core.standards.resident_id import mask
from xinheng.usecases.screening.asked_for import AskedFor, asked_for
from xinheng.usecases.screening.asking import LONGEST_NUMBER
from xinheng.usecases.screening.checking import APerson, check_one
from xinheng.usecases.screening.lists import screen_file
from xinheng.usecases.screening.words import NO_AGENCY, NO_NUMBER, NOTHING_GIVEN
from xinheng.web.desk.administration import MOST_CHOICES
from xinheng.web.desk.page import desk_page, sent, shown, told
from xinheng.web.desk.screening.words import by_department
from xinheng.web.desk.submitting import file_name_of
from xinheng.web.fields import FormField
from xinheng.web.signed_in import actor_of
from xinheng.web.today import now, today

LARGEST = 2 << 20
"""Bytes of a list that is screened while its sender waits."""
_CHECK = ("matter", "number", "agency", "code", "name")
_LIST = ("matter", "number", "agency")
_FIELDS: dict[int, str] = {id(NO_NUMBER): "number", id(NO_AGENCY): "agency", id(NOTHING_GIVEN): "code"}
Errors = dict[str, tuple[Text, ...]]


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Show the form of a single query, begun with what the address says; ask, and lead to the result."""
    whose = asked_for(actor_of(request), at=now())
    if request.method != "POST":
        return _page(request, "check", whose, {name: request.GET.get(name, "")[:100] for name in _CHECK})
    said = sent(request)
    given = {name: said.get(name, "") for name in _CHECK}
    errors = _unchosen(given)
    if not given["code"] and not given["name"]:
        errors["code"] = told(UnusableCall(NOTHING_GIVEN))
    if errors:
        return _page(request, "check", whose, given, errors=errors, status=422)
    try:
        found = check_one(
            matter=given["matter"], business_number=given["number"], agency=given["agency"], code=given["code"], name=given["name"],
            actor=actor_of(request), at=now(), on=today(),
        )  # fmt: skip
    except UnusableCall as error:
        field = "code" if isinstance(error, APerson) else _field_of(error, "agency")
        return _page(request, "check", whose, given, errors={field: told(error)}, status=error.http_status)
    return redirect("screening:screening", number=found.number)


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Show the form of a list; screen the file that comes with it, and lead to the result."""
    whose = asked_for(actor_of(request), at=now())
    if request.method != "POST":
        return _page(request, "new", whose, {name: request.GET.get(name, "")[:100] for name in _LIST})
    said, upload = sent(request), request.FILES.get("file")
    given = {name: said.get(name, "") for name in _LIST}
    errors = _unchosen(given)
    if upload is None or not upload.size:
        errors["file"] = (Text("请选择名单文件；空文件不能审查。", "Choose a file; an empty one cannot be screened."),)
    elif upload.size > LARGEST:
        errors["file"] = told(UnusableCall(TOO_LARGE))
    if errors or upload is None:
        return _page(request, "new", whose, given, errors=errors, status=422)
    try:
        number = _screened(request, given, upload)
    except (UnusableFile, UnusableCall) as error:
        return _page(request, "new", whose, given, errors={_field_of(error, "file"): told(error)}, status=422)
    return redirect("screening:screening", number=number)


def _screened(request: HttpRequest, given: dict[str, str], upload: UploadedFile) -> int:
    content: Any = upload.file
    return screen_file(
        content, name=file_name_of(upload), size=upload.size or 0, matter=given["matter"], business_number=given["number"], agency=given["agency"],
        actor=actor_of(request), at=now(), on=today(),
    ).number  # fmt: skip


def _unchosen(given: dict[str, str]) -> Errors:
    errors: Errors = {}
    if given["matter"] not in {one.code for one in matters(on=today())}:
        errors["matter"] = (Text("请选择审查事项。", "Choose a matter."),)
    if not given["number"]:
        errors["number"] = told(UnusableCall(NO_NUMBER))
    return errors


def _field_of(error: XinhengError, other: str) -> str:
    """Return the field at which an error is shown."""
    return _FIELDS.get(id(error.explanation), other)


def _page(
    request: HttpRequest, template: str, whose: AskedFor, given: dict[str, str], *, errors: Errors | None = None, status: int = 200
) -> HttpResponse:  # fmt: skip
    errors, on = errors or {}, today()
    asked = (*_asked(given, errors), *_agency(whose, given, errors))
    more = _given(given, errors) if template == "check" else (_file(errors),)
    matter = FormField(
        name="matter", title=_MATTER, value=given["matter"], required=True, errors=errors.get("matter", ())
    )
    fields = (matter, *asked, *more)
    facts = {
        "matter": matter, "groups": by_department(matters(on=on)), "asked": asked, "more": more, "limit": LARGEST >> 20,
        "fields_at_fault": [one for one in fields if one.errors],
    }  # fmt: skip
    return shown(request, f"screening/{template}", facts, status=status)


def _asked(given: dict[str, str], errors: Errors) -> tuple[FormField, ...]:
    return (
        FormField(
            name="number", title=Text("业务编号", "Business number"), value=mask(given["number"]), required=True, length=LONGEST_NUMBER,
            errors=errors.get("number", ()),
            hint=Text("所办业务的受理编号。会保存并由被查主体看到，请勿写入个人信息。",
                      "The number under which the business is handled. It is kept, and the subject sees it; no personal data, please."),
        ),
    )  # fmt: skip


def _agency(whose: AskedFor, given: dict[str, str], errors: Errors) -> tuple[FormField, ...]:
    if whose.only_one:
        return ()
    listed = 0 < len(whose.agencies) <= MOST_CHOICES
    own = _OWN if whose.centre else Text("", "")
    hint = own if listed else Text(f"统一社会信用代码。{own.zh}", f"Its unified code. {own.en}".strip())
    field = FormField(
        name="agency", title=Text("办理单位", "Agency"), kind="choice" if listed else "text", value=given["agency"], required=not whose.centre,
        hint=hint, choices=tuple((one.uscc, Text(one.name, one.name)) for one in whose.agencies) if listed else (),
        errors=errors.get("agency", ()), length=None if listed else 18,
    )  # fmt: skip
    return (field,)


def _given(given: dict[str, str], errors: Errors) -> tuple[FormField, ...]:
    """Return the fields for whom is asked about; a natural person's number is not said again."""
    again = {"code": "", "name": ""} if as_given(given["name"], given["code"]).personal else given
    return (
        FormField(
            name="code", title=Text("被查主体代码", "Code of the subject"), value=again["code"], length=40, conditional=True, errors=errors.get("code", ()),
            hint=Text("统一社会信用代码。没有代码的，只填名称。", "Its unified code. Without one, give the name only."),
        ),
        FormField(
            name="name", title=Text("被查主体名称", "Name of the subject"), value=again["name"], length=200, conditional=True, errors=errors.get("name", ()),
            hint=Text("全称。与代码一并填写的，会核对是否一致；仅凭名称找到的，请核对代码。",
                      "The full name. With a code, the two are compared; found by its name alone, confirm the code."),
        ),
    )  # fmt: skip


def _file(errors: Errors) -> FormField:
    return FormField(
        name="file", title=Text("名单", "List"), kind="file", required=True, errors=errors.get("file", ()),
        hint=Text("XLSX 或者 CSV；第一行是表头，有“名称”“统一社会信用代码”中的一列即可。自然人的证件号码不查、不存。",
                  "XLSX or CSV; the first row has the headings: 名称 (name) or 统一社会信用代码 (uscc), one is enough. "
                  "Natural persons' numbers are neither looked up nor kept."),
    )  # fmt: skip


_MATTER = Text("审查事项", "Matter")
_OWN = Text("中心自己办理的，不填。", "Leave it empty where the centre itself handles it.")
TOO_LARGE = Explanation(
    Text("名单文件过大", "The file is too large"),
    Text(f"在页面上一次最多审查 {LARGEST >> 20} MB 的名单", f"a page takes a list of {LARGEST >> 20} MB at the most"),
    Text("请只保留名称和代码两列，或者分为几份；更长的名单请中心用命令办理。",
         "Keep the columns of names and codes only, or part it; of a longer one ask the centre, which has a command for it."),
)  # fmt: skip
