"""The documents are true: links lead somewhere, commands exist, generated pages are current."""

from __future__ import annotations

import importlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

import pytest

GENERATED = {
    "law.md": "xinheng.core.law.document",
    "catalogue.md": "xinheng.core.catalogue.document",
    "rules.md": "xinheng.core.intake.document",
    "access.md": "xinheng.core.access.document",
    "commands.md": "xinheng.cli.document",
    "api.md": "xinheng.api.document",
}
LINK = re.compile(r"!?\[[^\]]*\]\(<?([^)\s>]+)>?(?: \"[^\"]*\")?\)")
FENCE = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"(?:^|[\s(`/])xinheng ((?:[a-z][a-z-]*)(?: [a-z][a-z-]*)?)")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")


def _pages(texts: Mapping[Path, str]) -> dict[Path, str]:
    return {path: text for path, text in texts.items() if path.suffix == ".md"}


def _anchors(text: str) -> set[str]:
    """The anchors that a page's headings get, as code forges make them."""
    anchors = set()
    for heading in re.findall(r"^#+ +(.+?) *$", FENCE.sub("", text), re.MULTILINE):
        plain = re.sub(r"[`*]|\]\([^)]*\)|\[", "", heading).strip().lower()
        kept = "".join(c for c in plain if c in "-_ " or unicodedata.category(c)[0] in "LN")
        anchors.add(kept.replace(" ", "-"))
    return anchors


def _broken(path: Path, text: str) -> Iterator[str]:
    for target in LINK.findall(FENCE.sub("", text)):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = unquote(target).partition("#")
        goal = (path.parent / name).resolve() if name else path
        if not goal.exists():
            yield f"{path.name}: {target}"
        elif anchor and goal.suffix == ".md" and anchor not in _anchors(goal.read_text(encoding="utf-8")):
            yield f"{path.name}: {target} (no such heading)"


def test_every_link_inside_the_documents_leads_somewhere(texts: Mapping[Path, str]) -> None:
    broken = [one for path, text in _pages(texts).items() for one in _broken(path, text)]
    assert not broken, "\n".join(broken)


def test_every_document_named_in_the_code_exists(root: Path, texts: Mapping[Path, str]) -> None:
    absent = [
        f"{path.relative_to(root)}: {name}"
        for path, text in texts.items()
        if path.suffix in {".py", ".yaml", ".sql", ".html"}
        for name in re.findall(r"(?<![\w/])docs/[\w/.-]+\.md", text)
        if not (root / name).exists()
    ]
    assert not absent, "\n".join(absent)


@pytest.mark.parametrize("page", sorted(GENERATED))
def test_generated_page_is_current(page: str, root: Path) -> None:
    written = (root / "docs" / "reference" / page).read_text(encoding="utf-8")
    generated = importlib.import_module(GENERATED[page]).as_markdown()
    assert written == generated, "run: make docs"


def _told(text: str) -> Iterator[str]:
    """Lines of a page that a reader may type: fenced blocks and code in a sentence."""
    for block in FENCE.findall(text):
        yield from re.sub(r"\\\n\s*", " ", block).splitlines()
    yield from re.findall(r"`([^`\n]+)`", FENCE.sub("", text))


def _unknown_commands(text: str, reference: str) -> Iterator[str]:
    """Commands and options that the reference, one heading a command, does not have."""
    known = set(re.findall(r"^#+ +`?xinheng ([a-z][a-z -]*[a-z])", reference, re.MULTILINE))
    for line in _told(text):
        found = COMMAND.findall(line.strip())
        for words in found:
            if words.split()[0] not in known and words not in known:
                yield f"xinheng {words}"
        if found:
            yield from (f"{line}: {option}" for option in OPTION.findall(line) if option not in reference)


def _made_by_hand(texts: Mapping[Path, str], root: Path) -> dict[Path, str]:
    reference = root / "docs" / "reference"
    return {path: text for path, text in _pages(texts).items() if not path.is_relative_to(reference)}


def test_every_command_in_the_documents_exists(root: Path, texts: Mapping[Path, str]) -> None:
    reference = importlib.import_module("xinheng.cli.document").as_markdown()
    unknown = [
        f"{path.relative_to(root)}: {one}"
        for path, text in _made_by_hand(texts, root).items()
        for one in _unknown_commands(text, reference)
    ]
    assert not unknown, "\n".join(unknown)


def test_every_make_target_in_the_documents_exists(root: Path, texts: Mapping[Path, str]) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    told = {
        target
        for text in _made_by_hand(texts, root).values()
        for line in _told(text)
        for target in re.findall(r"^(?:\$ )?make ([a-z-]+)", line)
    }
    assert told <= targets, told - targets
    assert {"setup", "run", "test", "check", "bench", "help"} <= targets


def test_both_readmes_name_the_two_commands_and_the_journey(root: Path) -> None:
    for name in ("README.md", "README.zh-CN.md"):
        text = (root / name).read_text(encoding="utf-8")
        for needed in ("make run", "make test", "xinheng submit", "xinheng issues", "xinheng file", "xinheng search"):
            assert needed in text, f"{name}: {needed}"
