"""Deliveries from departments' databases (数据库报送): which table of which agency is read for which item, and how far it was read."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from django.conf import settings

from xinheng.core.access import Action, Actor, Target
from xinheng.core.catalogue.item import ItemVersion
from xinheng.core.catalogue.load import load
from xinheng.core.catalogue.stub import check_reportable
from xinheng.core.errors import Explanation, Missing, Text, UnusableCall
from xinheng.store.models import Agency, DatabaseDelivery, DeliveryRun
from xinheng.usecases.agencies import agency_named
from xinheng.usecases.deed import deed, ensure_allowed
from xinheng.usecases.intake.profiles import profile_for, profile_of
from xinheng.usecases.users import user_named

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody asks to be read from now on. ``variable`` names the environment variable that holds the address of the database."""

    name: str
    item: str
    agency: str
    variable: str
    table: str
    watermark: str
    key: str = ""
    profile: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """A delivery as it is listed: what it reads, up to which watermark, its last run and what became of it; ``address`` tells whether there is one."""

    asked: Wanted
    reached: str | None
    address: bool
    last_run: DeliveryRun | None

    @property
    def state(self) -> str:
        """Return how the last run stands: ``never``, ``committed``, ``failed`` or ``unfinished``."""
        if self.last_run is None:
            return "never"
        submission = self.last_run.submission
        return "committed" if submission.committed_at else "failed" if submission.failed else "unfinished"


def add_delivery(wanted: Wanted, *, actor: Actor, at: dt.datetime, on: dt.date) -> None:
    """Make a delivery known; nothing is read yet. The same once more changes nothing. Raises ``UnusableCall``."""
    agency = agency_named(wanted.agency)
    target = target_of(agency, wanted.item)
    ensure_allowed(actor, Action.MANAGE_DELIVERIES, target, about=f"delivery {wanted.name}", at=at)
    _ensure_sound(wanted, load(wanted.item).at(on), agency)
    held = DatabaseDelivery.objects.select_related("agency").filter(name=wanted.name).first()
    if held is not None and asked_of(held) != wanted:
        raise UnusableCall(_taken(wanted.name), delivery=wanted.name)
    with deed(
        actor, Action.MANAGE_DELIVERIES, target, about=f"delivery {wanted.name}", asked=_plain(wanted), at=at
    ) as done:
        if held is None:
            DatabaseDelivery.objects.create(
                name=wanted.name, agency=agency, item=wanted.item, profile=wanted.profile, variable=wanted.variable,
                source_table=wanted.table, watermark=wanted.watermark, key=wanted.key, added_at=at, added_by=user_named(actor.name),
            )  # fmt: skip
        done.result = {"delivery": wanted.name, "new": held is None}


def list_deliveries(*, actor: Actor, at: dt.datetime) -> tuple[DeliveryView, ...]:
    """Return the deliveries, by name."""
    with deed(actor, Action.MANAGE_DELIVERIES, Target(), about="deliveries", asked={}, at=at) as done:
        held = DatabaseDelivery.objects.select_related("agency").order_by("name")
        runs = DeliveryRun.objects.select_related("submission").order_by("id")
        last = {run.delivery_id: run for run in runs}
        found = tuple(
            DeliveryView(asked_of(one), one.reached, bool(settings.SOURCE_URL(one.variable)), last.get(one.pk))
            for one in held
        )
        done.result = {"deliveries": len(found)}
    return found


def delivery_named(name: str) -> DatabaseDelivery:
    """Return a delivery; raises ``Missing``."""
    held = DatabaseDelivery.objects.select_related("agency", "added_by").filter(name=name).first()
    if held is None:
        raise Missing(_none(name), delivery=name)
    return held


def address_of(delivery: DatabaseDelivery) -> str:
    """Return where the database is; the address is used and kept nowhere. Raises ``UnusableCall`` where the variable is not set."""
    url: str = settings.SOURCE_URL(delivery.variable)
    if not url:
        raise UnusableCall(_no_address(delivery.variable), variable=delivery.variable)
    return url


def target_of(agency: Agency, item: str, *, granted: bool = True) -> Target:
    """Return what access is asked about."""
    return Target(agency=agency.uscc, region=agency.region_code, item=item, granted=granted)


def asked_of(held: DatabaseDelivery) -> Wanted:
    """Return a delivery as it was asked for."""
    return Wanted(
        name=held.name, item=held.item, agency=held.agency.uscc, variable=held.variable, table=held.source_table, watermark=held.watermark,
        key=held.key, profile=held.profile,
    )  # fmt: skip


def _plain(wanted: Wanted) -> dict[str, object]:
    return {
        "delivery": wanted.name, "item": wanted.item, "agency": wanted.agency, "variable": wanted.variable, "table": wanted.table,
        "watermark": wanted.watermark, "key": wanted.key, "profile": wanted.profile,
    }  # fmt: skip


def _ensure_sound(wanted: Wanted, version: ItemVersion, agency: Agency) -> None:
    check_reportable(version)
    if not _NAME.fullmatch(wanted.name):
        raise UnusableCall(_BAD_NAME)
    if not _VARIABLE.fullmatch(wanted.variable):
        raise UnusableCall(_BAD_VARIABLE)
    if not all(part.strip() for part in (wanted.table, wanted.watermark)):
        raise UnusableCall(_EMPTY)
    profile = profile_of(agency, profile_for(agency, wanted.profile)) if wanted.profile else None
    if profile is not None and profile.item != wanted.item:
        raise UnusableCall(_other_item(wanted))
    volume = version.volume
    if volume is not None and (volume.fewest is not None or volume.fewest_percent is not None):
        raise UnusableCall(_whole_files(version))


def _none(name: str) -> Explanation:
    return Explanation(
        Text(f"没有数据库报送 {name}", f"There is no delivery {name}"),
        Text("该名称未登记", "the name is not known"),
        Text("请用 xinheng deliveries list 查看。", "See the names with xinheng deliveries list."),
    )


def _taken(name: str) -> Explanation:
    return Explanation(
        Text(f"数据库报送 {name} 已登记，内容不同", f"The delivery {name} exists and is another one"),
        Text("水位属于原来的表，不能换用", "its watermark belongs to the table it was made for"),
        Text("请另取名称；已入库的记录不会重复。", "Take another name; records that are in are not doubled."),
    )


def _no_address(variable: str) -> Explanation:
    return Explanation(
        Text(f"环境变量 {variable} 未设置", f"The environment variable {variable} is not set"),
        Text("数据库地址只从环境变量读取", "the address of the database comes from there only"),
        Text(
            "请在运行命令或者工作进程的环境中设置，如 postgresql://用户:口令@主机/库名。",
            "Set it where the command or the worker runs, e.g. postgresql://user:password@host/database.",
        ),
    )


def _other_item(wanted: Wanted) -> Explanation:
    return Explanation(
        Text(
            f"报送配置 {wanted.profile} 不用于 {wanted.item}",
            f"The delivery profile {wanted.profile} is not for {wanted.item}",
        ),
        Text("报送配置只对应一个目录", "a profile maps onto one item"),
        Text("请核对目录或报送配置的名称。", "Check the item or the profile."),
    )


def _whole_files(version: ItemVersion) -> Explanation:
    return Explanation(
        Text(f"「{version.title}」须报送完整文件", f"{version.title_en} is handed in as complete files"),
        Text(
            "该目录项有最低行数，增量报送会低于此数", "it expects a least number of rows, which an increment never has"
        ),
        Text("请用 xinheng submit 报送完整文件。", "Hand complete files in with xinheng submit."),
    )


_BAD_NAME = Explanation(
    Text("名称不可用", "The name is not usable"),
    Text("名称由小写字母、数字和连接号组成", "a name is of small letters, digits and hyphens"),
    Text("例如 suzhou-xzcf。", "For example suzhou-xzcf."),
)
_BAD_VARIABLE = Explanation(
    Text("环境变量名不可用", "The name of the environment variable is not usable"),
    Text(
        "此处应填变量名，不是地址；地址含口令，不得写在命令中",
        "it is the name of a variable, not an address: an address holds a password and must not stand in a command",
    ),
    Text("例如 --url-from-env SUZHOU_URL。", "For example --url-from-env SUZHOU_URL."),
)
_EMPTY = Explanation(
    Text("表名或水位列为空", "The table or the watermark column is empty"),
    Text("须说明读取哪张表、按哪一列增量读取", "which table is read, and by which column"),
    Text("请填写 --table 和 --watermark。", "Give --table and --watermark."),
)
