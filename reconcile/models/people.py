"""The rows of accepted lists: voters of the rolls, entries of the registers, and the people behind these.

Column names are those of `records.COLUMNS`; "" stands where a record says nothing.
"""

from django.db import models

from reconcile.models.elections import Election
from reconcile.models.lists import SourceList
from reconcile.models.sealed import SealedTextField


def _text() -> "models.TextField[str, str]":
    """Return a column for a cell an office filled: it may hold anything of any length."""
    return models.TextField(blank=True, default="")


def _word() -> "models.CharField[str, str]":
    """Return a column for a word of our own."""
    return models.CharField(max_length=20, blank=True, default="")


def _sealed() -> SealedTextField:
    return SealedTextField(blank=True, default="")


class Row(models.Model):
    """What a row of a roll and a row of a register have in common.

    `line` counts the people of the list from 0; `sheet` and `row` are the ones the office sees.
    """

    line = models.PositiveIntegerField()
    sheet = _text()
    row = models.PositiveIntegerField()
    name_raw = _text()
    name = _text()
    nik = _sealed()
    nik_quality = _word()
    nkk = _sealed()
    sex = _word()
    birth_place = _text()
    birth_raw = _text()
    birth_date = models.DateField(null=True)
    birth_year = models.SmallIntegerField(null=True)
    birth_quality = _word()
    marital = _word()
    address = _text()
    rt = _text()
    rw = _text()
    region_code = models.CharField(max_length=10, blank=True, default="")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.pk}"  # no name: this may end in a log


class Voter(Row):
    """One row of a roll or of a moved-voter list."""

    source_list = models.ForeignKey(SourceList, on_delete=models.CASCADE, related_name="voters", db_index=False)
    village = _text()
    district = _text()
    regency = _text()
    tps = _text()
    tps_region = models.CharField(max_length=10, blank=True, default="")
    to_tps = _text()
    to_region = models.CharField(max_length=10, blank=True, default="")
    ektp = _word()
    disability = _text()
    remark = _text()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source_list", "line"], name="one_voter_per_line")]


class HeldPerson(models.Model):
    """A person in custody, the same through all snapshots and places: what decisions hang on. Never deleted."""

    election = models.ForeignKey(Election, on_delete=models.PROTECT)

    def __str__(self) -> str:
        return f"{self.pk}"


class HeldEntry(Row):
    """One row of a register."""

    source_list = models.ForeignKey(SourceList, on_delete=models.CASCADE, related_name="entries", db_index=False)
    person = models.ForeignKey(HeldPerson, on_delete=models.PROTECT, related_name="entries")
    alias = _text()
    father = _text()
    nik_raw = _sealed()
    nik_digits = _sealed()
    age = models.SmallIntegerField(null=True)
    nationality = _text()
    occupation = _text()
    registration_number = _text()
    register_class = _text()
    entry_date = models.DateField(null=True)
    release_date = models.DateField(null=True)
    block = _text()
    unit = _text()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source_list", "line"], name="one_entry_per_line")]
        indexes = [models.Index(fields=["name"], name="entry_by_name")]
