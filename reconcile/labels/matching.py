"""Words for why a voter may be this person, and for why a likely one is still left to a person."""

from django.utils.translation import gettext_lazy as _

from reconcile.labels.words import Words
from reconcile.matching import Caution

CAUTIONS: dict[Caution, Words] = {
    Caution.TWO_AS_LIKELY: _("Two voters are about as likely."),
    Caution.CLAIMED_TWICE: _("Another person in custody fits the same voter."),
    Caution.THIN: _("There is neither a NIK nor a birth date to hold on to."),
    Caution.NIK_OF_ANOTHER: _("The NIK may be somebody else's: name or birth date do not go with it."),
    Caution.NIK_CONTRADICTS: _("Both records carry a whole NIK, and they are two people's."),
    Caution.TWIN_POSSIBLE: _("Born on the same day with neighbouring NIK: this may be the twin."),
    Caution.NAME_FAR: _("The names lie far apart."),
    Caution.SEX_DIFFERS: _("The sex differs."),
    Caution.BIRTH_YEAR_FAR: _("The birth years lie far apart."),
    Caution.UNLIKELY: _("Too little agrees to decide without a person."),
}

FIELDS: dict[str, Words] = {
    "name": _("name"),
    "nik": _("NIK"),
    "birth_date": _("birth date"),
    "sex": _("sex"),
    "birth_place": _("birth place"),
    "region": _("home"),
    "street": _("street"),
    "nkk": _("family card"),
    "father": _("father's name"),
    "ektp": _("recording for the e-KTP"),
    "relative": _("relatives"),
    "prior": _("before looking"),
}

_SAME = _("the same")
_OTHER = _("different")
_UNKNOWN = _("not compared")

LEVELS: dict[str, dict[str, Words]] = {
    "name": {
        "equal": _SAME,
        "same_words": _("the same words in another order"),
        "joined": _("words joined or split"),
        "spelling": _("another spelling"),
        "one_letter": _("one letter differs"),
        "two_letters": _("two letters differ"),
        "initials": _("initials instead of words"),
        "missing_word": _("a word is missing"),
        "clipped": _("cut off"),
        "alias": _("only the alias fits"),
        "partial": _("only a part fits"),
        "different": _OTHER,
    },
    "nik": {
        "equal": _SAME,
        "transposed": _("two digits swapped"),
        "one_digit": _("one digit differs"),
        "one_digit_district": _("one digit of the district or of the day's tens differs"),
        "one_digit_serial": _("one digit at the end differs"),
        "rounded_fits": _("fits (last digit lost in Excel)"),
        "short_fits": _("fits (a digit is missing)"),
        "two_digits": _("two digits differ"),
        "relative": _("looks like a relative's"),
        "contradicts": _OTHER,
        "missing": _UNKNOWN,
    },
    "birth_date": {
        "equal": _SAME,
        "swapped": _("day and month swapped"),
        "one_part": _("day/month/year differs"),
        "year_only": _("only the year known (fits)"),
        "filler": _("1 January on one side (year fits)"),
        "age_fits": _("only the age known (fits)"),
        "year_near": _("the years are close"),
        "different": _OTHER,
        "missing": _UNKNOWN,
    },
    "sex": {"equal": _SAME, "differs": _OTHER, "missing": _UNKNOWN},
    "birth_place": {"equal": _SAME, "near": _("nearly the same"), "differs": _OTHER, "missing": _UNKNOWN},
    "region": {
        "village": _("the same village"),
        "district": _("the same district"),
        "regency": _("the same regency"),
        "elsewhere": _("another regency"),
        "missing": _UNKNOWN,
    },
    "street": {
        "street_and_rt": _("the same (also the RT)"),
        "street": _SAME,
        "rt": _("only the RT is the same"),
        "differs": _OTHER,
        "missing": _UNKNOWN,
    },
    "nkk": {"equal": _SAME, "differs": _OTHER, "missing": _UNKNOWN},
    "father": {"equal": _SAME, "differs": _OTHER, "missing": _UNKNOWN},
    "ektp": {
        "both": _("recorded under both NIK, which nobody can be twice"),
        "one": _("recorded under only one of the two NIK"),
        "neither": _("recorded under neither NIK"),
        "missing": _UNKNOWN,
    },
    "relative": {"relative": _("a relative in the same home could agree as much")},
    "prior": {"prior": _("few voters of a roll are in custody")},
}


def level_text(field: str, level: str) -> str:
    """Return what was found in one field: "one letter differs". Codes without words are shown as they are."""
    return str(LEVELS.get(field, {}).get(level, level))


def reason_text(field: str, level: str) -> str:
    """Return one reason in plain words, with its field. A test forbids codes without words."""
    words = {"field": FIELDS.get(field, field), "level": level_text(field, level)}
    return str(_("%(field)s: %(level)s")) % words
