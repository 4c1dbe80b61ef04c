"""Words for comparing two stages of a roll, and for inspecting one."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from reconcile.labels.words import Words

ROLL_STEPS: dict[str, Words] = {
    "reading": _("reading the lists"),
    "linking": _("finding each voter again"),
    "inspecting": _("looking at every row"),
    "storing": _("storing the answer"),
}

# What became of a voter, as a line of sums says it.
STAGE_GROUPS: dict[str, Words] = {
    "same": _("the same"),
    "changed": _("changed"),
    "moved": _("moved to another TPS"),
    "struck": _("struck with a code (TMS)"),
    "gone": _("gone without a code"),
    "new": _("new"),
    "struck_before": _("struck before"),
    "struck_unknown": _("struck, but not on the first stage"),
}

# What can be counted of an area.
MEASURES: dict[str, Words] = {
    "first": _("voters of the first stage"),
    "second": _("voters of the second stage"),
    "same": _("the same"),
    "changed": _("changed"),
    "moved_in": _("moved in from another TPS"),
    "moved_out": _("moved out to another TPS"),
    "struck": _("struck with a code (TMS)"),
    "gone": _("gone without a code"),
    "new": _("new"),
}


class Finding(NamedTuple):
    """What is wrong, in a few words; and what it means and what to do, in sentences."""

    short: Words
    meaning: Words


STAGE_FAULTS: dict[str, Finding] = {
    "gone": Finding(
        _("gone without a code"),
        _("The voter is not on the second stage and no code says why. Ask the PPS for the code, or enter the voter."),
    ),
    "no_new_entry": Finding(
        _("code 8 without its B"),
        _("Struck as being at the wrong TPS, but entered at no other one: this voter would lose the vote. Enter anew."),
    ),
    "no_strike": Finding(
        _("moved without code 8"),
        _("Stands at another TPS, but was not struck at the old one with the code for it. Ask the PPS of the old TPS."),
    ),
    "not_new": Finding(
        _("B, but not new"),
        _("Marked as a new entry, though the first stage holds this voter at the same TPS. Take the mark away."),
    ),
    "returned": Finding(
        _("struck, and back again"),
        _("Struck on the first stage and a voter again on the second. Check which of the two is right."),
    ),
    "struck_unknown": Finding(
        _("struck, but never listed"),
        _("A struck row whose voter the first stage does not hold. Check from which list the row comes."),
    ),
    "new_unmarked": Finding(
        _("new without B"),
        _("New on a list that marks its new entries, but without the mark B. Add it, or say whose entry it was."),
    ),
    "change_unmarked": Finding(
        _("changed without U"),
        _("A field differs, but the row is not marked U. Check that the change is meant."),
    ),
    "no_change": Finding(
        _("U, but nothing has changed"),
        _("Marked as changed, but every field is as before. Check whether the change was forgotten."),
    ),
    "unknown_code": Finding(
        _("code this stage does not have"),
        _("The remark is a number that is no code of this stage in this election. Read the form again."),
    ),
}

ROLL_CHECKS: dict[str, Finding] = {
    "nik_twice": Finding(
        _("the same NIK twice"),
        _("Two voters of the roll carry one NIK. One of them is a double, or one NIK was written wrong."),
    ),
    "special_and_home": Finding(
        _("at the special TPS and at home"),
        _("Stands on the roll of a special TPS and at home too. A voter stands on one roll: strike the entry at home."),
    ),
    "under_age": Finding(
        _("too young on voting day"),
        _("Younger than the voting age on voting day, and not known to be or have been married."),
    ),
    "date_impossible": Finding(
        _("birth date that cannot be"),
        _("Born after voting day, longer ago than anybody lives, or on a day that never was. Look at the KTP-el."),
    ),
    "tps_too_large": Finding(
        _("TPS with too many voters"),
        _("More voters than this election allows one TPS. Split the TPS or move voters to one nearby."),
    ),
    "code_unknown": Finding(
        _("code this stage does not have"),
        _("The remark is a number that is no code of this stage in this election. Read the form again."),
    ),
    "likely_twice": Finding(
        _("likely the same person twice"),
        _("Two rows with different NIK that agree in so much that they are likely one person. Ask the registry."),
    ),
    "nik_date_differs": Finding(
        _("NIK with another birth date"),
        _("The NIK carries another birth date than the row. A valid NIK may do so: compare with the KTP-el."),
    ),
    "nik_sex_differs": Finding(
        _("NIK of the other sex"),
        _("The NIK says the other sex than the row. A valid NIK may do so: compare with the KTP-el."),
    ),
    "nik_unusable": Finding(
        _("no NIK that can be used"),
        _("The NIK is missing, too short, too long or rounded by a spreadsheet. Ask for the number on the KTP-el."),
    ),
    "age_unknown": Finding(
        _("no birth date"),
        _("Nobody can say whether this voter is old enough. Ask for the birth date."),
    ),
    "married_minor": Finding(
        _("under age, but married"),
        _("May vote because of the marriage. Keep a copy of the proof of marriage."),
    ),
}
