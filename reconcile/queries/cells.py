"""One row of the comparison, and how much of it an officer sees. What the builders of rows share."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from reconcile import regions
from reconcile.models import HeldEntry, Voter
from reconcile.queries.comparing import Pieces, Sign, differing, plain, sign_of
from reconcile.queries.meanings import OF_SIGN, Meaning, of_names


@dataclass(frozen=True)
class Row:
    """One field. `evidence` names the reasons of a match that speak of it.

    A note says how a cell was written and what cleaning made of it, or what is not known of it.
    """

    name: str
    left: Pieces
    right: Pieces
    sign: Sign
    left_note: str = ""
    right_note: str = ""
    evidence: tuple[str, ...] = ()
    one_sided: bool = False  # only one of the two kinds of list states this field at all
    kind: Meaning | None = None  # of a difference, where more can be said than that there is one

    @property
    def differs(self) -> bool:
        return self.sign is Sign.DIFFERENT

    @property
    def meaning(self) -> Meaning:
        """Return the word of the last column."""
        if self.one_sided:
            return Meaning.ONE_SIDED
        return self.kind or OF_SIGN[self.sign]


@dataclass(frozen=True)
class Seen:
    """How much of each field the officer sees ("full", "masked", "age"), and the day an age is counted on.

    `levels` are what the matcher found, by field; empty where it did not look.
    """

    sight: Mapping[str, str]
    as_of: date
    levels: Mapping[str, str] = field(default_factory=dict)

    def of(self, field_name: str) -> str:
        """Return the sight of a field; one that is not named is hidden."""
        return self.sight.get(field_name, "hidden")


Build = Callable[[HeldEntry, Voter | None, Seen], Row | None]


def texts(name: str, left: str, right: str, tidy: Callable[[str], str] = regions.fold) -> Row:
    """Return a row of two short texts, marked where they differ; what tidying made alike says so."""
    sign = sign_of(left, right, tidy)
    pieces = differing(left, right) if sign is Sign.DIFFERENT else (plain(left), plain(right))
    kind = of_names(left, right) if sign is Sign.DIFFERENT else None
    notes = [tidied(text, tidy(text)) if sign is Sign.ALIKE else "" for text in (left, right)]
    return Row(name, *pieces, sign, notes[0], notes[1], evidence=(name,), kind=kind)


def tidied(written: str, cleaned: str) -> str:
    """Return "H. Ahmad → AHMAD", "" where cleaning changed nothing but capitals and spaces."""
    same = " ".join(written.upper().split()) == cleaned
    return "" if same or not written or not cleaned else f"{written} → {cleaned}"


def dated(written: str, shown: str) -> str:
    """Return a date as written where more than its order and its marks were changed: "23 AGUSTUS 1985 → 23-08-1985"."""
    numbers = [sorted(f"{int(digits):02d}" for digits in re.findall(r"\d{1,9}", text)) for text in (written, shown)]
    same = numbers[0] == numbers[1] and not re.search(r"[^\W\d]", written)
    return "" if same or not written or not shown else f"{written} → {shown}"
