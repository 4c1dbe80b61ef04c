"""What a list of people can be narrowed to: codes in an address, and a name that is looked for."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.dateparse import parse_date

from reconcile.deciding import Action, Actor, Note
from reconcile.models import MatchRun, PersonOutcome, Place
from reconcile.queries.ballots import asks_for
from reconcile.queries.gaps import GAPS, has_gap
from reconcile.queries.groups import Group, in_group
from reconcile.queries.steps import by_action, by_due
from reconcile.records import MatchStatus, Outcome

NEVER = "none"  # in the place of a date: nothing is due


@dataclass(frozen=True)
class Filter:
    """What the list is narrowed to: codes only, so that the address carries nothing personal.

    `words` is a name looked for; it travels in the session, never in the address.
    """

    group: str = ""
    outcome: str = ""
    certainty: str = ""  # of the answer: "certain" or "provisional"
    place: str = ""
    status: str = ""
    action: str = ""
    actor: str = ""  # who must act next
    due: str = ""  # of the next step: a date such as 2024-11-20, or NEVER
    note: str = ""
    discrepancy: str = ""
    tps: str = ""
    ballot: str = ""
    gap: str = ""  # why nothing can be said of the ballots
    standing: str = ""  # of who gets the ballot: "certain", or "expected" after a letter or a check
    words: str = ""

    @property
    def codes(self) -> dict[str, str]:
        """Return what belongs into the address."""
        named = {name: getattr(self, name) for name in CODES}
        return {name: code for name, code in named.items() if code}

    @property
    def is_open(self) -> bool:
        return not self.codes and not self.words

    def query(self, **changes: str) -> str:
        """Return the address part of this filter with some codes changed ("" removes one)."""
        codes = replace(self, **changes).codes
        return f"?{urlencode(codes)}" if codes else "?"


CODES = tuple(name for name in Filter.__dataclass_fields__ if name != "words")


def narrowed(outcomes: QuerySet[PersonOutcome], to: Filter, run: MatchRun | None = None) -> QuerySet[PersonOutcome]:
    """Return the people that pass the filter; `run`: whose answers these are, needed for dates only."""
    found = outcomes
    for name, code in to.codes.items():
        found = _SPECIAL[name](found, code) if name in _SPECIAL else found.filter(_PLAIN[name](code))
    if to.due and run:
        found = found.filter(by_due(None if to.due == NEVER else parse_date(to.due), run))
    for word in to.words.split():
        found = found.filter(Q(entry__name__icontains=word) | Q(entry__alias__icontains=word))
    return found


def _at_tps(code: str) -> Q:
    region, _, number = code.partition("-")
    return Q(place__tps_region=region, place__tps_number=number)


def _by_actor(code: str) -> Q:
    named = Q(provisional=False, actor=code)
    return named | Q(provisional=True) if code == Actor.KPPS else named  # who settles doubts


def _standing(code: str) -> Q:
    here = in_group(Group.HERE)
    return here if code == "certain" else ~here


_PLAIN: dict[str, Callable[[str], Q]] = {
    "group": lambda code: in_group(Group(code)),
    "outcome": lambda code: Q(outcome=code),
    "certainty": lambda code: Q(provisional=code == "provisional"),
    "place": lambda code: Q(place=code),
    "status": lambda code: Q(match_status=code),
    "action": by_action,
    "actor": _by_actor,
    "due": lambda code: Q(),  # by the run, below
    "tps": _at_tps,
    "standing": _standing,
}


def _with(column: str, written: str) -> Callable[[QuerySet[PersonOutcome], str], QuerySet[PersonOutcome]]:
    """Narrow by a code in a JSON list: SQLite cannot look into one, but both databases write it the same way."""
    name = f"{column}_written"

    def narrow(found: QuerySet[PersonOutcome], code: str) -> QuerySet[PersonOutcome]:
        found = found.annotate(**{name: Cast(column, TextField())})
        return found.filter(**{f"{name}__contains": written % code})

    return narrow


_SPECIAL: dict[str, Callable[[QuerySet[PersonOutcome], str], QuerySet[PersonOutcome]]] = {
    "note": _with("notes", '"%s"'),
    "discrepancy": _with("discrepancies", '"code": "%s"'),
    "gap": lambda found, code: found.annotate(noted=Cast("notes", TextField())).filter(has_gap(code)),
    "ballot": lambda found, code: found.annotate(given=Cast("ballots", TextField())).filter(asks_for(code)),
}


def _is_day(code: str) -> bool:
    try:
        return parse_date(code) is not None
    except ValueError:  # such as 2024-02-31
        return False


def filter_from(asked: Mapping[str, str], words: str, places: Iterable[Place]) -> Filter:
    """Return the filter an address asks for; codes that do not exist are left out."""
    known: dict[str, Iterable[Any]] = {
        "group": list(Group),
        "outcome": list(Outcome),
        "certainty": ["certain", "provisional"],
        "status": list(MatchStatus),
        "place": [str(place.pk) for place in places],
        "action": list(Action),
        "actor": list(Actor),
        "note": list(Note),
        "standing": ["certain", "expected"],
        "gap": list(GAPS),
    }
    codes = {name: asked.get(name, "")[:40] for name in CODES}
    kept = {name: code for name, code in codes.items() if name not in known or code in known[name]}
    if "due" in kept and kept["due"] != NEVER and not _is_day(kept["due"]):
        del kept["due"]
    return Filter(**kept, words=words)
