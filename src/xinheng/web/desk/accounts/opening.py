"""Accounts made at the desk: one in a form, or many from a sheet that is looked at first."""

from __future__ import annotations

import csv
import io

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from xinheng.core.access import Actor
from xinheng.core.errors import Explanation, Text, UnusableCall, UnusableFile
from xinheng.usecases.accounts.foreseeing import MOST_ROWS, Foreseen, ensure_makes_accounts, foresee_accounts
from xinheng.usecases.accounts.opening import SHEET, Entry, account_rows, add_account, load_accounts
from xinheng.web.desk.accounts.account import day_of, role_fields
from xinheng.web.desk.accounts.deeds import wanted_of
from xinheng.web.desk.page import desk_page, sent, shown, told
from xinheng.web.desk.submitting import file_name_of
from xinheng.web.fields import FormField
from xinheng.web.signed_in import actor_of
from xinheng.web.tables import FORMATS
from xinheng.web.today import now, today

_SALT = "xinheng.sheet-of-accounts"
_GOOD_FOR = 3600
HEADINGS = {column: words[0] for column, words in SHEET.items()}


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Show the form of a new account; make it and lead to its page."""
    actor = actor_of(request)
    ensure_makes_accounts(actor, now())
    if request.method != "POST":
        return _form(request, {})
    said = sent(request)
    try:
        role = wanted_of(request) if said.get("role") else None
        since = day_of(said.get("since", ""), otherwise=today())
        add_account(Entry(said.get("name", ""), said.get("display_name", ""), role), actor=actor, at=now(), on=since)
    except UnusableCall as error:
        return _form(request, said, faults=told(error), status=422)
    return redirect(f"{reverse('desk:account', args=[said['name']])}?done=opened")


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest) -> HttpResponse:
    """Take a sheet, show what each of its rows would make or what is wrong with it, and make the accounts when the reader says so."""
    actor = actor_of(request)
    ensure_makes_accounts(actor, now())
    if request.method != "POST":
        return _sheet(request)
    try:
        if "rows" in request.POST:
            return _made(request, actor)
        rows = _rows(request.FILES.get("file"))
        foreseen = foresee_accounts(rows, actor=actor, at=now(), on=today())
    except (UnusableCall, UnusableFile) as error:
        return _sheet(request, faults=told(error), status=422)
    wrong = sum(bool(one.errors) for one in foreseen)
    kept = "" if wrong else signing.dumps(rows, salt=_salt(actor), compress=True)
    return _sheet(request, foreseen=foreseen, kept=kept, wrong=wrong, status=422 if wrong else 200)


@desk_page
@require_safe
def blank(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (the interface of a view)
    """Return an empty sheet with its headings."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerow(HEADINGS.values())
    headers = {"Content-Disposition": 'attachment; filename="accounts.csv"'}
    return HttpResponse(text.getvalue().encode("utf-8-sig"), content_type=FORMATS["csv"], headers=headers)


def _made(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Make the accounts of a sheet that was shown to this reader, within the hour."""
    try:
        rows: list[dict[str, str]] = signing.loads(request.POST["rows"], salt=_salt(actor), max_age=_GOOD_FOR)
    except signing.BadSignature as error:
        raise UnusableCall(_TOO_OLD) from error
    count = load_accounts(rows, actor=actor, at=now(), on=today())
    names = [row["name"] for row in rows]
    return shown(request, "accounts/made", {"count": count, "names": names})


def _rows(upload: UploadedFile | None) -> list[dict[str, str]]:
    if upload is None or not upload.size:
        raise UnusableCall(_NO_FILE)
    rows = account_rows(upload.file, name=file_name_of(upload), size=upload.size)  # type: ignore[arg-type]
    if not 0 < len(rows) <= MOST_ROWS:
        raise UnusableCall(_NO_ROWS)
    return rows


def _salt(actor: Actor) -> str:
    return f"{_SALT}:{actor.name}:{actor.on_behalf_of}"


def _form(
    request: HttpRequest, said: dict[str, str], *, faults: tuple[Text, ...] = (), status: int = 200
) -> HttpResponse:
    fields = (
        FormField(
            name="name", title=Text("账号名", "Name of the account"), value=said.get("name", ""), required=True, length=63,
            hint=Text("2 至 63 个小写字母、数字、点、连字符或下划线，如 sz.wang。", "2 to 63 small letters, digits, dots or hyphens, such as sz.wang."),
        ),
        FormField(name="display_name", title=Text("姓名", "Person’s name"), value=said.get("display_name", ""), required=True, length=100),
        *role_fields(request, said, optional=True),
    )  # fmt: skip
    return shown(
        request,
        "accounts/add",
        {"fields": fields, "faults": faults},
        status=status,
    )


def _sheet(
    request: HttpRequest, *, foreseen: tuple[Foreseen, ...] = (), kept: str = "", wrong: int = 0, faults: tuple[Text, ...] = (), status: int = 200
) -> HttpResponse:  # fmt: skip
    field = FormField(
        name="file", title=Text("账号表", "Sheet"), kind="file", required=True,
        hint=Text("CSV 或者 XLSX，第一行为表头：" + "、".join(HEADINGS.values()), "CSV or XLSX with the headings " + ", ".join(SHEET)),
    )  # fmt: skip
    facts = {
        "fields": (field,), "headings": [(column, Text(words, column)) for column, words in HEADINGS.items()], "kept": kept, "wrong": wrong,
        "lines": [(one, [one.cells.get(column, "") for column in HEADINGS]) for one in foreseen], "faults": faults
    }  # fmt: skip
    return shown(request, "accounts/sheet", facts, status=status)


_TOO_OLD = Explanation(
    Text("这次预览已经失效", "This preview is no longer good"),
    Text("预览超过一小时，或者由其他账号打开", "it is older than an hour, or another account opened it"),
    Text("请重新上传账号表。", "Upload the sheet again."),
)
_NO_FILE = Explanation(
    Text("没有选择文件", "No file is chosen"),
    Text("空文件不能使用", "an empty one cannot be used"),
    Text("请选择账号表。", "Choose the sheet."),
)
_NO_ROWS = Explanation(
    Text("账号表的行数不能使用", "The sheet has too few rows or too many"),
    Text(f"应为 1 至 {MOST_ROWS:,} 行", f"there may be 1 to {MOST_ROWS:,}"),
    Text("请分几次上传。", "Please split it."),
)
