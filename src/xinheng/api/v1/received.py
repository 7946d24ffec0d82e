"""The file of a request (接收文件): the body itself, or the one file of a form; held in memory or encrypted, and never more than the limit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.http import HttpRequest

from xinheng.core.errors import Explanation, Text, UnusableCall
from xinheng.gateways.spooling import Spool
from xinheng.usecases.intake.limits import TooLarge, too_large

FORM = "multipart/form-data"
FIELD = "file"
_PIECE = 1 << 20
_BINARY = {"schema": {"type": "string", "format": "binary"}}
BODY: dict[str, Any] = {
    "required": True,
    "content": {
        FORM: {"schema": {"type": "object", "required": [FIELD], "properties": {FIELD: _BINARY["schema"]}}},
        "text/csv": _BINARY,
        "application/octet-stream": _BINARY,
    },
}
"""What may be sent, as OpenAPI says it; the form of a file is told from its bytes, whatever its type is said to be."""


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """A file at its start, its name and its size in bytes."""

    content: BinaryIO
    name: str
    size: int


@contextmanager
def received_file(request: HttpRequest, *, name: str) -> Iterator[ReceivedFile]:
    """Give the file of a request while the work inside lasts; raises ``TooLarge`` or ``UnusableCall``."""
    ensure_not_too_large(request, settings.UPLOAD_LIMIT)
    if request.content_type == FORM:
        yield _of_form(request)
        return
    with Spool() as spool:
        while piece := request.read(_PIECE):
            spool.write(piece)
            if spool.size > settings.UPLOAD_LIMIT:
                raise TooLarge(too_large(settings.UPLOAD_LIMIT))
        spool.seek(0)
        yield ReceivedFile(cast("BinaryIO", spool), name or "body", spool.size)


def ensure_not_too_large(request: HttpRequest, limit: int) -> None:
    """Raise ``TooLarge`` where a request says that it brings more than ``limit`` bytes."""
    told = request.META.get("CONTENT_LENGTH") or "0"
    if told.isdigit() and int(told) > limit:
        raise TooLarge(too_large(limit))


def _of_form(request: HttpRequest) -> ReceivedFile:
    files = request.FILES.getlist(FIELD)
    if len(files) != 1 or len(request.FILES) != 1:
        raise UnusableCall(_ONE_FILE)
    (file,) = files
    return ReceivedFile(cast("BinaryIO", file.file), _printable(file.name or ""), file.size or 0)


def _printable(name: str) -> str:
    return "".join(sign for sign in name if sign.isprintable())


_ONE_FILE = Explanation(
    Text("表单中没有文件，或者不止一个", "The form has no file, or more than one"),
    Text(f"一次报送一个文件，字段名为 {FIELD}", f"one file is handed in at a time, in the field {FIELD}"),
    Text("请只发送一个文件，多个文件分别报送。", "Send one file, and others each by themselves."),
)
