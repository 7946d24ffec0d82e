"""Access (权限): one place decides who may see or do what; the answer carries its reasons, and the default is no.

Legal basis: 政务数据共享条例; 个人信息保护法 第三十四条 (within statutory powers). Users and roles in ``store.models.users``; every use case asks
through ``usecases.deed``; refusals are logged.
Tables: ``store.models.users``. Use cases: ``usecases.users``. Pages: none yet.
"""

from xinheng.core.access.decision import Decision, decide
from xinheng.core.access.roles import Action, Actor, Assignment, Role, Target
from xinheng.core.access.scopes import Scope, decide_scope

__all__ = ["Action", "Actor", "Assignment", "Decision", "Role", "Scope", "Target", "decide", "decide_scope"]
