"""People who are signed in: officials of several agencies, and somebody who acts for a subject; printed as JSON, a session cookie each.

``python -m tests.benchmarks.load.people`` in the environment of a home; run again, it signs the same people in anew.
"""

from __future__ import annotations

import json
import os
import sys


def main() -> None:
    """Make the accounts where they are not there, sign everybody in and print their cookies."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xinheng.project.settings")
    import django

    django.setup()
    from xinheng.core.access import Role
    from xinheng.store.models import Agency, RoleAssignment, Subject, SubjectGrant, User
    from xinheng.web.today import now, today

    main_agency, subject, *others = sys.argv[1:]
    wanted = {"load-clerk": (Role.DATA_CLERK, main_agency), "load-reviewer": (Role.REVIEWER, main_agency)}
    wanted |= {f"load-clerk-{code}": (Role.DATA_CLERK, code) for code in others}
    wanted |= {"load-manager": (Role.DEPARTMENT_MANAGER, others[0]), "load-operator": (Role.CENTRE_OPERATOR, "")}
    for name, (role, code) in wanted.items():
        user, made = User.objects.get_or_create(
            username=name, defaults={"display_name": f"演示 {name}", "password": "!"}
        )
        if made:
            agency = Agency.objects.get(uscc=code) if code else None
            RoleAssignment.objects.create(user=user, role=role.value, agency=agency, valid_from=today())
    user, made = User.objects.get_or_create(
        username="load-owner", defaults={"display_name": "演示企业", "password": "!"}
    )
    if made:
        held = Subject.objects.get(uscc=subject)
        SubjectGrant.objects.create(
            user=user, subject=held, role="representative", granted_by=user, granted_at=now(), valid_from=today()
        )
    sys.stdout.write(json.dumps({name: _cookie(name) for name in [*wanted, "load-owner"]}))


def _cookie(username: str) -> str:
    from django.conf import settings
    from django.contrib.sessions.backends.db import SessionStore

    from xinheng.usecases.sign_on.sessions import open_session
    from xinheng.web.signed_in import USER
    from xinheng.web.today import now

    session = SessionStore()
    session[USER] = username
    session.save()
    key = session.session_key or ""
    open_session(username, session_key=key, method="bench", address="127.0.0.1", browser="bench", at=now())
    return f"{settings.SESSION_COOKIE_NAME}={key}"


if __name__ == "__main__":
    main()
