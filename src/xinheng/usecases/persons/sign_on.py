"""A natural person signs in (自然人登录): by a document that the unified sign-on vouches for; no account, and the number is kept nowhere.

What stays, while the session lasts, are the keyed digests of the document. Once they tell nothing any more, because a key was replaced, the person
signs in again. Basis: 个人信息保护法 第四十五条 (a person sees what is kept of it), 第五十一条.
"""

from __future__ import annotations

import datetime as dt
import hashlib

from xinheng.core.access import Actor, Assignment, Role
from xinheng.core.access.sessions import SEEN_EVERY, Ended, expired
from xinheng.core.access.sign_on import terms_on
from xinheng.core.errors import Explanation, Refused, Text
from xinheng.core.standards.person_documents import identified, kind_named
from xinheng.gateways.identity.tokens import ShownIdentity
from xinheng.gateways.keys import Key, Purpose
from xinheng.store.models import Person, PersonSignIn
from xinheng.usecases.persons.sealing import key_ring
from xinheng.usecases.sign_on.events import Event, note


def sign_person_in(shown: ShownIdentity, *, session_key: str, address: str, at: dt.datetime, on: dt.date) -> None:
    """Write down that a person is signed in with a session, whose key was made for it.

    Raises ``Refused`` where the provider asked for a password only, or names no document that can be looked up.
    """
    about = f"identity at {shown.issuer}, address {address}"
    lookups = _lookups(shown, on)
    if not shown.several_factors or lookups is None:
        why = "only a password was asked for" if not shown.several_factors else "no document that can be looked up"
        note(Event.SHOW_IDENTITY, None, at=at, about=about, allowed=False, why=why)
        raise Refused(_ONE_FACTOR if not shown.several_factors else _NO_DOCUMENT)
    PersonSignIn.objects.filter(signed_in_at__lt=at - terms_on(on).absolute).delete()
    PersonSignIn.objects.create(session=_digest(session_key), lookups=lookups, signed_in_at=at, last_seen_at=at)
    note(Event.SIGN_IN, _name(_person(lookups)), at=at, about=f"address {address}, unified sign-on")


def person_of(session_key: str, *, at: dt.datetime, on: dt.date) -> Actor | Ended:
    """Return who is signed in with a session as a natural person, or why nobody is; a write at most once a minute."""
    found = PersonSignIn.objects.filter(session=_digest(session_key)).first()
    if found is None:
        return Ended.SIGNED_OUT
    over = expired(signed_in_at=found.signed_in_at, last_seen_at=found.last_seen_at, at=at, terms=terms_on(at.date()))
    if over is None and not {key.name for key in _keys(on)} <= found.lookups.keys():
        over = Ended.SIGNED_OUT  # a key was replaced: what is kept of the document may find nothing
    if over is not None:
        found.delete()
        return over
    if at - found.last_seen_at >= SEEN_EVERY:
        PersonSignIn.objects.filter(pk=found.pk).update(last_seen_at=at)
    number = _person(found.lookups)
    return Actor(_name(number), (Assignment(Role.PERSON, of_person=number),), on=on)


def sign_person_out(actor: Actor, *, session_key: str, at: dt.datetime) -> None:
    """End a person's session; nothing of it stays but the entry in the log."""
    if PersonSignIn.objects.filter(session=_digest(session_key)).delete()[0]:
        note(Event.SIGN_OUT, actor.name, at=at)


def _lookups(shown: ShownIdentity, on: dt.date) -> dict[str, str] | None:
    """Return the digests of the document under every key by which a person may stand, or nothing where it is no document."""
    kind = kind_named(shown.document[0])
    document = identified(kind, shown.document[1], today=on) if kind else None
    return {key.name: key.digest(*document).hex() for key in _keys(on)} if document else None


def _keys(on: dt.date) -> tuple[Key, ...]:
    ring = key_ring(on)
    ring.current(Purpose.LOOKUP)
    return ring.living(Purpose.LOOKUP)


def _person(lookups: dict[str, str]) -> int:
    """Return the number of the person in the table, 0 where nothing is kept of it."""
    found = Person.objects.filter(lookup__in=[bytes.fromhex(one) for one in lookups.values()], erased_at=None)
    return found.values_list("pk", flat=True).first() or 0


def _name(number: int) -> str:
    """Return how the log calls a person; no account can be called so."""
    return f"person {number}" if number else "a person"


def _digest(session_key: str) -> str:
    return hashlib.sha256(session_key.encode()).hexdigest()


_ONE_FACTOR = Explanation(
    Text("未能确认是您本人", "It could not be confirmed that this is you"),
    Text("查看个人记录须经两种以上方式核验身份", "to see records of one’s own takes more than a password"),
    Text(
        "请重新登录，并选择人脸识别或者短信验证。", "Sign in again, with face recognition or a code on your telephone."
    ),
)
_NO_DOCUMENT = Explanation(
    Text("未能确认您的证件", "Your document could not be confirmed"),
    Text("统一身份认证没有提供可以核对的证件", "the identity provider names no document that can be looked up"),
    Text("请携带身份证件到服务窗口查询，不收取费用。", "Come to a service window with it: inquiry is free of charge."),
)
