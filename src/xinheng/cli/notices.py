"""``xinheng notices``: one's own messages, and what goes out of the platform by mail and text message."""

from __future__ import annotations

import click

from xinheng.cli.printing import print_json, print_table, said, say
from xinheng.cli.starting import acting, now
from xinheng.core.access import Actor


@click.group()
def notices() -> None:
    """Messages to your account, and what goes out by mail and text message."""


@notices.command("list")
@click.option("--unread", is_flag=True, help="Only those that are not read yet.")
@click.option("--page", type=click.IntRange(1, 100_000), default=1, show_default=True, help="Which page.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def list_own(unread: bool, page: int, as_json: bool, actor: Actor) -> None:
    """List the messages to your account, newest first."""
    from xinheng.usecases.notices.reading import own_box, view_messages

    found = view_messages(own_box(actor), page=page, unread=unread, actor=actor, at=now())
    if as_json:
        print_json(
            [
                {
                    "notice": one.number, "kind": one.kind, "title": {"zh": one.title.zh, "en": one.title.en},
                    "body": {"zh": one.body.zh, "en": one.body.en}, "link": one.link, "sent_at": one.sent_at, "read_at": one.read_at,
                }
                for one in found.notices
            ]
        )  # fmt: skip
        return
    rows = [
        (one.number, f"{one.sent_at:%Y-%m-%d %H:%M}", "" if one.read_at else "*", said(one.title), one.link)
        for one in found.notices
    ]
    print_table(("number", "sent", "unread", "title", "where"), rows)
    say(f"共 {found.total} 条，{found.unread} 条未读", f"{found.total} in all, {found.unread} unread")


@notices.command()
@click.argument("numbers", type=int, nargs=-1)
@click.option("--all", "everything", is_flag=True, help="All of them.")
@acting
def read(numbers: tuple[int, ...], everything: bool, actor: Actor) -> None:
    """Mark messages to your account as read, by their NUMBERS."""
    from xinheng.usecases.notices.reading import mark_read, own_box

    if everything == bool(numbers):
        raise click.UsageError("name the messages, or use --all")
    count = mark_read(own_box(actor), None if everything else numbers, actor=actor, at=now())
    say(f"已将 {count} 条标为已读。", f"{count} marked as read.")


@notices.command()
@click.option("--dead", is_flag=True, help="Only those that were given up.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def outgoing(dead: bool, as_json: bool, actor: Actor) -> None:
    """List what waits to go out by mail or text message, and what did not get there and why. Neither address nor text is shown."""
    from xinheng.usecases.notices.sending import list_outgoing

    found = list_outgoing(actor=actor, at=now(), dead=dead)
    if as_json:
        print_json(
            [
                {
                    "outgoing": one.number, "notice": one.notice, "account": one.account, "channel": one.channel.value,
                    "state": one.state.value, "tries": one.tries, "next_try_at": one.next_try_at,
                    "error": {"zh": one.error.zh, "en": one.error.en} if one.error else None,
                }
                for one in found
            ]
        )  # fmt: skip
        return
    rows = [
        (
            one.number, one.notice, one.account, said(one.channel.label), said(one.state.label), one.tries,
            f"{one.next_try_at:%Y-%m-%d %H:%M}" if one.next_try_at else "", said(one.error) if one.error else "",
        )
        for one in found
    ]  # fmt: skip
    print_table(("number", "message", "account", "channel", "state", "tries", "next try", "why"), rows)


@notices.command()
@click.argument("number", type=int)
@acting
def again(number: int, actor: Actor) -> None:
    """Have what was given up, or had no address, sent anew: the NUMBER is that of xinheng notices outgoing."""
    from xinheng.usecases.notices.sending import send_again

    send_again(number, actor=actor, at=now())
    say(f"{number} 已重新排队，将在一分钟内发送。", f"{number} is in line again and goes out within a minute.")


@notices.command()
@acting
def send(actor: Actor) -> None:
    """Hand over now what is due, as a worker does every minute."""
    from xinheng.usecases.notices.sending import ensure_may_send, send_outgoing

    ensure_may_send(actor=actor, at=now())
    sent = send_outgoing(at=now())
    say(
        f"送出 {sent.sent}，待重试 {sent.again}，失败 {sent.dead}，没有联系方式 {sent.no_address}",
        f"handed over {sent.sent}, to be tried again {sent.again}, dead {sent.dead}, without an address {sent.no_address}",
    )
