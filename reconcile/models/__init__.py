"""What is stored. Outsiders import from here.

Inside: decisions > cases > runs, changes > people > lists > uploads > accounts, audit > elections, reference;
sealed and work stand alone. Models hold fields, constraints and small questions; every write is in `reconcile.actions`.
"""

from reconcile.models.accounts import ROLES_OF_A_PLACE, Officer, Role
from reconcile.models.audit import AppendOnly, AuditEntry
from reconcile.models.cases import (
    CASE_MOVES,
    CHANGEABLE,
    OPEN_CASES,
    SETTLED_CASES,
    SHUFFLED,
    UNANSWERED,
    Case,
    CaseReason,
    CaseStatus,
)
from reconcile.models.changes import ChangeKind, PersonLink, RowChange, Verdict
from reconcile.models.decisions import (
    FIRST,
    NEED_REASON,
    NEED_VOTER,
    SECOND,
    THIRD,
    Answer,
    Bulk,
    Decision,
    DecisionEnd,
    DecisionReason,
    KnownPair,
    PairVerdict,
    WrongOne,
)
from reconcile.models.elections import Election, Place, PlaceKind
from reconcile.models.lists import (
    ALIVE,
    KnownHeading,
    ListProblem,
    ListRefusal,
    ListStatus,
    SourceList,
    current_of,
)
from reconcile.models.people import HeldEntry, HeldPerson, Voter
from reconcile.models.reference import ElectoralDistrict, Institution, InstitutionKind, Tps
from reconcile.models.runs import (
    OPEN_RUNS,
    Candidate,
    LeftVoter,
    MatchRun,
    PersonOutcome,
    RunFailure,
    RunStatus,
)
from reconcile.models.sealed import SealedTextField
from reconcile.models.uploads import (
    APPLYING,
    AT_WORK,
    ENDED,
    TRANSITIONS,
    WORK_OF,
    Upload,
    UploadFailure,
    UploadStatus,
)

__all__ = [
    "ALIVE",
    "APPLYING",
    "AT_WORK",
    "CASE_MOVES",
    "CHANGEABLE",
    "ENDED",
    "FIRST",
    "NEED_REASON",
    "NEED_VOTER",
    "OPEN_CASES",
    "OPEN_RUNS",
    "ROLES_OF_A_PLACE",
    "SECOND",
    "SETTLED_CASES",
    "SHUFFLED",
    "THIRD",
    "TRANSITIONS",
    "UNANSWERED",
    "WORK_OF",
    "Answer",
    "AppendOnly",
    "AuditEntry",
    "Bulk",
    "Candidate",
    "Case",
    "CaseReason",
    "CaseStatus",
    "ChangeKind",
    "Decision",
    "DecisionEnd",
    "DecisionReason",
    "Election",
    "ElectoralDistrict",
    "HeldEntry",
    "HeldPerson",
    "Institution",
    "InstitutionKind",
    "KnownHeading",
    "KnownPair",
    "LeftVoter",
    "ListProblem",
    "ListRefusal",
    "ListStatus",
    "MatchRun",
    "Officer",
    "PairVerdict",
    "PersonLink",
    "PersonOutcome",
    "Place",
    "PlaceKind",
    "Role",
    "RowChange",
    "RunFailure",
    "RunStatus",
    "SealedTextField",
    "SourceList",
    "Tps",
    "Upload",
    "UploadFailure",
    "UploadStatus",
    "Verdict",
    "Voter",
    "WrongOne",
    "current_of",
]
