"""The list of held people: what can be chosen beside it, pages of fifty."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count as CountOf
from django.db.models import QuerySet

from reconcile.models import MatchRun, PersonOutcome, Place
from reconcile.queries.births import age_text, birth_text
from reconcile.queries.filters import Filter, narrowed
from reconcile.queries.groups import Group, group_of
from reconcile.queries.steps import NextStep, next_step, review_step
from reconcile.records import MatchStatus, Outcome

PAGE = 50
OF_A_CELL = ("outcome", "provisional", "match_status", "place")


@dataclass(frozen=True)
class Choice:
    """One line of the side bar: a code, how many people have it, the address that shows them."""

    code: str
    people: int
    query: str
    is_chosen: bool


@dataclass(frozen=True)
class Choices:
    """The side bar. `people`: all; without a filter each block but the last adds up to them."""

    people: int
    groups: tuple[Choice, ...]
    outcomes: tuple[Choice, ...]
    statuses: tuple[Choice, ...]
    places: tuple[tuple[Place, Choice], ...]
    discrepancies: tuple[Choice, ...] = field(default=())


def choices(
    outcomes: QuerySet[PersonOutcome], places: Iterable[Place], at: Filter, run: MatchRun | None = None
) -> Choices:
    """Count the people the officer may see by each code, of those who pass the filters of the other blocks.

    So every count is how many people its address shows.
    """

    counted: dict[Filter, list[dict[str, Any]]] = {}

    def cells_of(to: Filter) -> list[dict[str, Any]]:
        if to not in counted:
            found = narrowed(outcomes, to, run).order_by()
            counted[to] = list(found.values(*OF_A_CELL).annotate(people=CountOf("pk")))
        return counted[to]

    def block(name: str, codes: Iterable[Any], code_of: Any) -> tuple[Choice, ...]:
        people: dict[str, int] = {}
        for cell in cells_of(replace(at, **{name: ""})):
            people[str(code_of(cell))] = people.get(str(code_of(cell)), 0) + cell["people"]
        now = getattr(at, name)
        return tuple(
            Choice(code, people.get(code, 0), at.query(**{name: "" if code == now else code}), code == now)
            for code in map(str, codes)
            if people.get(code) or code == now
        )

    by_pk = {str(place.pk): place for place in places}
    return Choices(
        people=sum(cell["people"] for cell in cells_of(Filter())),
        groups=block("group", Group, lambda cell: group_of(cell["outcome"], cell["provisional"])),
        outcomes=block("outcome", Outcome, lambda cell: cell["outcome"]),
        statuses=block("status", MatchStatus, lambda cell: cell["match_status"]),
        places=tuple((by_pk[c.code], c) for c in block("place", by_pk, lambda cell: cell["place"])),
        discrepancies=_by_discrepancy(narrowed(outcomes, replace(at, discrepancy=""), run), at),
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
        step=next_step(one, review_step(run)) if run else NextStep(one.actor, one.action, one.due),
        discrepancies=tuple(dict.fromkeys(each["code"] for each in one.discrepancies)),
    )
