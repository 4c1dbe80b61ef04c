"""Words for the day of the vote: loans of ballots."""

from django.utils.translation import gettext_lazy as _

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
