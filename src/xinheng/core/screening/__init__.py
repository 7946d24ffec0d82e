"""Screening (信用审查): what stands against a subject in a matter that somebody handles, asked for one, for a list, or again; with its basis and its end.

A match is a prompt, and a person decides (design §1.4); a clear says which items it covers and until when each has come in (§1.9). Matters are dated data in
``matters.yaml``: no free-text purpose is taken, and nothing is returned that the matter does not look at.
Legal basis: 国办发〔2020〕49号 (records are used by law and central policy only); 苏政办发〔2013〕101号 (credit review in administration); each matter's own.
Tables: ``store.models.screening``. Use cases: ``usecases.screening``. Pages: ``web.desk.screening``. Commands: ``xinheng screen``. API: ``/api/v1/checks``.
"""

from xinheng.core.screening.assessment import Assessment, Outcome, assess
from xinheng.core.screening.matching import Match, Means
from xinheng.core.screening.matters import Look, ScreeningMatter, ScreeningPurpose, matter_named, matters
from xinheng.core.screening.seen import Feed, Seen, Standing, standing_of

__all__ = [
    "Assessment",
    "Feed",
    "Look",
    "Match",
    "Means",
    "Outcome",
    "ScreeningMatter",
    "ScreeningPurpose",
    "Seen",
    "Standing",
    "assess",
    "matter_named",
    "matters",
    "standing_of",
]
