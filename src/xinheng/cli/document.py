"""The reference page of the commands, made from the commands themselves."""

from __future__ import annotations

from collections.abc import Iterator

import click

from xinheng.cli import main


def as_markdown() -> str:
    """Return ``docs/reference/commands.md``."""
    lines = ["# Commands 命令", "", "Made from the commands themselves; do not edit (`make docs`).", ""]
    for path, command in _commands("xinheng", main):
        lines += [f"## `{path}`", "", _help(command), ""]
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                lines.append(f"- `{', '.join(parameter.opts)}`: {parameter.help or ''}")
            elif isinstance(parameter, click.Argument):
                lines.append(f"- `{parameter.make_metavar(click.Context(command))}`")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _commands(path: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        if command.invoke_without_command:
            yield path, command
        for name in sorted(command.commands):
            yield from _commands(f"{path} {name}", command.commands[name])
    else:
        yield path, command


def _help(command: click.Command) -> str:
    return " ".join((command.help or "").split())
