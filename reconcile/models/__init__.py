"""What is stored. Outsiders import from here.

Inside: runs > people > lists > accounts, audit > elections; sealed and work stand alone. Models hold
fields, constraints and small questions; every write is in `reconcile.actions`.
"""

from reconcile.models.accounts import ROLES_OF_A_PLACE, Officer, Role
from reconcile.models.audit import AppendOnly, AuditEntry
from reconcile.models.elections import Election, Place, PlaceKind
from reconcile.models.lists import OPEN_LISTS, ListProblem, ListRefusal, ListStatus, SourceList
from reconcile.models.people import HeldEntry, HeldPerson, Voter
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

__all__ = [
    "OPEN_LISTS",
    "OPEN_RUNS",
    "ROLES_OF_A_PLACE",
    "AppendOnly",
    "AuditEntry",
    "Candidate",
    "Election",
    "HeldEntry",
    "HeldPerson",
    "LeftVoter",
    "ListProblem",
    "ListRefusal",
    "ListStatus",
    "MatchRun",
    "Officer",
    "PersonOutcome",
    "Place",
    "PlaceKind",
    "Role",
    "RunFailure",
    "RunStatus",
    "SealedTextField",
    "SourceList",
    "Voter",
]
