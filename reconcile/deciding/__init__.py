"""A held person, the rolls' rows found for that person, an election and a date -> exactly one outcome.

Everything that differs between elections is data (`fixtures/elections`); there is no code for a single
election. Codes only: the words are in `reconcile.labels`. Never imports Django.
"""

from reconcile.deciding.ballots import ballot_answers, ballots_for, printed, reserve, shortage
from reconcile.deciding.cases import Case, Finding, Setting, Stay
from reconcile.deciding.codes import Action, Actor, DiscrepancyCode, Note
from reconcile.deciding.election import (
    Election,
    ElectionFault,
    election_codes,
    election_from_dict,
    load_election,
)
from reconcile.deciding.left import left_voters
from reconcile.deciding.lending import Lender, Loan, LoanPlan, plan_loans
from reconcile.deciding.outcomes import decide
from reconcile.deciding.steps import left_step
from reconcile.deciding.tps import TpsRef
from reconcile.deciding.visiting import Conflict, ConflictCode, Near, Stop, conflicts, nearest, route

__all__ = [
    "Action",
    "Actor",
    "Case",
    "Conflict",
    "ConflictCode",
    "DiscrepancyCode",
    "Election",
    "ElectionFault",
    "Finding",
    "Lender",
    "Loan",
    "LoanPlan",
    "Near",
    "Note",
    "Setting",
    "Stop",
    "Stay",
    "TpsRef",
    "ballot_answers",
    "ballots_for",
    "conflicts",
    "decide",
    "election_codes",
    "election_from_dict",
    "left_step",
    "left_voters",
    "load_election",
    "nearest",
    "plan_loans",
    "printed",
    "reserve",
    "route",
    "shortage",
]
