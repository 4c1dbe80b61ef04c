"""What matching answers."""

from dataclasses import dataclass
from enum import StrEnum

from reconcile.matching.options import MatchOptions
from reconcile.records import MatchStatus, Reason


class Caution(StrEnum):
    """Why a likely voter is still left to a person."""

    TWO_AS_LIKELY = "two_as_likely"
    CLAIMED_TWICE = "claimed_twice"  # another held person fits the same voter
    THIN = "thin"  # neither NIK nor birth date to hold on to
    NIK_OF_ANOTHER = "nik_of_another"  # same NIK, but name or birth date of somebody else
    NIK_CONTRADICTS = "nik_contradicts"  # both have a whole NIK, and they are two people's
    TWIN_POSSIBLE = "twin_possible"  # born the same day, NIK next to each other, another first name
    NAME_FAR = "name_far"  # the names alone would not suggest one person
    SEX_DIFFERS = "sex_differs"
    BIRTH_YEAR_FAR = "birth_year_far"
    UNLIKELY = "unlikely"  # below the automatic threshold


@dataclass(frozen=True)
class Candidate:
    """A voter this held person may be. `voter` is a row of the roll table."""

    voter: int
    weight: int  # thousandths of a bit; the sum of the reasons' weights
    probability: float  # that this is the person, given all candidates and "nobody"
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Match:
    """The answer for one row of the register. `entries` are all roll rows of the chosen voter."""

    held: int
    status: MatchStatus
    chosen: int | None
    probability: float
    entries: tuple[int, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    cautions: tuple[Caution, ...] = ()
    same_as: tuple[int, ...] = ()  # other register rows understood as the same person


@dataclass(frozen=True)
class Threshold:
    """What is expected of matches with at least this probability. Counts are of register rows."""

    probability: float
    matches: int  # rows whose likeliest voter reaches it
    stated: float  # false ones among them, by the probabilities themselves
    by_decoys: float | None  # false ones, by the decoys that reach it; None without decoys


@dataclass(frozen=True)
class Report:
    """How the model came about and how far it can be trusted."""

    share: float  # of held persons on the roll, pinned before any probability
    few: bool  # so few held persons are on the roll that a match needs a second look
    decoys: int
    thresholds: tuple[Threshold, ...]
    automatic: float  # the threshold in force, chosen by the decoys
    pairs: float  # matches m was learnt from
    learnt: MatchOptions  # the options with m as learnt


@dataclass(frozen=True)
class Matches:
    """All answers, in the order of the register's rows."""

    matches: tuple[Match, ...]
    expected: float  # how many held persons the model expects on the roll
    voter_groups: int  # people on the roll, entries of one person counted once
    report: Report
