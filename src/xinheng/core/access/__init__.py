"""Access (权限): one place decides who may see or do what; the answer carries its reasons, and the default is no.

Role × agency × region × openness × matter. The three administrators are kept apart from each other and from all who work with records (三员分立);
a city or county works in its own part (分级自主管理), the province sees all.
Legal basis: 政务数据共享条例; 个人信息保护法 第三十四条 (within statutory powers); GB/T 22239-2019 第三级 (separated administrators).
Every use case asks through ``usecases.deed``; refusals are logged.
Signing in: dated figures in ``sign_on``; rules in ``passwords``, ``lockout``, ``one_time_codes``, ``sessions`` (GB/T 22239-2019, 8.1.4.1).
Tables: ``store.models.users``, ``store.models.agencies``, ``store.models.sign_on``. Use cases: ``usecases.users``, ``usecases.accounts``,
``usecases.agencies``, ``usecases.sign_on``. Commands: ``xinheng accounts``, ``xinheng agencies``. Pages: ``web.sign_in``.
"""

from xinheng.core.access.decision import Decision, decide
from xinheng.core.access.matter import Matter, Purpose
from xinheng.core.access.reach import Reach, is_reached, reach
from xinheng.core.access.roles import Action, Actor, Assignment, Role, Target
from xinheng.core.access.scopes import Scope, decide_scope
from xinheng.core.access.tree import AgencyKind, Level

__all__ = [
    "Action",
    "Actor",
    "AgencyKind",
    "Assignment",
    "Decision",
    "Level",
    "Matter",
    "Purpose",
    "Reach",
    "Role",
    "Scope",
    "Target",
    "decide",
    "decide_scope",
    "is_reached",
    "reach",
]
