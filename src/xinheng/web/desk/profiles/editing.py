"""The text of a profile (配置文本): checked with its error at the line, tried on a sample, saved as a new version. Nothing of a sample is kept."""

from __future__ import annotations

from dataclasses import dataclass

import yaml
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from xinheng.core.catalogue.draft import LONGEST
from xinheng.core.catalogue.lines import Lines, line_of_error
from xinheng.core.errors import Text, UnusableCall, UnusableFile
from xinheng.core.intake.profiles import Profile, ProfileError
from xinheng.core.intake.profiles.preview import PreviewRow
from xinheng.usecases.intake.profile_making import (
    TriedProfile,
    Wanted,
    checked,
    save_profile,
    try_profile,
    view_profile,
)
from xinheng.usecases.intake.views import IssueView
from xinheng.web.desk.catalogue.drafting import LineProblem
from xinheng.web.desk.granting import granted_or_missing
from xinheng.web.desk.labels import LEVELS, item_title
from xinheng.web.desk.page import desk_page, shown, told
from xinheng.web.desk.submitting import file_name_of
from xinheng.web.signed_in import actor_of
from xinheng.web.today import now, today

_EMPTY = """name: my-profile
title: {{zh: 名称, en: Title}}
item: {item}
source: {{zh: 来源, en: Source}}

fields:
"""


@dataclass(frozen=True, slots=True)
class RowShown:
    """A row of the preview with what the rules say of it."""

    row: PreviewRow
    issues: tuple[IssueView, ...]


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, agency: str, item: str) -> HttpResponse:
    """Show the text of a profile for an agency and an item; check it, try it on a sample, or save it."""
    granted_or_missing(request, agency, item)
    if request.method != "POST":
        return editor(request, agency, item, _begun(request, agency, item))
    text = request.POST.get("text", "").replace("\r\n", "\n")
    wanted, act = Wanted(agency, item, text, request.POST.get("note", "")), request.POST.get("act", "")
    upload = request.FILES.get("file")
    try:
        if act == "save":
            saved = save_profile(wanted, actor=actor_of(request), at=now(), on=today())
            return redirect("profiles:profile", agency=agency, name=saved.name)
        if act == "try":
            return _tried(request, wanted, upload)
        profile = checked(wanted, actor=actor_of(request), at=now(), on=today())
        return editor(request, agency, item, text, sound=profile)
    except ProfileError as error:
        return editor(request, agency, item, text, problem=problem_of(text, error), status=422)
    except (UnusableFile, UnusableCall) as error:
        return editor(request, agency, item, text, faults=told(error), status=422)


def editor(
    request: HttpRequest, agency: str, item: str, text: str, *, problem: LineProblem | None = None, faults: tuple[Text, ...] = (),
    sound: Profile | None = None, tried: TriedProfile | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    """Return the page of a text."""
    kept = text[: LONGEST + 1]
    written = kept.split("\n")
    lines = (
        [(problem.line, written[problem.line - 1][:300] if problem.line <= len(written) else "", [problem])]
        if problem
        else []
    )
    facts = {
        "agency": agency, "item_name": item, "item": item_title(item), "text": kept, "lines": lines, "more": 0, "faults": faults, "sound": sound,
        "tried": tried, "note": request.POST.get("note", "")[:500],
    }  # fmt: skip
    if tried is not None:
        facts |= _preview_facts(tried)
    return shown(request, "profiles/edit", facts, status=status)


def problem_of(text: str, error: ProfileError) -> LineProblem:
    """Return a profile's problem with the line at which it is mended."""
    cause = error.__cause__
    line = line_of_error(cause) if isinstance(cause, yaml.YAMLError) else Lines(text[: LONGEST + 1]).at(error.where)
    return LineProblem(line, error.where, error.explanation.why)


def _begun(request: HttpRequest, agency: str, item: str) -> str:
    """Return the text from which editing begins: that of the profile which the address names, or the first lines of one."""
    name, whose = request.GET.get("from", ""), request.GET.get("of", "")
    if not name:
        return _EMPTY.format(item=item)
    found = view_profile(name, agency=agency if whose == "own" else "", actor=actor_of(request), at=now(), on=today())
    return found.text


def _tried(request: HttpRequest, wanted: Wanted, upload: UploadedFile | None) -> HttpResponse:
    if upload is None or not upload.size:
        return editor(request, wanted.agency, wanted.item, wanted.text, faults=(_NO_FILE,), status=422)
    tried = try_profile(
        wanted, upload.file, name=file_name_of(upload), size=upload.size, actor=actor_of(request), at=now(), on=today()  # type: ignore[arg-type]
    )  # fmt: skip
    return editor(request, wanted.agency, wanted.item, wanted.text, sound=tried.preview.profile, tried=tried)


def _preview_facts(tried: TriedProfile) -> dict[str, object]:
    seen = tried.preview
    numbers = {row.row for row in seen.rows}
    return {
        "rows": [RowShown(row, tried.issues.get(row.row, ())) for row in seen.rows], "mapped": seen.mapped, "levels": LEVELS,
        "elsewhere": [(row, issues) for row, issues in tried.issues.items() if row not in numbers], "empty": seen.empty,
    }  # fmt: skip


_NO_FILE = Text("请选择要试映射的样例文件。", "Choose a sample to try it on.")
