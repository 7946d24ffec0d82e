"""Messages (消息): what the platform tells an account or a subject by itself, and through which channels.

In the platform always; by mail and text message (短信) where the kind of message needs it. What leaves the platform says only what kind of message there
is, under which number, and where to look: never whom or what it is about.

Basis: design principle 5 (the subject sees what others see); 个人信息保护法 第六条 (no more than is needed), 第五十一条. Tables: ``store.models.notices``.
Use cases: ``usecases.notices``. Pages: ``/desk/messages/``, ``/me/<code>/messages/``. Commands: ``xinheng notices``.
"""

from xinheng.core.notices.kinds import Channel, Kind, kind_on
from xinheng.core.notices.message import Message

__all__ = ["Channel", "Kind", "Message", "kind_on"]
