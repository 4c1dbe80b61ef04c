"""Words for list versions: where they stand, whose hands they went through, what was made of them."""

from django.utils.translation import gettext_lazy as _

from reconcile.labels.words import Words

VERSION_STATUSES: dict[str, Words] = {
    "draft": _("draft"),
    "sent": _("with the commissioner"),
    "approved": _("approved"),
    "returned": _("sent back"),
    "recalled": _("recalled"),
    "lapsed": _("approval lapsed"),
    "superseded": _("superseded"),
}

# What made an approval lapse.
VERSION_ENDS: dict[str, Words] = {
    "decision": _("an officer's decision changed it"),
    "doubt": _("an officer doubted an answer in it"),
    "upload": _("lists it rests on were uploaded or undone"),
    "run": _("a later comparison gave other answers"),
}

HAND_KINDS: dict[str, Words] = {
    "decided": _("decided a case"),
    "uploaded": _("uploaded a file"),
    "sent": _("sent the list"),
    "approved": _("approved"),
}

PAPER_KINDS: dict[str, Words] = {
    "workbook": _("workbook"),
    "pdf": _("PDF"),
    "pack": _("meeting pack"),
}
