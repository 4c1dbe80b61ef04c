"""Words of the comparison: what a difference means, what may be answered, why a number is shown whole."""

from django.utils.translation import gettext_lazy as _

from reconcile.labels.matching import FIELDS
from reconcile.labels.words import Words

# The last column. The keys are the values of `queries.meanings.Meaning`; a test holds the two equal.
MEANINGS: dict[str, Words] = {
    "same": _("same"),
    "tidied": _("same after tidying"),
    "spelling": _("spelling"),
    "swapped": _("swapped"),
    "empty": _("empty"),
    "digits": _("digits differ"),
    "year": _("year differs"),
    "short": _("abbreviation"),
    "different": _("differs"),
    "one_sided": _("not compared"),
}

# The same in the sentence above the records, behind the name of the field.
DIFFERENCES: dict[str, Words] = {
    "spelling": _("spelt differently"),
    "swapped": _("swapped"),
    "digits": _("differs by some digits"),
    "year": _("of another year"),
    "short": _("abbreviated"),
    "different": _("different"),
}
_IN_A_SENTENCE = FIELDS | {"marital": _("marital status"), "address": _("address"), "age": _("age")}

# What begins the sentence that says what an answer brings about. The keys are the values of `models.Answer`.
SUPPOSITIONS: dict[str, Words] = {
    "same": _("If this is the same person:"),
    "not_this": _("If it is not this person:"),
    "no_list": _("If the person is on no list:"),
    "unsure": _("If you are unsure:"),
}

# Why somebody asks to see a whole NIK; the audit log keeps the code.
REVEAL_REASONS: dict[str, Words] = {
    "paper": _("compare it with the e-KTP or the family card"),
    "sidalih": _("search in Sidalih"),
    "registry": _("ask Disdukcapil"),
    "complaint": _("answer a question or a complaint"),
}


def difference_text(field: str, meaning: str) -> str:
    """Return a difference in plain words, with its field: "name: spelt differently"."""
    words = {"field": _IN_A_SENTENCE.get(field, field), "level": DIFFERENCES.get(meaning, meaning)}
    return str(_("%(field)s: %(level)s")) % words
