"""Words for the papers of a version, as screens name them. The papers themselves are always Indonesian."""

from django.utils.translation import gettext_lazy as _

from reconcile.labels.words import Words

PAPERS: dict[str, Words] = {
    "meeting": _("minutes of the meeting"),
    "list_minutes": _("minutes of the list, with everybody's names"),
    "change": _("minutes of change since the version approved before"),
    "voters": _("list of the TPS in KPU's form"),
    "moved": _("moved voters with where they come from"),
    "letters": _("moved-voter letters, one file"),
    "registry": _("list for Disdukcapil: NIK and e-KTP"),
    "requests": _("requests to the KPU of other regencies"),
    "ballots": _("ballots needed"),
    "attendance": _("attendance lists to be signed"),
    "roll_call": _("roll-call by block, to be ticked"),
    "visits": _("schedule of visits"),
    "visit_sheets": _("visit sheets to be signed"),
    "hand_overs": _("minutes of ballots handed over"),
    "contents": _("contents of the pack"),
}

# How much of identity numbers a copy shows, by audience.
AUDIENCES: dict[str, Words] = {
    "kpu": _("Your copies show whole identity numbers. They are for KPU; whoever else needs a paper gets it masked."),
    "office": _("Your copies show identity numbers masked. KPU has the whole ones."),
    "public": _("Your copies show neither identity numbers nor birth dates."),
}
