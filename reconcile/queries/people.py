"""The list of held people: filters by code, search by name, pages of fifty."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count as CountOf
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from reconcile.models import MatchRun, PersonOutcome, Place
from reconcile.queries.ballots import asks_for
from reconcile.queries.births import age_text, birth_text
from reconcile.queries.gaps import GAPS, has_gap
from reconcile.queries.groups import Group, group_of, in_group
from reconcile.queries.steps import NextStep, by_action, next_step, review_step
from reconcile.records import MatchStatus, Outcome

PAGE = 50


@dataclass(frozen=True)
class Filter:
    """What the list is narrowed to: codes only, so that the address carries nothing personal.

    `words` is a name looked for; it travels in the session, never in the address.
    """

    group: str = ""
    outcome: str = ""
    place: str = ""
    status: str = ""
    action: str = ""
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


CODES = ("group", "outcome", "place", "status", "action", "discrepancy", "tps", "ballot", "standing", "gap")


def narrowed(outcomes: QuerySet[PersonOutcome], to: Filter) -> QuerySet[PersonOutcome]:
    """Return the people that pass the filter."""
    found = outcomes.filter(in_group(Group(to.group))) if to.group else outcomes
    found = found.filter(by_action(to.action)) if to.action else found
    exact = {"outcome": to.outcome, "place": to.place, "match_status": to.status}
    found = found.filter(**{name: code for name, code in exact.items() if code})
    if to.discrepancy:
        # SQLite cannot look into a JSON list: both databases write the code of each difference this way.
        text = Cast("discrepancies", TextField())
        found = found.annotate(written=text).filter(written__contains=f'"code": "{to.discrepancy}"')
    if to.tps:
        region, _, number = to.tps.partition("-")
        found = found.filter(place__tps_region=region, place__tps_number=number)
    if to.ballot:
        found = found.annotate(given=Cast("ballots", TextField())).filter(asks_for(to.ballot))
    if to.gap:
        found = found.annotate(noted=Cast("notes", TextField())).filter(has_gap(to.gap))
    if to.standing:
        here = in_group(Group.HERE)
        found = found.filter(here if to.standing == "certain" else ~here)
    for word in to.words.split():
        found = found.filter(Q(entry__name__icontains=word) | Q(entry__alias__icontains=word))
    return found


@dataclass(frozen=True)
class Choice:
    """One line of the side bar: a code, how many people have it, the address that shows them."""

    code: str
    people: int
    query: str
    is_chosen: bool


@dataclass(frozen=True)
class Choices:
    """The side bar; each block but the last adds up to all people."""

    people: int
    groups: tuple[Choice, ...]
    outcomes: tuple[Choice, ...]
    statuses: tuple[Choice, ...]
    places: tuple[tuple[Place, Choice], ...]
    discrepancies: tuple[Choice, ...] = field(default=())


def choices(outcomes: QuerySet[PersonOutcome], places: Iterable[Place], at: Filter) -> Choices:
    """Count all people the officer may see by each code; two queries."""
    cells = list(
        outcomes.order_by().values("outcome", "provisional", "match_status", "place").annotate(people=CountOf("pk"))
    )

    def block(name: str, codes: Iterable[Any], code_of: Any) -> tuple[Choice, ...]:
        people: dict[str, int] = {}
        for cell in cells:
            people[str(code_of(cell))] = people.get(str(code_of(cell)), 0) + cell["people"]
        now = getattr(at, name)
        return tuple(
            Choice(code, people[code], at.query(**{name: "" if code == now else code}), code == now)
            for code in map(str, codes)
            if people.get(code)
        )

    by_pk = {str(place.pk): place for place in places}
    return Choices(
        people=sum(cell["people"] for cell in cells),
        groups=block("group", Group, lambda cell: group_of(cell["outcome"], cell["provisional"])),
        outcomes=block("outcome", Outcome, lambda cell: cell["outcome"]),
        statuses=block("status", MatchStatus, lambda cell: cell["match_status"]),
        places=tuple((by_pk[c.code], c) for c in block("place", by_pk, lambda cell: cell["place"])),
        discrepancies=_by_discrepancy(outcomes, at),
    )


def _by_discrepancy(outcomes: QuerySet[PersonOutcome], at: Filter) -> tuple[Choice, ...]:
    """Count people by difference; one person may have several, so these do not add up."""
    people: dict[str, int] = {}
    for found in outcomes.order_by().exclude(discrepancies=[]).values_list("discrepancies", flat=True):
        for code in {each["code"] for each in found}:
            people[code] = people.get(code, 0) + 1
    now = at.discrepancy
    return tuple(
        Choice(code, n, at.query(discrepancy="" if code == now else code), code == now)
        for code, n in sorted(people.items(), key=lambda item: (-item[1], item[0]))
    )


@dataclass(frozen=True)
class Listed:
    """One person in the list; nothing the officer may not see is in it."""

    pk: int
    name: str
    born: str
    place: str
    outcome: str
    provisional: bool
    match_status: str
    step: NextStep
    discrepancies: tuple[str, ...]


def page(
    outcomes: QuerySet[PersonOutcome], number: Any, sight: Mapping[str, str], run: MatchRun | None
) -> Page[Listed]:
    """Return one page, people in the order of their names; a wrong number gives the nearest page."""
    ordered = outcomes.select_related("entry", "place").order_by("entry__name", "pk")
    found: Page[Any] = Paginator(ordered, PAGE).get_page(number)
    found.object_list = [_listed(one, sight, run) for one in found.object_list]
    return found


def _listed(one: PersonOutcome, sight: Mapping[str, str], run: MatchRun | None) -> Listed:
    is_open = sight.get("birth_date") == "full"
    return Listed(
        pk=one.person_id,
        name=one.entry.name or one.entry.name_raw,
        born=birth_text(one.entry) if is_open or not run else age_text(one.entry, run.as_of),
        place=one.place.name,
        outcome=one.outcome,
        provisional=one.provisional,
        match_status=one.match_status,
        step=next_step(one, review_step(run, one.place)) if run else NextStep(one.actor, one.action, one.due),
        discrepancies=tuple(dict.fromkeys(each["code"] for each in one.discrepancies)),
    )


def filter_from(asked: Mapping[str, str], words: str, places: Iterable[Place]) -> Filter:
    """Return the filter an address asks for; codes that do not exist are left out."""
    known: dict[str, Iterable[str]] = {
        "group": list(Group),
        "outcome": list(Outcome),
        "status": list(MatchStatus),
        "place": [str(place.pk) for place in places],
        "standing": ["certain", "expected"],
        "gap": list(GAPS),
    }
    codes = {name: asked.get(name, "") for name in CODES}
    kept = {name: code for name, code in codes.items() if name not in known or code in known[name]}
    return Filter(**{name: code[:40] for name, code in kept.items()}, words=words)
