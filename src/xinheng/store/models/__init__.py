"""The tables, a file for each concept."""

from xinheng.store.models.agencies import Agency, AgencyName, AgencySupervision, Grant, Region
from xinheng.store.models.audit import AuditEvent, Receipt
from xinheng.store.models.catalogue import CatalogueAnswer, CatalogueDraft, CatalogueStep, CatalogueYear
from xinheng.store.models.collecting import CollectionTask, CountedPosition, DecisionDay, Reminder, ZeroReport
from xinheng.store.models.corrections import Correction, CorrectionTold
from xinheng.store.models.deliveries import DatabaseDelivery, DeliveryRun
from xinheng.store.models.files import SealedFile
from xinheng.store.models.intake import Chunk, IssueGroup, Submission, WaitingRow
from xinheng.store.models.jobs import JobDiscard, JobFailure
from xinheng.store.models.judgements import Judgement, ReceiptNote
from xinheng.store.models.ledger import HistoryBatch, OutboxEntry, RecordEvent
from xinheng.store.models.me import SubjectGrant
from xinheng.store.models.notices import Contact, Notice, OutgoingNotice
from xinheng.store.models.persons import Person, PersonRecord, PersonSighting
from xinheng.store.models.profiles import AgencyProfile
from xinheng.store.models.questions import Question, ReturnedRow
from xinheng.store.models.screening import Screening, ScreeningFeedback, ScreeningRow, ScreeningWatch
from xinheng.store.models.services import RefusedSource, ServiceAccount, ServiceCalls, ServiceSecret, ServiceToken
from xinheng.store.models.sign_on import (
    Activation,
    FailedTries,
    LinkedIdentity,
    PasswordSet,
    PersonSignIn,
    RecoveryCode,
    SecondFactor,
    SignIn,
)
from xinheng.store.models.stops import Stop, StopStep
from xinheng.store.models.subject_changes import SubjectBranch, SubjectChange
from xinheng.store.models.subjects import RegisterState, Subject, SubjectCode, SubjectName
from xinheng.store.models.users import Cover, OneTimeSecret, RoleAssignment, User

__all__ = [
    "Activation",
    "Agency",
    "AgencyName",
    "AgencyProfile",
    "AgencySupervision",
    "AuditEvent",
    "CatalogueAnswer",
    "CatalogueDraft",
    "CatalogueStep",
    "CatalogueYear",
    "Chunk",
    "CollectionTask",
    "Contact",
    "Correction",
    "CorrectionTold",
    "CountedPosition",
    "Cover",
    "DatabaseDelivery",
    "DecisionDay",
    "DeliveryRun",
    "FailedTries",
    "Grant",
    "HistoryBatch",
    "IssueGroup",
    "JobDiscard",
    "JobFailure",
    "Judgement",
    "LinkedIdentity",
    "Notice",
    "OneTimeSecret",
    "OutboxEntry",
    "OutgoingNotice",
    "PasswordSet",
    "Person",
    "PersonRecord",
    "PersonSighting",
    "PersonSignIn",
    "Question",
    "Receipt",
    "ReceiptNote",
    "RecordEvent",
    "RecoveryCode",
    "RefusedSource",
    "Region",
    "RegisterState",
    "Reminder",
    "ReturnedRow",
    "RoleAssignment",
    "Screening",
    "ScreeningFeedback",
    "ScreeningRow",
    "ScreeningWatch",
    "SealedFile",
    "SecondFactor",
    "ServiceAccount",
    "ServiceCalls",
    "ServiceSecret",
    "ServiceToken",
    "SignIn",
    "Stop",
    "StopStep",
    "Subject",
    "SubjectBranch",
    "SubjectChange",
    "SubjectCode",
    "SubjectGrant",
    "SubjectName",
    "Submission",
    "User",
    "WaitingRow",
    "ZeroReport",
]
