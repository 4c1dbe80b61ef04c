"""Words for settling doubts: states and reasons of a case, answers, and what becomes of them."""

from django.utils.translation import gettext_lazy as _

from reconcile.labels.words import Words

CASE_STATUSES: dict[str, Words] = {
    "new": _("new"),
    "second": _("needs a second officer"),
    "differs": _("officers disagree"),
    "decided": _("decided"),
    "agreed": _("agreed"),
    "reopened": _("reopened"),
    "sent": _("sent"),
    "approved": _("approved"),
    "lapsed": _("needs no officer any more"),
}

# What the queue is grouped by.
CASE_REASONS: dict[str, Words] = {
    "changed": _("Data have changed"),
    "taken": _("Voter given to another"),
    "next": _("Next candidate"),
    "raised": _("Doubted by an officer"),
    "returned": _("Sent back"),
    "two": _("Two as likely"),
    "nik": _("NIK differs"),
    "no_nik": _("Without NIK or date"),
    "name": _("Name differs"),
    "birth": _("Birth or sex differs"),
    "weak": _("Little agrees"),
    "duplicate": _("Listed twice on the rolls"),
    "ineligible": _("May not vote"),
    "sources": _("Sources contradict"),
}

# One sentence each, above the comparison.
CASE_EXPLANATIONS: dict[str, Words] = {
    "changed": _("This pair was confirmed, but the records have changed since."),
    "taken": _("The voter proposed before was given to another person."),
    "next": _("The likeliest voter was rejected; this one comes next."),
    "raised": _("An officer doubts the answer of the comparison."),
    "returned": _("The commissioner has sent the list back and wants this case looked at again."),
    "two": _("Two voters, or two people in custody, fit about as well."),
    "nik": _("The identity numbers speak against each other."),
    "no_nik": _("There is no NIK and no full birth date to hold on to."),
    "name": _("The names alone would not suggest one person."),
    "birth": _("Birth year or sex differ."),
    "weak": _("Too little agrees to be certain."),
    "duplicate": _("The voter stands on more than one roll that counts; striking one takes two officers."),
    "ineligible": _("By these records the person may not vote; two officers must say so."),
    "sources": _("The sources contradict each other."),
}

ANSWERS: dict[str, Words] = {
    "same": _("Same person"),
    "not_this": _("Not this person"),
    "no_list": _("On no list"),
    "unsure": _("Unsure, ask another"),
    "neither": _("Neither of the two"),
}

DECISION_REASONS: dict[str, Words] = {
    "relative": _("a relative or twin"),
    "namesake": _("a namesake"),
    "nik": _("NIK belongs to somebody else"),
    "birth": _("birth date belongs to somebody else"),
    "home": _("another home"),
    "paper": _("seen on the e-KTP or family card"),
    "searched": _("searched the rolls, found nobody"),
    "other": _("another reason (write it in the note)"),
}

DECISION_ENDS: dict[str, Words] = {
    "undone": _("undone"),
    "reopened": _("reopened"),
    "passed": _("passed on"),
    "overruled": _("not upheld"),
    "taken": _("voter given to another person"),
    "changed": _("data have changed"),
    "lapsed": _("not needed any more"),
    "next": _("next candidate"),
}

WRONG_ONES: dict[str, Words] = {
    "set_aside": _("Set it aside: a slip"),
    "sent_back": _("Send it back to its officer to look at again"),
}

# Groups a rule defines, for deciding many at once.
BULK_RULES: dict[str, Words] = {
    "all_equal": _("NIK, name and birth date are the same after tidying"),
    "nik_and_birth": _("NIK and birth date are the same, and the name is the same but for spelling"),
    "name_and_birth": _("Name, birth date and village are the same, and one side has no NIK"),
}

# Fields of a record that can change under a confirmed pair.
PAIR_FIELDS: dict[str, Words] = {
    "name": _("name"),
    "nik": _("NIK"),
    "birth_date": _("birth date"),
    "sex": _("sex"),
    "tps": _("TPS"),
    "found": _("a voter has come who was on no list"),
    "gone": _("the voter is not on the roll any more"),
}
