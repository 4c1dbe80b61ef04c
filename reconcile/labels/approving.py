"""Words for list versions: where they stand, whose hands they went through, what was made of them."""

from dataclasses import dataclass

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
    "approved": _("approved the list"),
}

PAPER_KINDS: dict[str, Words] = {
    "workbook": _("workbook"),
    "pdf": _("PDF"),
    "pack": _("meeting pack"),
}


@dataclass(frozen=True)
class CheckWords:
    """`what` must be in order; `found` are the figures behind it; `lack` is what the button says is lacking."""

    what: Words
    found: Words
    lack: Words


CHECKS: dict[str, CheckWords] = {
    "undecided": CheckWords(
        _("Every case is decided"), _("%(n)s of %(all)s cases are not decided"), _("%(n)s cases not decided")
    ),
    "differs": CheckWords(
        _("Every disagreement is settled"),
        _("%(n)s of %(all)s cases wait for a third officer"),
        _("%(n)s cases in disagreement"),
    ),
    "second": CheckWords(
        _("Two officers have answered where the rule asks for two"),
        _("%(n)s of %(all)s cases wait for a second officer"),
        _("%(n)s cases without a second officer"),
    ),
    "findings": CheckWords(
        _("What takes the right to vote has been confirmed by a second officer"),
        _("%(n)s of %(all)s findings wait for a second officer"),
        _("%(n)s findings without a second officer"),
    ),
    "links": CheckWords(
        _("It is settled which rows of a register are people known before"),
        _("%(n)s of %(all)s doubtful rows are not settled"),
        _("%(n)s register rows not settled"),
    ),
    "warnings": CheckWords(
        _("No warning was accepted without a reason"),
        _("%(accepted)s lists with accepted warnings, %(n)s of them without a reason"),
        _("%(n)s warnings without a reason"),
    ),
    "lists": CheckWords(
        _("The comparison has read the lists in force"),
        _("%(lists)s lists read, %(n)s not compared yet or not in force any more"),
        _("%(n)s lists not compared"),
    ),
    "rows": CheckWords(
        _("Every row of the register ends somewhere"),
        _("%(rows)s rows = %(people)s people + %(further)s further rows + %(out)s rejected or skipped; off by %(n)s"),
        _("%(n)s rows unaccounted for"),
    ),
    "outcomes": CheckWords(
        _("The outcomes add up to everybody on the list"),
        _("%(rows)s on the list = %(people)s held + %(left)s who have left; off by %(n)s"),
        _("sums off by %(n)s"),
    ),
    "signatures": CheckWords(
        _("The officers who sign are known by name"),
        _("%(officers)s officers had a hand in it, %(n)s without a full name"),
        _("%(n)s officers without a full name"),
    ),
    "whole": CheckWords(
        _("The rows are those that were sent"),
        _("the fingerprint was worked out anew from the database"),
        _("rows altered in the database"),
    ),
    "unchanged": CheckWords(
        _("Nothing has changed since it was sent"), _("%(n)s rows have changed"), _("%(n)s rows changed")
    ),
    "sent": CheckWords(_("The officers have sent it"), _("it is not with the commissioner"), _("not sent")),
}

# What became of one person from one version to a later one.
PERSON_CHANGES: dict[str, Words] = {
    "added": _("added"),
    "struck": _("struck"),
    "changed": _("changed"),
}

# Fields of a version's row that no list has under the same name.
VERSION_FIELDS: dict[str, Words] = {
    "outcome": _("outcome"),
    "category": _("kind of voter"),
    "ballots": _("ballots"),
    "action": _("next step"),
    "actor": _("who must act"),
    "due": _("due"),
    "held_name": _("name in the register"),
    "village": _("village"),
    "district": _("district"),
    "regency": _("regency"),
    "roll_tps": _("TPS of the roll"),
    "roll_region": _("village code of the TPS"),
}

# What is found of a file somebody shows, or of groups of a fingerprint.
FINDINGS: dict[str, Words] = {
    "ours": _("This is, byte for byte, a file that was made here."),
    "changed": _("It carries this version's fingerprint but was changed or saved anew. Do not rely on what it says."),
    "carries": _("These groups belong to this version's fingerprint."),
    "none": _("It belongs to no approved version."),
}
