"""What papers are made of: one version of a list, the election's rules, and how much the reader may see."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from functools import cached_property
from zoneinfo import ZoneInfo

from reconcile import regions
from reconcile.deciding import Loan, TpsRef
from reconcile.deciding.election_parts import Election
from reconcile.versions import ListVersion, PersonChange, VersionRow, in_groups
from reconcile.writing.papers.words import ZONES, clock, day_in_digits


class Audience(StrEnum):
    """Who reads a paper: what leaves the KPU shows no whole identity number (domain 9)."""

    KPU = "kpu"  # everything
    OFFICE = "office"  # identity numbers masked
    PUBLIC = "public"  # neither numbers nor birth dates, nothing of custody or health


@dataclass(frozen=True, slots=True)
class Supply:
    """What a TPS is given, beside the version. `fixed`: voters on its whole fixed roll; None: not known."""

    fixed: int | None
    moved: int = 0  # on its moved-voter list, where the election prints for them
    loans: tuple[Loan, ...] = ()


@dataclass(frozen=True, slots=True)
class VisitSheet:
    """One trip of a ballot box from the TPS that serves a place. `people`: numbers of the version's rows.

    `officers`: (task, name) of who goes along. `permission`: the letter that opens the door. What is not planned yet
    is "" or None and filled in by hand.
    """

    number: int
    tps: str
    day: date
    begins: time | None
    ends: time | None
    officers: tuple[tuple[str, str], ...]
    people: tuple[int, ...]
    permission: str = ""


@dataclass(frozen=True, slots=True)
class HandOver:
    """Ballots that change hands between two TPS. What is not known yet is "" or None and filled in by hand."""

    number: str  # of the minutes, "" where the office has not given one
    giver: str  # "33.16.09.1015/004"
    taker: str
    ballots: Mapping[str, int]  # by code of the ballot
    day: date | None = None
    at: time | None = None
    carrier: str = ""
    receiver: str = ""
    escort: str = ""
    seal: str = ""
    counted_at: str = ""  # the TPS that counts them after the vote


@dataclass(frozen=True)
class Matter:
    """One version with all that its papers need. The same matter gives the same bytes."""

    version: ListVersion
    election: Election
    audience: Audience = Audience.KPU
    previous: ListVersion | None = None  # the approved version before this one
    changes: tuple[PersonChange, ...] = ()  # from that one to this, with who decided them
    supply: Supply | None = None
    visits: tuple[VisitSheet, ...] = ()
    hand_overs: tuple[HandOver, ...] = ()
    by_number: Mapping[int, VersionRow] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_number", {row.number: row for row in self.version.rows})

    @cached_property
    def tps(self) -> TpsRef:
        return TpsRef.parse(self.version.tps)

    @cached_property
    def regency(self) -> str:
        """The regency with its kind, as in an office's name: "Kabupaten Blora"."""
        return regions.name_of(self.tps.region[:4]).title()

    @cached_property
    def moment(self) -> datetime:
        """The time that stands on the papers: of the approval, else the morning of the list's date."""
        zone = ZoneInfo(self.election.time_zone)
        if self.version.approved:
            return self.version.approved.astimezone(zone)
        return datetime.combine(self.version.as_of, time(), zone)

    @property
    def edition(self) -> str:
        """Which version this is and when it was approved, for the foot of every page."""
        version = self.version
        head = f"{version.place}, versi {version.number}"
        if not version.approved:
            return f"{head}, RANCANGAN belum disetujui, keadaan {day_in_digits(version.as_of)}"
        zone = ZONES.get(self.election.time_zone, self.moment.strftime("%z"))
        by = f" oleh {version.approver}" if version.approver else ""
        return f"{head}, disetujui {day_in_digits(self.moment)} pukul {clock(self.moment)} {zone}{by}"

    @property
    def mark(self) -> str:
        """The fingerprint of the data in groups of four; "" for a draft that has none yet."""
        return in_groups(self.version.mark)
