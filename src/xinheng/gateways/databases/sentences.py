"""What is said when a department's database cannot be read. The address is never in it, nor what the database itself said."""

from __future__ import annotations

from collections.abc import Iterable

from xinheng.core.errors import Explanation, Text

NO_ADDRESS = Explanation(
    Text("数据库地址不可用", "The address of the database is not usable"),
    Text(
        "应为 postgresql:// 或 mysql:// 开头的地址（不显示其内容）",
        "it must begin postgresql:// or mysql:// (it is not shown)",
    ),
    Text(
        "例如 postgresql://用户:口令@主机:5432/库名；口令中的特殊字符用 % 编码。",
        "For example postgresql://user:password@host:5432/database; encode special characters of the password with %.",
    ),
)
NO_DRIVER = Explanation(
    Text("本机未安装读取 MySQL 的组件", "The driver for MySQL is not installed"),
    Text("PyMySQL 是可选组件", "PyMySQL is an optional part"),
    Text("请安装：pip install 'xinheng[mysql]'。", "Install it: pip install 'xinheng[mysql]'."),
)
AWAY = Explanation(
    Text("来源数据库无法连接或者连接中断", "The source database cannot be reached, or the connection was lost"),
    Text("主机、端口、用户、口令有误，或者网络、数据库中断", "host, port, user or password is wrong, or it is down"),
    Text(
        "请核对环境变量中的地址，并在恢复后再次运行；尚未入库的行会再次读取。",
        "Check the address in the environment variable and run it again; rows that are not in yet are read again.",
    ),
)


def no_table(table: str) -> Explanation:
    """Say that there is no such table, or none that the user may read."""
    return Explanation(
        Text(f"来源数据库中没有可读的表 {table}", f"The source database has no table {table} that may be read"),
        Text("表名、模式名有误，或者该用户没有读取权限", "its name or schema is wrong, or the user may not read it"),
        Text("请核对 --table（可写作 模式.表）和授权。", "Check --table (SCHEMA.TABLE is possible) and the rights."),
    )


def no_column(column: str, columns: Iterable[str]) -> Explanation:
    """Say that the table has no such column."""
    shown = "、".join(columns)
    return Explanation(
        Text(f"来源表中没有列 {column}", f"The table has no column {column}"),
        Text(f"现有列：{shown}", f"its columns: {shown}"),
        Text("请核对 --watermark 和 --key。", "Check --watermark and --key."),
    )


def unreadable(kind: str) -> Explanation:
    """Say that the database refused the question; ``kind`` is the class of its error."""
    return Explanation(
        Text("来源数据库拒绝了读取", "The source database refused to be read"),
        Text(f"错误类别：{kind}", f"class of the error: {kind}"),
        Text(
            "请核对水位列的类型（日期、时间、数字或文字）和读取权限。",
            "Check the type of the watermark column (day, time, number or text) and the right to read.",
        ),
    )
