"""One person of a version -> the texts of a paper's columns, each as far as the reader may see it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from reconcile import regions
from reconcile.deciding.election_parts import CodeMeaning
from reconcile.deciding.tps import TpsRef, tps_number
from reconcile.records import Outcome
from reconcile.versions import VersionRow
from reconcile.writing.headings import HEADINGS
from reconcile.writing.masking import masked
from reconcile.writing.papers.matter import Audience, Matter
from reconcile.writing.papers.words import REMARKS, SEX, day_in_digits

Text = Callable[[VersionRow, Matter], str]
TICK, NONE, UNKNOWN = "✓", "–", "?"  # whether somebody gets a ballot


@dataclass(frozen=True)
class Field:
    """A column. `group`: the heading over several columns; `width` in characters; `hidden_from`: who never gets it."""

    heading: str
    text: Text
    width: int
    group: str = ""
    hidden_from: frozenset[Audience] = frozenset()


def fields_for(fields: Sequence[Field], audience: Audience) -> tuple[Field, ...]:
    """Return the columns that this reader may have at all."""
    return tuple(field for field in fields if audience not in field.hidden_from)


def identity(value: str, matter: Matter) -> str:
    return value if matter.audience is Audience.KPU else masked(value)


def birth(row: VersionRow, matter: Matter) -> str:
    return day_in_digits(row.birth_date) if row.birth_date else str(row.birth_year or "")


def age(row: VersionRow, matter: Matter) -> str:
    """Return the years somebody has on voting day, "" where not even the year of birth is known."""
    day = matter.election.voting_day
    if row.birth_date:
        born: date = row.birth_date
        return str(day.year - born.year - ((day.month, day.day) < (born.month, born.day)))
    return str(day.year - row.birth_year) if row.birth_year else ""


def code_of(value: str, meanings: Sequence[CodeMeaning]) -> str:
    """Return the letter or number this election's forms have for a value of ours; what no table knows stays."""
    return next((one.code for one in meanings if value and value == one.value), value)


def origin(row: VersionRow, matter: Matter) -> tuple[str, str, str, str, str]:
    """Return TPS, village, district, regency and province where somebody stands on a roll."""
    return place(row.roll_region, tps_number(row.roll_tps))


def target(row: VersionRow, matter: Matter) -> tuple[str, str, str, str, str]:
    return place(matter.tps.region, matter.tps.number)


def place(region: str, number: str) -> tuple[str, str, str, str, str]:
    """Return a TPS and the names of what it lies in, in capitals as on the forms; "" for what is not known."""
    village, district, regency, province = (
        regions.name_of(region[:size]).upper() if len(region) >= size else "" for size in (10, 6, 4, 2)
    )
    return number, village, district, _without_kind(regency), province


def _without_kind(regency: str) -> str:
    """The forms say "Kabupaten/Kota: BLORA"; a city keeps its kind, as Kota Semarang is not Kabupaten Semarang."""
    return regency.removeprefix("KABUPATEN ")


def tps_name(written: str) -> str:
    """Return how minutes name a TPS: "TPS 901 Kunden, Kecamatan Blora"."""
    tps = TpsRef.parse(written)
    village, district = regions.name_of(tps.region), regions.name_of(tps.region[:6])
    return f"TPS {tps.number} {village}, Kecamatan {district}" if village else f"TPS {tps.number}"


def home(row: VersionRow) -> str:
    """Return the whole address in one line, as the letter has it."""
    parts = [row.address]
    parts += [f"RT {row.rt or '-'}/RW {row.rw or '-'}"] if row.rt or row.rw else []
    names = (("Desa/Kel. ", row.village), ("Kec. ", row.district), ("", row.regency))
    parts += [f"{kind}{name}" for kind, name in names if name]
    return ", ".join(part for part in parts if part)


def ballot_mark(row: VersionRow, code: str) -> str:
    """Return whether somebody gets a ballot; nothing is said where it cannot be determined (domain 3.1)."""
    return UNKNOWN if row.ballots is None else TICK if code in row.ballots else NONE


def remark(row: VersionRow, matter: Matter) -> str:
    """Return the roll's own remark and what the comparison adds to it."""
    return "; ".join(part for part in (row.remark, REMARKS[Outcome(row.outcome)]) if part and part != "0")


def _of_row(name: str) -> Text:
    return lambda row, matter: str(getattr(row, name))


_PUBLIC = frozenset({Audience.PUBLIC})
_NOT_PUBLIC = frozenset({Audience.KPU, Audience.OFFICE})

# Columns by the name they have in our code. Headings as KPU's form has them (domain 4.2 (a)), else our own.
NKK = Field("No. KK", lambda row, m: identity(row.nkk, m), 19, hidden_from=_PUBLIC)
NIK = Field("NIK", lambda row, m: identity(row.nik, m), 19, hidden_from=_PUBLIC)
NAME = Field("Nama", _of_row("name"), 34)
HELD_NAME = Field("Nama di register", _of_row("held_name"), 34, hidden_from=_PUBLIC)
ALIAS = Field("Alias", _of_row("alias"), 18, hidden_from=_PUBLIC)
FATHER = Field("Bin/Binti", _of_row("father"), 18, hidden_from=_PUBLIC)
BIRTH_PLACE = Field("Tempat Lahir", _of_row("birth_place"), 16, hidden_from=_PUBLIC)
BIRTH = Field("Tanggal Lahir", birth, 13, hidden_from=_PUBLIC)
AGE = Field("Usia", age, 7, hidden_from=_NOT_PUBLIC)
MARITAL = Field(
    "Status Perkawinan (B/S/P)", lambda row, m: code_of(row.marital, m.election.marital), 13, hidden_from=_PUBLIC
)
SEX_OF = Field("Jenis Kelamin (L/P)", lambda row, m: SEX.get(row.sex, ""), 9)
STREET = Field("Jalan/Dukuh", _of_row("address"), 26, "Alamat")
RT = Field("RT", _of_row("rt"), 6, "Alamat")
RW = Field("RW", _of_row("rw"), 6, "Alamat")
VILLAGE = Field("Desa/Kelurahan", _of_row("village"), 18, "Alamat")
DISTRICT = Field("Kecamatan", _of_row("district"), 18, "Alamat")
REGENCY = Field("Kabupaten/Kota", _of_row("regency"), 18, "Alamat")
DISABILITY = Field(
    "Disabilitas", lambda row, m: code_of(row.disability, m.election.disabilities), 12, hidden_from=_PUBLIC
)
EKTP = Field(
    "Status Perekaman KTP-el (S/B)", lambda row, m: code_of(row.ektp, m.election.ektp), 13, hidden_from=_PUBLIC
)
REMARK = Field("Keterangan", remark, 24)
REGISTRATION = Field(HEADINGS["registration_number"].title(), _of_row("registration_number"), 16, hidden_from=_PUBLIC)
BLOCK = Field("Blok", _of_row("block"), 10, hidden_from=_PUBLIC)
_LEVELS = ("TPS", "Desa/Kelurahan", "Kecamatan", "Kabupaten/Kota", "Provinsi")


def _places(which: str, where: Callable[[VersionRow, Matter], Sequence[str]]) -> tuple[Field, ...]:
    def at(level: int) -> Text:
        return lambda row, matter: where(row, matter)[level]

    return tuple(Field(f"{name} {which}", at(n), 8 if n == 0 else 18) for n, name in enumerate(_LEVELS))


# Each heading says which of the two it is: our own reader, too, knows them so.
ORIGIN = _places("Asal", origin)
TARGET = _places("Tujuan", target)


def ballot_fields(matter: Matter) -> tuple[Field, ...]:
    """Return one column for each ballot of the election, ticked where it is due."""

    def mark(code: str) -> Text:
        return lambda row, _matter: ballot_mark(row, code)

    return tuple(Field(f"Surat suara {one.name['id']}", mark(one.code), 14) for one in matter.election.ballots)
