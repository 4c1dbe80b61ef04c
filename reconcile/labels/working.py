"""Words for work: roles, places and offices, states and steps of runs, values of a record."""

from django.utils.translation import gettext_lazy as _

from reconcile.labels.words import Words
from reconcile.records import DateQuality, Marital, NikQuality, Sex

# The keys are the values stored by `models`, which lies above this layer; a test holds the two equal.
ROLES: dict[str, Words] = {
    "admin": _("administrator"),
    "kpps": _("KPPS officer"),
    "second": _("second officer"),
    "commissioner": _("data commissioner"),
    "institution": _("institution officer"),
    "observer": _("observer"),
}

PLACE_KINDS: dict[str, Words] = {
    "rutan": _("Rutan"),
    "polres": _("police cells"),
    "hospital": _("hospital"),
    "other": _("another place"),
}

INSTITUTION_KINDS: dict[str, Words] = {
    "kpu": _("KPU"),
    "rutan": _("Rutan"),
    "polres": _("Polres"),
    "prosecutor": _("prosecutor's office"),
    "registry": _("civil registry (Disdukcapil)"),
    "bawaslu": _("Bawaslu"),
}

DISTRICT_LEVELS: dict[str, Words] = {
    "dpr": _("DPR"),
    "dprd_province": _("provincial DPRD"),
    "dprd_regency": _("regency DPRD"),
}

RUN_STATUSES: dict[str, Words] = {
    "queued": _("waiting for its turn"),
    "running": _("running"),
    "ready": _("finished"),
    "failed": _("failed"),
}

RUN_STEPS: dict[str, Words] = {
    "reading": _("reading the lists"),
    "encoding": _("preparing names, dates and NIK"),
    "comparing": _("comparing people with voters"),
    "choosing": _("choosing one voter for each person"),
    "deciding": _("working out what each person needs"),
    "storing": _("storing the answers"),
}

SEXES: dict[Sex, Words] = {
    Sex.MALE: _("male"),
    Sex.FEMALE: _("female"),
}

MARITALS: dict[Marital, Words] = {
    Marital.SINGLE: _("never married"),
    Marital.MARRIED: _("married"),
    Marital.WIDOWED: _("once married"),
}

NIK_QUALITIES: dict[NikQuality, Words] = {
    NikQuality.OK: _("complete"),
    NikQuality.MISSING: _("no NIK"),
    NikQuality.SHORT: _("a digit is missing"),
    NikQuality.LONG: _("too many digits"),
    NikQuality.ROUNDED: _("last digit lost in Excel"),
    NikQuality.LOST: _("shortened by Excel"),
    NikQuality.LETTERS: _("letters in the NIK"),
    NikQuality.JUNK: _("not a NIK"),
}

DATE_QUALITIES: dict[DateQuality, Words] = {
    DateQuality.EXACT: _("exact"),
    DateQuality.YEAR: _("only the year is known"),
    DateQuality.AGE: _("only the age is known"),
    DateQuality.FILLER: _("1 January: often only the year is known"),
    DateQuality.MISSING: _("no birth date"),
}

# Rows of the comparison of two records.
FIELD_NAMES: dict[str, Words] = {
    "name": _("Name"),
    "alias": _("Alias"),
    "father": _("Father (bin)"),
    "birth_place": _("Birth place"),
    "birth_date": _("Birth date"),
    "age": _("Age"),
    "sex": _("Sex"),
    "nik": _("NIK"),
    "nkk": _("Family card (NKK)"),
    "marital": _("Marital status"),
    "nationality": _("Nationality"),
    "occupation": _("Occupation"),
    "address": _("Address"),
    "tps": _("Registered at TPS"),
    "remark": _("Remark on the roll"),
}

# The signs between two records, for whoever hears the page.
SIGNS: dict[str, Words] = {
    "=": _("the same"),
    "≈": _("the same after tidying"),
    "≠": _("different"),
    "∅": _("empty on one side"),
}
