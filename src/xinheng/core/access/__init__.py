"""Access (权限): one place decides who may see or do what; the answer carries its reasons, and the default is no.

Legal basis: 政务数据共享条例; 个人信息保护法 第三十四条 (within statutory powers). Users and roles in ``store.models.users``; every use case asks
through ``usecases.deed``; refusals are logged.
Signing in: dated figures in ``sign_on``; rules in ``passwords``, ``lockout``, ``one_time_codes``, ``sessions`` (GB/T 22239-2019, 8.1.4.1).
Tables: ``store.models.users``, ``store.models.sign_on``. Use cases: ``usecases.users``, ``usecases.sign_on``. Pages: ``web.sign_in``.
"""

from xinheng.core.access.decision import Decision, decide
from xinheng.core.access.roles import Action, Actor, Assignment, Role, Target

__all__ = ["Action", "Actor", "Assignment", "Decision", "Role", "Target", "decide"]
