"""Words for what is entered after the vote."""

from django.utils.translation import gettext_lazy as _

from reconcile.labels.words import Words

VOTE_KINDS: dict[str, Words] = {
    "persons": _("attendance by person"),
    "counts": _("attendance in figures"),
    "ballots": _("ballots"),
}

NOT_VOTED: dict[str, Words] = {
    "refused": _("did not want to"),
    "ill": _("ill"),
    "moved": _("moved elsewhere"),
    "released": _("released"),
    "no_ballot": _("no ballot was left"),
    "late": _("came too late"),
    "document": _("no document to show"),
    "other": _("another reason"),
}

# Columns of what became of the ballots, in the order in which they are entered.
BALLOT_COLUMNS: dict[str, Words] = {
    "received": _("received from KPU"),
    "borrowed": _("borrowed"),
    "used": _("used"),
    "spoilt": _("spoilt"),
    "lent": _("lent out"),
    "returned": _("returned to lenders"),
    "unused": _("left over"),
}
