"""The tables, a file for each concept."""

from xinheng.store.models.agencies import Agency, AgencyName, Grant, Region
from xinheng.store.models.audit import AuditEvent, Receipt
from xinheng.store.models.deliveries import DatabaseDelivery, DeliveryRun
from xinheng.store.models.files import SealedFile
from xinheng.store.models.intake import Chunk, IssueGroup, Submission, WaitingRow
from xinheng.store.models.jobs import JobDiscard, JobFailure
from xinheng.store.models.ledger import HistoryBatch, OutboxEntry, RecordEvent
from xinheng.store.models.persons import Person, PersonRecord, PersonSighting
from xinheng.store.models.questions import Question, ReturnedRow
from xinheng.store.models.subjects import RegisterState, Subject, SubjectCode, SubjectName
from xinheng.store.models.users import RoleAssignment, User

__all__ = [
    "Agency",
    "AgencyName",
    "AuditEvent",
    "Chunk",
    "DatabaseDelivery",
    "DeliveryRun",
    "Grant",
    "HistoryBatch",
    "IssueGroup",
    "JobDiscard",
    "JobFailure",
    "OutboxEntry",
    "Person",
    "PersonRecord",
    "PersonSighting",
    "Question",
    "Receipt",
    "RecordEvent",
    "Region",
    "RegisterState",
    "ReturnedRow",
    "RoleAssignment",
    "SealedFile",
    "Subject",
    "SubjectCode",
    "SubjectName",
    "Submission",
    "User",
    "WaitingRow",
]
