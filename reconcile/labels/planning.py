"""Words for the day of the vote: visits to the cells, loans of ballots, deadlines."""

from django.utils.translation import gettext_lazy as _

from reconcile.deciding.visiting import ConflictCode
from reconcile.labels.words import Words

# The keys are the values stored by `models`, which lies above this layer; a test holds the two equal.
LOAN_STATUSES: dict[str, Words] = {
    "chosen": _("chosen"),
    "handed_over": _("handed over"),
    "withdrawn": _("withdrawn"),
}

COUNTED_AT: dict[str, Words] = {
    "borrower": _("the TPS that borrows"),
    "lender": _("the TPS that lends"),
}

CONFLICTS: dict[ConflictCode, Words] = {
    ConflictCode.TPS_NOT_CHOSEN: _("KPU has not chosen the TPS yet."),
    ConflictCode.TPS_TWICE: _("The TPS serves another place in the same hour."),
    ConflictCode.PERSON_TWICE: _("The same person is named twice."),
    ConflictCode.NO_WINDOW: _("The time of the visit is not set."),
    ConflictCode.OUTSIDE_HOURS: _("The visit begins before the vote or ends after it."),
    ConflictCode.FEW_OFFICERS: _("Two KPPS members must come."),
    ConflictCode.NO_SUPERVISOR: _("No TPS supervisor (PTPS) is named."),
    ConflictCode.NO_WITNESS: _("No witness is named."),
    ConflictCode.NO_PERMIT: _("There is no letter of permission, or its date is missing."),
    ConflictCode.PERMIT_LATE: _("The letter of permission is dated after voting day."),
    ConflictCode.NO_BALLOTS: _("There are voters whose ballots cannot be determined."),
}
