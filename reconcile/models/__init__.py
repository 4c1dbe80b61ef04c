"""What is stored. Outsiders import from here.

Inside: runs, changes > people > lists > uploads > accounts, audit > elections, reference; sealed and work
stand alone. Models hold fields, constraints and small questions; every write is in `reconcile.actions`.
"""

from reconcile.models.accounts import ROLES_OF_A_PLACE, Officer, Role
from reconcile.models.audit import AppendOnly, AuditEntry
from reconcile.models.changes import ChangeKind, PersonLink, RowChange, Verdict
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
    "ENDED",
    "OPEN_RUNS",
    "ROLES_OF_A_PLACE",
    "TRANSITIONS",
    "WORK_OF",
    "AppendOnly",
    "AuditEntry",
    "Candidate",
    "ChangeKind",
    "Election",
    "ElectoralDistrict",
    "HeldEntry",
    "HeldPerson",
    "Institution",
    "InstitutionKind",
    "KnownHeading",
    "LeftVoter",
    "ListProblem",
    "ListRefusal",
    "ListStatus",
    "MatchRun",
    "Officer",
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
    "current_of",
]
