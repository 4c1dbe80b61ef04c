"""People of a list version as far as an officer may see them: the rows, and what has changed in them."""

import random
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from reconcile import labels
from reconcile.models import Case, Election, MatchRun, PersonOutcome, Place, StoredVersion, VersionStatus
from reconcile.queries.births import age_text, birth_text
from reconcile.queries.case import name_of
from reconcile.queries.checklist import OF_PEOPLE, persons_lacking
from reconcile.queries.seeing import sight_of_field
from reconcile.records import Outcome
from reconcile.versions import VOTING, ListVersion, PersonChange, PersonChangeKind, VersionRow, changes_between
from reconcile.writing.masking import masked

SAMPLE = 20
_FOLLOWS = {"held_name": "name", "roll_tps": "tps", "roll_region": "tps"}
_OURS = frozenset({"outcome", "ballots", "category", "action", "actor", "due"})  # answers, not data of the person
_CONSEQUENCES = frozenset({"category", "action", "actor", "due"})  # of another outcome
_WORDS: Mapping[str, Mapping[Any, Any]] = {
    "outcome": {code: words.short for code, words in labels.OUTCOMES.items()},
    "action": labels.ACTIONS,
    "actor": labels.ACTORS,
    "sex": labels.SEXES,
    "marital": labels.MARITALS,
}


@dataclass(frozen=True)
class Shown:
    """One person of a version; nothing the officer may not see is in it."""

    number: int
    person: int | None
    name: str
    born: str
    outcome: str
    ballots: int | None
    roll_tps: str


@dataclass(frozen=True)
class ShownField:
    name: str
    before: str
    after: str


@dataclass(frozen=True)
class ShownChange:
    """One person that is not as in the earlier version. `hidden`: fields the officer may not see have changed too."""

    kind: str
    person: Shown
    fields: tuple[ShownField, ...]
    hidden: int
    officer: str
    answer: str
    reason: str
    note: str


def shown(row: VersionRow, sight: Mapping[str, str], as_of: date) -> Shown:
    how = sight_of_field(sight, "birth_date")
    born = birth_text(row) if how == "full" else age_text(row, as_of) if how == "age" else ""
    ballots = None if row.ballots is None else len(row.ballots)
    tps = row.roll_tps if sight_of_field(sight, "tps") == "full" else ""
    return Shown(row.number, row.person, row.name, born, row.outcome, ballots, tps)


def show_change(
    one: PersonChange, sight: Mapping[str, str], election: Election, as_of: date, known: Container[int | None]
) -> ShownChange:
    """Shape a change for an officer. `known`: people who have a page, because they are held there still."""
    names = [name for name in one.fields if "outcome" not in one.fields or name not in _CONSEQUENCES]
    seen = [name for name in names if name in _OURS or sight_of_field(sight, _FOLLOWS.get(name, name)) != "hidden"]
    fields = (
        ShownField(name, *(_text(side, name, sight, election) for side in (one.before, one.after))) for name in seen
    )
    return ShownChange(
        kind=one.kind.value, person=shown(one.row, sight, as_of), fields=tuple(fields), hidden=len(names) - len(seen),
        officer=one.officer, answer=one.answer, reason=one.reason, note=one.note,
    )  # fmt: skip


def _text(row: VersionRow | None, name: str, sight: Mapping[str, str], election: Election) -> str:
    value = getattr(row, name)
    if name == "ballots":
        return "?" if value is None else str(len(value))
    if name in ("nik", "nkk"):
        return masked(value) or "—"
    if name.startswith("birth_") and sight_of_field(sight, name) != "full":
        return "…"  # who sees the age learns that the date has changed, not which it is
    if isinstance(value, date):
        return value.strftime("%d-%m-%Y")
    if name == "category" and value:
        return election.rules.categories[value].short
    return str(_WORDS.get(name, {}).get(value, value) if value not in ("", None) else "—")


def known_people(place: Place, run: MatchRun) -> set[int]:
    """Return who is held at a place by a run, and so has a page that its officers may open."""
    return set(PersonOutcome.objects.filter(run=run, place=place).values_list("person", flat=True))


def previous(place: Place, number: int, since: int | None = None) -> StoredVersion | None:
    """Return the version one is compared with: the one asked for, else the one stored last before it."""
    earlier = StoredVersion.objects.filter(place=place, number__lt=number).select_related("approval__officer")
    if since is not None and (asked := earlier.filter(number=since).first()):
        return asked
    return earlier.order_by("-number").first()


def last_approved(place: Place, number: int) -> StoredVersion | None:
    """Return the version before this one that was approved last: what the minutes of change speak of."""
    earlier = StoredVersion.objects.filter(place=place, number__lt=number, approval__isnull=False)
    return earlier.select_related("approval__officer").order_by("-number").first()


def changes_with_officers(earlier: ListVersion, later: ListVersion) -> tuple[PersonChange, ...]:
    """Return what has changed by person, each with who decided it and why: the data of the minutes of change."""
    changes = changes_between(earlier, later)
    persons = [one.row.person for one in changes if one.row.person is not None]
    cases = Case.objects.filter(person__in=persons, settled_by__isnull=False).select_related("settled_by__by")
    by_person = {case.person_id: case.settled_by for case in cases}
    return tuple(_with_officer(one, by_person.get(one.row.person or 0)) for one in changes)


def _with_officer(one: PersonChange, decision: Any) -> PersonChange:
    if decision is None:
        return one
    said = {"answer": decision.answer, "reason": decision.reason, "note": decision.note}
    return replace(one, officer=name_of(decision.by), **said)


def sample_of(version: ListVersion, draw: str) -> list[VersionRow]:
    """Return twenty people at random, in the order of the list; the same ones for the same version and draw."""
    chosen = random.Random(f"{version.mark} {draw}").sample(version.rows, min(SAMPLE, len(version.rows)))
    return sorted(chosen, key=lambda row: row.number)


def narrowed(version: ListVersion, asked: Mapping[str, str], place: Place, run: MatchRun) -> list[VersionRow]:
    """Return the people a figure of the page counts; everybody for what does not exist."""
    if draw := asked.get("sample", "")[:20]:
        return sample_of(version, draw)
    if (code := asked.get("check", "")) in OF_PEOPLE:
        return _of(version.rows, persons_lacking(place, run, code))
    if (outcome := asked.get("outcome", "")) in list(Outcome):
        return [row for row in version.rows if row.outcome == outcome]
    if asked.get("votes") == "here":
        return [row for row in version.rows if row.outcome in VOTING]
    return list(version.rows)


def _of(rows: Iterable[VersionRow], persons: Iterable[int]) -> list[VersionRow]:
    wanted = set(persons)
    return [row for row in rows if row.person in wanted]


def by_kind(changes: Sequence[PersonChange]) -> dict[str, int]:
    """Count changes by kind, each kind named."""
    return {kind.value: sum(one.kind == kind for one in changes) for kind in PersonChangeKind}


def is_current(stored: StoredVersion) -> bool:
    return stored.status in (VersionStatus.SENT, VersionStatus.APPROVED)
