"""A list version: the people of one place as they are approved, printed and verified.

Whatever is printed of a version is made of its rows and nothing else, so that the fingerprint of the rows stands for
every paper. Rows are plain text, dates and codes; labels in words belong to the papers.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from reconcile.records import Outcome, Sex

VOTING = frozenset({Outcome.FIXED_HERE, Outcome.MOVED_HERE})  # who is certain to vote at the TPS of the place

FORMAT = 1  # counts changes of what the fingerprint is taken of; an old version keeps the format it was made with


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One person of a version. "" where nothing is stated; the home is that of the roll, else of the register.

    `person` is the key of the held person, None for a voter of the special TPS whom no register shows any more
    (outcome `left`). `name` is spelt as on the roll where the person stands on one, `held_name` as in the register.
    """

    number: int  # from 1, the order of the version
    person: int | None
    outcome: str  # records.Outcome
    category: str  # records.VoterCategory, "" for who votes nowhere
    ballots: tuple[str, ...] | None  # codes in the election's order; None: cannot be determined
    action: str
    actor: str
    due: date | None
    name: str
    held_name: str
    alias: str
    father: str
    nik: str
    nkk: str
    sex: str  # records.Sex
    birth_place: str
    birth_date: date | None
    birth_year: int | None
    marital: str  # records.Marital
    address: str
    rt: str
    rw: str
    village: str
    district: str
    regency: str
    region_code: str  # deepest known code of the home
    disability: str
    ektp: str
    remark: str
    roll_tps: str  # the TPS where the person stands on a roll, three digits
    roll_region: str  # and the code of its village
    registration_number: str
    register_class: str
    block: str
    unit: str


@dataclass(frozen=True, slots=True)
class ListVersion:
    """A version with what its papers say above the rows. `approved` and `approver` are empty for a draft."""

    election: str  # code
    place: str
    place_kind: str
    tps: str  # "33.16.09.1015/901", of the TPS where the place votes
    number: int  # from 1 in a place
    as_of: date
    rows: tuple[VersionRow, ...]
    approved: datetime | None = None  # aware
    approver: str = ""
    mark: str = ""  # the fingerprint as stored; papers print this one

    @property
    def head(self) -> dict[str, Any]:
        """Return what the fingerprint is taken of besides the rows: everything that approving does not change."""
        named = ("election", "place", "place_kind", "tps", "number")
        return {name: getattr(self, name) for name in named} | {"as_of": self.as_of.isoformat()}

    @property
    def fingerprint(self) -> str:
        """Return the fingerprint of what is here, worked out anew."""
        return fingerprint(self.head, self.rows)

    @property
    def is_whole(self) -> bool:
        """Say whether this is still what the stored fingerprint was taken of; a draft has none."""
        return self.mark == self.fingerprint

    @property
    def voters(self) -> tuple[VersionRow, ...]:
        """Return the rows of who is certain to vote here."""
        return self.with_outcome(*VOTING)

    def with_outcome(self, *outcomes: Outcome) -> tuple[VersionRow, ...]:
        """Return the rows of these outcomes, in the order of the version."""
        return tuple(row for row in self.rows if row.outcome in outcomes)

    def by_sex(self, rows: tuple[VersionRow, ...]) -> tuple[int, int, int]:
        """Count men, women and people whose sex is not stated."""
        men = sum(row.sex == Sex.MALE for row in rows)
        women = sum(row.sex == Sex.FEMALE for row in rows)
        return men, women, len(rows) - men - women


_FIELDS = tuple(one.name for one in fields(VersionRow))


def fingerprint(head: Mapping[str, Any], rows: tuple[VersionRow, ...]) -> str:
    """Return the SHA-256, 64 hexadecimal digits, of a version's head and rows; the same rows give the same digits.

    Taken of the canonical JSON of everything in them (keys sorted, no spaces, dates as ISO 8601, UTF-8), so that
    the rows stored in a database and the rows shown on a page give one value, whatever made them.
    """
    plain = [
        {name: getattr(row, name) for name in _FIELDS} for row in rows
    ]  # `asdict` copies deeply: ten times as slow
    whole = {"format": FORMAT, "head": dict(head), "rows": plain}
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def in_groups(mark: str) -> str:
    """Return a fingerprint in groups of four, as it is printed and compared by eye."""
    return " ".join(mark[at : at + 4] for at in range(0, len(mark), 4))


def _plain(value: date) -> str:
    return value.isoformat()


class PersonChangeKind(StrEnum):
    ADDED = "added"
    STRUCK = "struck"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class PersonChange:
    """What became of one person from one version to a later one; `fields` are those that are not as they were.

    `officer`, `answer`, `reason` and `note` say who decided it and why; they are empty where the lists alone did.
    """

    kind: PersonChangeKind
    before: VersionRow | None
    after: VersionRow | None
    fields: tuple[str, ...] = ()
    officer: str = ""
    answer: str = ""
    reason: str = ""
    note: str = ""

    @property
    def row(self) -> VersionRow:
        """Return the person as the later version has it, or as the earlier one had who is struck."""
        found = self.after or self.before
        assert found is not None, "a change has at least one side"
        return found

    @property
    def votes_now(self) -> bool:
        return self.after is not None and self.after.outcome in VOTING

    @property
    def voted_before(self) -> bool:
        return self.before is not None and self.before.outcome in VOTING


_COMPARED = tuple(name for name in _FIELDS if name not in ("number", "person"))


def changes_between(earlier: ListVersion, later: ListVersion) -> tuple[PersonChange, ...]:
    """Return every person that is new, struck or not as before, in the order of the later version, the struck last.

    The same person is known by the key, and by the NIK where somebody has left custody since. So
    rows of the later version = rows of the earlier one + added - struck.
    """
    known = {row.person: row for row in earlier.rows if row.person is not None}
    keys = {row.person for row in later.rows}
    by_nik = {row.nik: row for row in earlier.rows if row.nik and (row.person is None or row.person not in keys)}
    unseen = {row.number: row for row in earlier.rows}
    found = []
    for row in later.rows:
        before = known.get(row.person) if row.person is not None else None
        before = before or by_nik.get(row.nik) or _same_absent(row, unseen.values())
        if before is None or unseen.pop(before.number, None) is None:
            found.append(PersonChange(PersonChangeKind.ADDED, None, row))
        elif differing := tuple(name for name in _COMPARED if getattr(before, name) != getattr(row, name)):
            found.append(PersonChange(PersonChangeKind.CHANGED, before, row, differing))
    return (*found, *(PersonChange(PersonChangeKind.STRUCK, row, None) for row in unseen.values()))


def _same_absent(row: VersionRow, earlier: Iterable[VersionRow]) -> VersionRow | None:
    """Return the earlier row of a voter without NIK whom no register shows: it says the same in every word."""
    if row.person is not None or row.nik:
        return None
    return next(
        (one for one in earlier if one.person is None and (one.name, one.birth_date) == (row.name, row.birth_date)),
        None,
    )
