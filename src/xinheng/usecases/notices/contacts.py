"""Contacts (联系方式): the office mail and telephone of an account, sealed; shown to its owner and to who manages accounts, and changed by them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings

from xinheng.core.access import Action, Actor, Target
from xinheng.core.notices.contacts import read_mail, read_telephone
from xinheng.gateways.secret_box import SecretBox
from xinheng.store.models import Contact, User
from xinheng.usecases.accounts.people import account_named, ensure_reaches
from xinheng.usecases.deed import deed
from xinheng.usecases.users import user_named


@dataclass(frozen=True, slots=True)
class ContactView:
    """Where an account is reached; empty where it has said nothing."""

    mail: str = ""
    telephone: str = ""


def view_contact(username: str, *, actor: Actor, at: dt.datetime, on: dt.date) -> ContactView:
    """Return the contact of one's own account, or of one that the actor manages; raises ``Missing`` or ``Refused``."""
    user, action, target = _meant(username, actor, at, on)
    with deed(actor, action, target, about=f"contact of {username}", asked={"account": username}, at=at) as done:
        held = contact_of(user)
        done.result = _told(held)
    return held


def keep_contact(username: str, contact: ContactView, *, actor: Actor, at: dt.datetime, on: dt.date) -> None:
    """Keep where an account is reached; what is empty is taken away. Raises ``Missing``, ``Refused`` or ``UnusableCall``."""
    user, action, target = _meant(username, actor, at, on)
    read = ContactView(read_mail(contact.mail), read_telephone(contact.telephone))
    with deed(
        actor, action, target, about=f"contact of {username}", asked={"account": username, "change": True}, at=at
    ) as done:
        sealed = {
            "mail": _sealed(username, "mail", read.mail),
            "telephone": _sealed(username, "telephone", read.telephone),
        }
        Contact.objects.update_or_create(
            user=user, defaults={**sealed, "changed_at": at, "changed_by": user_named(actor.name)}
        )
        done.result = _told(read)


def contact_of(user: User) -> ContactView:
    """Return where an account is reached, to whoever sends; no door calls this."""
    held = Contact.objects.filter(user=user).first()
    if held is None:
        return ContactView()
    return ContactView(_opened(user.username, "mail", held.mail), _opened(user.username, "telephone", held.telephone))


def _meant(username: str, actor: Actor, at: dt.datetime, on: dt.date) -> tuple[User, Action, Target]:
    user = account_named(username)
    if username == actor.name:
        return user, Action.OWN_MESSAGES, Target(person=username)
    return user, Action.MANAGE_ACCOUNTS, ensure_reaches(actor, Action.MANAGE_ACCOUNTS, user, at=at, on=on)


def _told(contact: ContactView) -> dict[str, bool]:
    return {"mail": bool(contact.mail), "telephone": bool(contact.telephone)}


def _sealed(username: str, what: str, value: str) -> bytes:
    return _box().seal(value, owner=f"{username} {what}") if value else b""


def _opened(username: str, what: str, sealed: bytes | memoryview) -> str:
    return _box().open(sealed, owner=f"{username} {what}") if bytes(sealed) else ""


def _box() -> SecretBox:
    return SecretBox(settings.MASTER_KEY, purpose="contact")
