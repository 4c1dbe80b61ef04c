"""Words for how good the answers are on labelled cases, and for why a folder is no such case."""

from django.utils.translation import gettext_lazy as _

from reconcile.evaluating import CaseFault, Trait
from reconcile.labels.words import Words

# Heads of columns: no longer than 20 letters in any language.
FIGURES: dict[str, Words] = {
    "precision": _("right if automatic"),
    "automatic": _("automatic"),
    "first": _("right voter first"),
    "among_five": _("among five"),
    "outcome": _("right outcome"),
}

TRAITS: dict[Trait, Words] = {
    Trait.SEX: _("sex"),
    Trait.NAME: _("words in the name"),
    Trait.NIK: _("NIK"),
    Trait.PROVINCE: _("province"),
    Trait.GROUP: _("group in the truth"),
    Trait.DAMAGE: _("damage in the truth"),
}

# Values of groups and kinds of damage stand as the truth writes them.
VALUES: dict[Trait, dict[str, Words]] = {
    Trait.SEX: {"male": _("male"), "female": _("female"), "unknown": _("not stated")},
    Trait.NAME: {"one": _("one"), "several": _("several"), "unknown": _("not stated")},
    Trait.NIK: {"whole": _("whole"), "damaged": _("damaged"), "missing": _("missing")},
    Trait.PROVINCE: {"other": _("code below 91"), "papua": _("code 91 and up"), "unknown": _("not stated")},
    Trait.GROUP: {},
    Trait.DAMAGE: {"none": _("none")},
}

# One sentence each: which folder, what, what to do.
CASE_FAULTS: dict[CaseFault, Words] = {
    CaseFault.NO_FOLDER: _("%(folder)s: there is no such folder. Name the folder of a labelled case."),
    CaseFault.NO_TRUTH: _("%(folder)s: this is no labelled case, because it holds no truth.csv."),
    CaseFault.TRUTH_UNREADABLE: _("%(folder)s: the truth cannot be understood. Look at %(detail)s."),
    CaseFault.NO_ROLLS: _("%(folder)s: there is no voter roll. KPU's lists belong into the folder kpu in it."),
    CaseFault.NO_REGISTER: _("%(folder)s: truth.csv speaks of the register %(detail)s, and there is no such file."),
    CaseFault.WRONG_SIDE: _(
        "%(folder)s: %(detail)s is not where it belongs: rolls into the folder kpu, registers beside truth.csv."
    ),
}


def case_fault_text(code: CaseFault, folder: str, detail: str) -> str:
    """Return the one sentence that says why a folder is no labelled case."""
    return str(CASE_FAULTS[code]) % {"folder": folder, "detail": detail}


def value_text(trait: Trait, value: str) -> str:
    return str(VALUES[trait].get(value, value))
