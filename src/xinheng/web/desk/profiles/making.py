"""A new profile, guided (引导制作): an agency and an item, a sample whose headings are read, and a table of what becomes what; then its text."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from xinheng.core.catalogue.item import Field, ItemVersion
from xinheng.core.errors import Text, UnusableCall, UnusableFile
from xinheng.core.intake.profiles.guided import Guided, proposed, written
from xinheng.core.intake.profiles.parts import DateForm
from xinheng.usecases.intake.overview import Granted, granted_items
from xinheng.usecases.intake.profile_making import headings_of_sample
from xinheng.web.desk.page import desk_page, shown, told
from xinheng.web.desk.profiles.editing import editor
from xinheng.web.desk.submitting import file_name_of, target_of
from xinheng.web.fields import FormField
from xinheng.web.signed_in import actor_of
from xinheng.web.today import today

MOST_COLUMNS = 200
IGNORE = "-"
FORMS = {
    DateForm.TIMESTAMP: Text("时间戳", "timestamp"), DateForm.DAY_FIRST: Text("日在前（31/12/2026）", "day first (31/12/2026)"),
    DateForm.MONTH_FIRST: Text("月在前（12/31/2026）", "month first (12/31/2026)"), DateForm.SERIAL: Text("表格的日期序号", "a spreadsheet’s number"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """A heading of the sample as the table asks about it: the field, the form of its days, and why it is not used."""

    heading: str
    field: str
    form: str
    reason: str


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask for agency, item and sample; then for what becomes what; then lead to the text."""
    granted = granted_items(actor_of(request), on=today())
    given = {name: request.POST.get(name, "").strip() for name in ("target", "name", "title", "source")}
    chosen = next((one for one in granted if target_of(one) == given["target"]), None)
    if request.method != "POST":
        return _start(request, granted, request.GET.get("target", ""))
    if chosen is None:
        return _start(request, granted, given["target"], errors={"target": (_CHOOSE,)}, status=422)
    if request.POST.get("act") == "write":
        return _written(request, chosen, given)
    upload = request.FILES.get("file")
    if upload is None or not upload.size:
        return _start(request, granted, given["target"], errors={"file": (_NO_FILE,)}, status=422)
    try:
        header = _headings(upload, chosen)
    except (UnusableFile, UnusableCall) as error:
        return _start(request, granted, given["target"], errors={"file": told(error)}, status=422)
    means = proposed(chosen.version, header)
    rows = tuple(HeadingRow(heading, means.get(heading, ""), "", "") for heading in header)
    return _table(request, chosen, given, rows, {})


def _headings(upload: UploadedFile, chosen: Granted) -> tuple[str, ...]:
    header = headings_of_sample(
        upload.file, name=file_name_of(upload), size=upload.size or 0, item=chosen.version.name, on=today()  # type: ignore[arg-type]
    )  # fmt: skip
    return tuple(dict.fromkeys(heading for heading in header if heading.strip()))[:MOST_COLUMNS]


def _written(request: HttpRequest, chosen: Granted, given: dict[str, str]) -> HttpResponse:
    rows, constants = _rows(request), _constants(request, chosen.version)
    faults = tuple(_faults(rows, given, chosen.version))
    if faults:
        return _table(request, chosen, given, rows, constants, faults=faults, status=422)
    guided = Guided(
        name=given["name"], title=given["title"], source=given["source"], item=chosen.version.name,
        fields={row.heading: row.field for row in rows if row.field not in ("", IGNORE)},
        dates={row.heading: row.form for row in rows if row.form}, ignored={row.heading: row.reason for row in rows if row.field == IGNORE},
        constants=constants,
    )  # fmt: skip
    return editor(request, chosen.agency.uscc, chosen.version.name, written(guided))


def _rows(request: HttpRequest) -> tuple[HeadingRow, ...]:
    try:
        header = json.loads(request.POST.get("header", "[]"))
    except ValueError:
        header = []
    kept = [one for one in header if isinstance(one, str)][:MOST_COLUMNS] if isinstance(header, list) else []
    return tuple(
        HeadingRow(
            heading, *(request.POST.get(f"{part}-{place}", "").strip()[:200] for part in ("field", "form", "reason"))
        )
        for place, heading in enumerate(kept)
    )


def _constants(request: HttpRequest, version: ItemVersion) -> dict[str, str]:
    given = {field.name: request.POST.get(f"constant-{field.name}", "").strip()[:400] for field in version.fields}
    return {name: text for name, text in given.items() if text}


def _faults(rows: tuple[HeadingRow, ...], given: dict[str, str], version: ItemVersion) -> list[Text]:
    known, found = {field.name: field for field in version.fields}, []
    if not all(given[name] for name in ("name", "title", "source")):
        found.append(Text("请填写标识、名称和来源。", "Fill in name, title and source."))
    used: set[str] = set()
    for row in rows:
        if row.field not in ("", IGNORE) and row.field not in known:
            found.append(Text(f"列“{row.heading}”：请选择目录中的数据项。", f"Column {row.heading}: choose a field."))
        elif row.field == "":
            found.append(
                Text(
                    f"列“{row.heading}”：请选择数据项，或者选择不用。",
                    f"Column {row.heading}: choose a field, or that it is not used.",
                )
            )
        elif row.field == IGNORE and not row.reason:
            found.append(
                Text(f"列“{row.heading}”：不用的列须写明理由。", f"Column {row.heading}: say why it is not used.")
            )
        elif row.field in used:
            found.append(
                Text(
                    f"列“{row.heading}”：该数据项已对应另一列。",
                    f"Column {row.heading}: another column is that field already.",
                )
            )
        elif row.form and (
            row.form not in set(DateForm) or known[row.field].type != "date" if row.field in known else True
        ):
            found.append(
                Text(
                    f"列“{row.heading}”：日期写法只用于日期项。", f"Column {row.heading}: a form of days is for a day."
                )
            )
        used |= {row.field} - {IGNORE}
    return found


def _start(
    request: HttpRequest, granted: tuple[Granted, ...], target: str, *, errors: dict[str, tuple[Text, ...]] | None = None, status: int = 200
) -> HttpResponse:  # fmt: skip
    wrong = errors or {}
    targets = tuple(
        (target_of(one), Text(f"{one.version.title}（{one.agency.name}）", f"{one.version.title_en} ({one.agency.name})")) for one in granted
    )  # fmt: skip
    fields = (
        FormField(
            name="target", title=Text("单位和目录项", "Agency and item"), kind="choice", value=target, choices=targets, required=True,
            errors=wrong.get("target", ()),
        ),
        FormField(
            name="file", title=Text("样例文件", "Sample"), kind="file", required=True, errors=wrong.get("file", ()),
            hint=Text("只读取列名，不保存，不入库；不超过 2 MiB。", "Only its headings are read; nothing is kept or taken; at most 2 MiB."),
        ),
    )  # fmt: skip
    facts = {"fields": fields, "fields_at_fault": [one for one in fields if one.errors], "granted": granted}
    return shown(request, "profiles/new", facts, status=status)


def _table(
    request: HttpRequest, chosen: Granted, given: dict[str, str], rows: tuple[HeadingRow, ...], constants: dict[str, str], *,
    faults: tuple[Text, ...] = (), status: int = 200,
) -> HttpResponse:  # fmt: skip
    made = {row.field for row in rows}
    fields = (
        FormField(
            name="name", title=Text("标识", "Name"), value=given["name"], required=True, length=48,
            hint=Text("小写字母、数字和连接号，如 my-penalty。", "Small letters, digits and hyphens, such as my-penalty."),
        ),
        FormField(name="title", title=Text("名称", "Title"), value=given["title"], required=True, length=100),
        FormField(
            name="source", title=Text("来源", "Source"), value=given["source"], required=True, length=200,
            hint=Text("哪个系统导出的、由谁导出。", "Which system it comes from, and who exports it."),
        ),
    )  # fmt: skip
    facts = {
        "chosen": chosen, "target": target_of(chosen), "fields": fields, "rows": rows, "header": json.dumps([row.heading for row in rows]),
        "choices": chosen.version.fields, "forms": tuple((form.value, words) for form, words in FORMS.items()), "ignore": IGNORE,
        "constants": [(one, constants.get(one.name, "")) for one in _unmade(chosen.version, made)], "faults": faults,
    }  # fmt: skip
    return shown(request, "profiles/table", facts, status=status)


def _unmade(version: ItemVersion, made: set[str]) -> list[Field]:
    """Return the fields that no column makes, mandatory ones first: a constant may stand in for them."""
    return sorted((one for one in version.fields if one.name not in made), key=lambda one: not one.required)


_CHOOSE = Text("请选择您可以报送的单位和目录项。", "Choose an agency and an item that you may hand in.")
_NO_FILE = Text("请选择样例文件。", "Choose a sample.")
