"""The tables, a file for each concept."""

from xinheng.store.models.agencies import Agency, AgencyName, AgencySupervision, Grant, Region
from xinheng.store.models.audit import AuditEvent, Receipt
from xinheng.store.models.deliveries import DatabaseDelivery, DeliveryRun
from xinheng.store.models.files import SealedFile
from xinheng.store.models.intake import Chunk, IssueGroup, Submission, WaitingRow
from xinheng.store.models.jobs import JobDiscard, JobFailure
from xinheng.store.models.ledger import HistoryBatch, OutboxEntry, RecordEvent
from xinheng.store.models.me import SubjectGrant
from xinheng.store.models.questions import Question, ReturnedRow
from xinheng.store.models.services import RefusedSource, ServiceAccount, ServiceCalls, ServiceSecret, ServiceToken
from xinheng.store.models.subjects import RegisterState, Subject, SubjectCode, SubjectName
from xinheng.store.models.users import Cover, OneTimeSecret, RoleAssignment, User

__all__ = [
    "Agency",
    "AgencyName",
    "AgencySupervision",
    "AuditEvent",
    "Chunk",
    "Cover",
    "DatabaseDelivery",
    "DeliveryRun",
    "Grant",
    "HistoryBatch",
    "IssueGroup",
    "JobDiscard",
    "JobFailure",
    "OneTimeSecret",
    "OutboxEntry",
    "Question",
    "Receipt",
    "RecordEvent",
    "RefusedSource",
    "Region",
    "RegisterState",
    "ReturnedRow",
    "RoleAssignment",
    "SealedFile",
    "ServiceAccount",
    "ServiceCalls",
    "ServiceSecret",
    "ServiceToken",
    "Subject",
    "SubjectCode",
    "SubjectGrant",
    "SubjectName",
    "Submission",
    "User",
    "WaitingRow",
]
