"""Why nothing can be said of somebody's ballots: each person for one reason, the one that must be mended first."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from reconcile.deciding import Note
from reconcile.models import PersonOutcome

HOME = "home"  # no address at all
REASONS = {
    "village": Note.BALLOTS_NEED_VILLAGE,  # "perlu desa"
    "district": Note.BALLOTS_NEED_DISTRICT,
    "table": Note.BALLOTS_NEED_TABLE,
}
GAPS = (*REASONS, HOME)


@dataclass(frozen=True)
class Gap:
    code: str
    people: int


def gap_of(notes: list[str]) -> str:
    """Return why the ballots of an answer with these notes cannot be named."""
    return next((code for code, note in REASONS.items() if note in notes), HOME)


def has_gap(code: str) -> Q:
    """Return the same as a condition; the query must be annotated with `noted`, the notes as text."""
    condition = Q()
    for reason, note in REASONS.items():
        said = Q(noted__contains=f'"{note.value}"')
        if reason == code:
            return condition & said
        condition &= ~said
    return condition


def gaps_of(undetermined: QuerySet[PersonOutcome]) -> tuple[Gap, ...]:
    """Count people whose ballots cannot be named by the reason; they add up to all of them."""
    people = Counter(gap_of(notes) for notes in undetermined.order_by().values_list("notes", flat=True))
    return tuple(Gap(code, people[code]) for code in GAPS if people[code])
