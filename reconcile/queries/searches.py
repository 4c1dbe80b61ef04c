"""The rolls searched by what somebody knows of a voter: whom that brings up, best first, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from django.utils.translation import gettext as _

from reconcile import regions
from reconcile.labels import reason_text
from reconcile.matching import StoredRollError
from reconcile.matching.searching import FEWEST_DIGITS, Found, Query, parse_query, search
from reconcile.models import MatchRun, Voter
from reconcile.queries.births import age_text, birth_text
from reconcile.queries.homes import home_text, tps_text
from reconcile.queries.rolls import OpenRoll
from reconcile.writing.masking import masked

MOST = 20
NIK_DIGITS = 16
MISSING = "missing"
AGREE = frozenset({"equal", "same_words", "year_only", "age_fits", "village", "street", "street_and_rt"})


@dataclass(frozen=True)
class Asked:
    """What was typed, field by field."""

    name: str = ""
    nik: str = ""
    born: str = ""
    village: str = ""

    def __bool__(self) -> bool:
        return any((self.name, self.nik, self.born, self.village))

    @property
    def kinds(self) -> dict[str, bool]:
        """Return which fields were filled: what the audit log keeps."""
        return {name: bool(value) for name, value in self.__dict__.items()}


@dataclass(frozen=True)
class Hit:
    """A voter of the answer; nothing the officer may not see is in it."""

    voter: int
    place: int  # in the answer, from 1
    name: str
    nik: str
    born: str
    home: str
    tps: str
    reasons: tuple[tuple[str, bool], ...]  # in words, and whether it speaks against


@dataclass(frozen=True)
class Answer:
    """`state`: "" where there are hits, else why not: "nothing_asked", "nothing_found", "no_roll", "unreadable".

    `unreadable` names the fields that were not understood; `voters` is how many the rolls hold.
    """

    asked: Asked
    state: str
    hits: tuple[Hit, ...] = ()
    unreadable: tuple[str, ...] = ()
    voters: int = 0

    @property
    def is_full(self) -> bool:
        """Say whether there may be more than are shown."""
        return len(self.hits) >= MOST


def search_rolls(run: MatchRun, asked: Asked, sight: Mapping[str, str]) -> Answer:
    """Answer a search on the rolls a run compared."""
    try:
        rolls = OpenRoll.of(run)
    except StoredRollError:
        return Answer(asked, "no_roll")
    if not asked:
        return Answer(asked, "nothing_asked", voters=rolls.roll.voters)
    queries, unreadable = _understood(asked, run)
    if unreadable or not any(queries):
        return Answer(asked, "unreadable", unreadable=unreadable, voters=rolls.roll.voters)
    found = _best([one for query in queries for one in search(rolls.roll, query, MOST)])
    voters = rolls.voters([one.voter for one in found])
    part = queries[0].nik if len(queries[0].nik) < NIK_DIGITS else ""
    hits = tuple(_hit(at, one, voters[one.voter], part, run, sight) for at, one in enumerate(found, start=1))
    return Answer(asked, "" if hits else "nothing_found", hits, voters=rolls.roll.voters)


def _best(found: Sequence[Found]) -> list[Found]:
    """Return each voter once, best first; several villages of one name are several questions."""
    best: dict[int, Found] = {}
    for one in sorted(found, key=lambda one: -one.weight):
        best.setdefault(one.voter, one)
    return list(best.values())[:MOST]


def _understood(asked: Asked, run: MatchRun) -> tuple[list[Query], tuple[str, ...]]:
    """Return what to ask the roll, and the fields that say nothing it could be asked."""
    digits = "".join(filter(str.isdecimal, asked.nik))
    born = parse_query(asked.born)
    name = parse_query(asked.name).name
    villages = villages_named(asked.village, tuple(run.regencies)) if asked.village else ()
    wrong = {
        "name": asked.name and not name,
        "nik": asked.nik and not FEWEST_DIGITS <= len(digits) <= NIK_DIGITS,
        "born": asked.born and not (born.born or born.year),
        "village": asked.village and not villages,
    }
    query = Query(name, digits, born.born, born.year)
    return [replace(query, region=code) for code in villages or ("",)], tuple(one for one, bad in wrong.items() if bad)


@lru_cache(1000)
def villages_named(text: str, regencies: tuple[str, ...]) -> tuple[str, ...]:
    """Return codes of villages, else of a district, of this name; those of the rolls' regencies where there are any."""
    folded = regions.fold(text)
    for level in (regions.LEVELS["village"], regions.LEVELS["district"]):
        codes = regions.codes_by_name(level).get(folded, ())
        inside = tuple(regions.within(codes, regencies)) if regencies else codes
        if inside:
            return inside[:5]
    return ()


def _hit(place: int, found: Found, voter: Voter, part: str, run: MatchRun, sight: Mapping[str, str]) -> Hit:
    """Shape a voter; a `part` of a NIK is no evidence the roll weighs, so it is told beside."""
    born = birth_text(voter) if sight.get("birth_date") == "full" else age_text(voter, run.as_of)
    return Hit(
        voter=voter.pk,
        place=place,
        name=voter.name,
        nik=masked(voter.nik),
        born=born,
        home=home_text(voter),
        tps=tps_text(voter),
        reasons=(*_of_part(part, voter), *_reasons(found)),
    )


def _of_part(part: str, voter: Voter) -> tuple[tuple[str, bool], ...]:
    return ((_("NIK holds %(digits)s") % {"digits": part}, False),) if part and part in voter.nik else ()


def _reasons(found: Found) -> tuple[tuple[str, bool], ...]:
    said = [one for one in found.reasons if one.level != MISSING and one.field not in ("prior", "relative")]
    return tuple((reason_text(one.field, one.level), one.level not in AGREE) for one in said)
