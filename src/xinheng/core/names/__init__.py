"""Names of organisations (单位名称): what the parts of a name are, and whether two names mean one organisation.

Legal basis: 企业名称登记管理规定 (State Council Order 734, in force since 2021-03-01): a name is region + 字号 + industry + form of
organisation, a branch bears its parent's name and its own kind, and within one registering authority no two enterprises of one industry
bear the same or a similar name; 民法典 art. 58, 74 (a branch is not its legal person). Design §1.4: a match is a prompt, a person decides.

``parse`` reads a name into parts with their places in the text; ``compare`` says ``same``, ``ask`` or ``different`` and why, part by part;
``NameIndex`` finds candidates among millions. The words are data (``data/``), each verdict comes from ``data/weights.yaml``; how it comes
about stands in docs/explanation/names.md. Tables, use cases and pages: none of its own, ``core.subjects`` and intake use it; command
``xinheng names``. Natural persons are never matched: a name that reads like a person's is not compared.
"""

from xinheng.core.names.compare import Comparison, Finding, Verdict, as_written, compare, compare_pairs
from xinheng.core.names.index import LONG_ENOUGH, Answer, Candidate, NameIndex
from xinheng.core.names.parse import Name, Part, parse
from xinheng.core.names.segment import Segment

__all__ = [
    "LONG_ENOUGH",
    "Answer",
    "Candidate",
    "Comparison",
    "Finding",
    "Name",
    "NameIndex",
    "Part",
    "Segment",
    "Verdict",
    "as_written",
    "compare",
    "compare_pairs",
    "parse",
]
