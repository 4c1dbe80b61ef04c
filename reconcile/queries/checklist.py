"""What must be in order before a list is sent and approved: the same for the screen and for the actions."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.formats import number_format

from reconcile import labels
from reconcile.models import (
    OPEN_FINDINGS,
    OPEN_RUNS,
    SETTLED_CASES,
    UNANSWERED,
    Case,
    CaseStatus,
    Finding,
    FindingStatus,
    HeldEntry,
    MatchRun,
    Officer,
    PersonLink,
    PersonOutcome,
    Place,
    SourceList,
    StoredVersion,
    Verdict,
    VersionStatus,
)
from reconcile.queries.hands import hands_of
from reconcile.queries.versions import draft_of
from reconcile.records import HELD_KINDS, Outcome
from reconcile.versions import ListVersion, PersonChange, changes_between


@dataclass(frozen=True)
class Check:
    """One line of the checklist. `lacking` 0: in order; `parts` are the figures its sentence names."""

    code: str
    lacking: int
    parts: Mapping[str, int] = field(default_factory=dict)

    @property
    def what(self) -> str:
        return str(labels.CHECKS[self.code].what)

    @property
    def found(self) -> str:
        """Return what was found, in figures."""
        return _filled(labels.CHECKS[self.code].found, {**self.parts, "n": self.lacking})

    @property
    def lack(self) -> str:
        """Return what is lacking, as the button names it."""
        return _filled(labels.CHECKS[self.code].lack, {"n": self.lacking})


def _filled(words: Any, parts: Mapping[str, int]) -> str:
    shown = {name: number_format(part, use_l10n=True, force_grouping=True) for name, part in parts.items()}
    return str(words) % shown


@dataclass(frozen=True)
class Checklist:
    """All lines, and what has changed in the live answers since the version was sent."""

    checks: tuple[Check, ...]
    changes: tuple[PersonChange, ...] = ()

    @property
    def lacking(self) -> tuple[Check, ...]:
        return tuple(one for one in self.checks if one.lacking)

    @property
    def lacks(self) -> str:
        """Return everything that is lacking, in one line; "" where nothing is."""
        return ", ".join(one.lack for one in self.lacking)


def checklist_of_draft(place: Place, run: MatchRun, draft: ListVersion) -> Checklist:
    """Return what stands between the live answers and their being sent."""
    people = PersonOutcome.objects.filter(run=run, place=place).count()
    return Checklist(tuple(_of_answers(place, run, draft, people)))


def checklist_of(stored: StoredVersion, version: ListVersion, newest: MatchRun) -> Checklist:
    """Return what stands between a version that was sent and its approval."""
    live = draft_of(stored.place, newest, stored.number)
    changes = changes_between(version, live)
    differs = len(changes) or int(live.mark != stored.mark)
    mine = [Check("whole", int(not version.is_whole)), Check("unchanged", differs)]
    if stored.status != VersionStatus.SENT:
        mine.append(Check("sent", 1))
    people = sum(row.person is not None for row in version.rows)  # who is held now, `unchanged` compares
    return Checklist((*_of_answers(stored.place, newest, version, people), *mine), changes)


def _of_answers(place: Place, run: MatchRun, version: ListVersion, people: int) -> Iterator[Check]:
    yield from _of_cases(place, run)
    yield _of_findings(place, run)
    yield _of_links(place, run)
    yield _of_warnings(run)
    yield _of_lists(run)
    yield _of_rows(place, run)
    yield _of_outcomes(version, people)
    nameless = Officer.objects.filter(pk__in=hands_of(place, run), first_name="", last_name="").count()
    yield Check("signatures", nameless, {"officers": len(hands_of(place, run))})


def cases_of(place: Place, run: MatchRun) -> QuerySet[Case]:
    """Return the cases that count in a run at a place."""
    return Case.objects.filter(place=place, run=run).exclude(status=CaseStatus.LAPSED)


UNDECIDED, DIFFERING = "undecided", "differs"
SECOND_MISSING = "second"
FINDINGS = "findings"
OF_PEOPLE = frozenset({UNDECIDED, DIFFERING, SECOND_MISSING, FINDINGS})  # lines with people behind them


def cases_lacking(place: Place, run: MatchRun, code: str) -> QuerySet[Case]:
    """Return the cases a line of the checklist counts as lacking."""
    cases = cases_of(place, run)
    if code == UNDECIDED:
        return cases.filter(status__in=UNANSWERED)
    if code == DIFFERING:
        return cases.filter(status=CaseStatus.DIFFERS)
    return cases.filter(Q(status=CaseStatus.SECOND) | Q(pk__in=_one_handed(cases)))


def _one_handed(cases: QuerySet[Case]) -> list[int]:
    """Return the settled cases that take two officers and have the answer of one: there must be none."""
    two = cases.filter(status__in=SETTLED_CASES, needs_second=True)
    hands = Count("decisions__by", filter=Q(decisions__is_open=True), distinct=True)
    return [case.pk for case in two.annotate(hands=hands) if case.hands < 2]


def _of_cases(place: Place, run: MatchRun) -> Iterator[Check]:
    all_of = cases_of(place, run).count()
    for code in (UNDECIDED, DIFFERING, SECOND_MISSING):
        yield Check(code, cases_lacking(place, run, code).count(), {"all": all_of})


def findings_of(place: Place, run: MatchRun) -> QuerySet[Finding]:
    """Return what officers established of the right to vote of a place's people and has not been withdrawn."""
    people = PersonOutcome.objects.filter(run=run, place=place)
    return Finding.objects.filter(person__in=people.values("person"), status__in=sorted(map(str, OPEN_FINDINGS)))


def persons_lacking(place: Place, run: MatchRun, code: str) -> set[int]:
    """Return the people behind a line of the checklist."""
    if code == FINDINGS:
        found: QuerySet[Any] = findings_of(place, run).filter(status=FindingStatus.WAITING)
    else:
        found = cases_lacking(place, run, code)
    return set(found.values_list("person", flat=True))


def _of_findings(place: Place, run: MatchRun) -> Check:
    found = findings_of(place, run)
    return Check(FINDINGS, found.filter(status=FindingStatus.WAITING).count(), {"all": found.count()})


def _of_links(place: Place, run: MatchRun) -> Check:
    links = PersonLink.objects.filter(entry__source_list__in=run.lists.filter(place=place))
    return Check("links", links.filter(verdict=Verdict.OPEN).count(), {"all": links.count()})


def _of_warnings(run: MatchRun) -> Check:
    accepted = run.lists.filter(upload__accepted_by__isnull=False)
    return Check("warnings", accepted.filter(upload__accepted_reason="").count(), {"accepted": accepted.count()})


def _of_lists(run: MatchRun) -> Check:
    """Count the lists in force the run has not read, and those it has read that are not in force any more."""
    in_force = {one.pk for one in SourceList.objects.filter(election=run.election_id).current()}
    read = set(run.lists.values_list("pk", flat=True))
    waiting = MatchRun.objects.filter(election=run.election_id, status__in=OPEN_RUNS).count()
    return Check("lists", len(in_force ^ read) + waiting, {"lists": len(read)})


def _of_rows(place: Place, run: MatchRun) -> Check:
    """Compare the rows of the place's registers with what became of them, wherever those people will be."""
    lists = list(run.lists.filter(place=place, kind__in=sorted(HELD_KINDS)))
    rows = sum(one.rows for one in lists)
    out = sum(one.rejected + one.skipped for one in lists)
    entries = set(HeldEntry.objects.filter(source_list__in=lists).values_list("pk", flat=True))
    outcomes = PersonOutcome.objects.filter(run=run)  # of all places: who is held here may be said to be elsewhere
    people = entries.intersection(outcomes.values_list("entry", flat=True))
    others = outcomes.exclude(also_listed=[]).values_list("also_listed", flat=True)
    further = entries.intersection(pk for also in others for pk in also) - people
    parts = {"rows": rows, "people": len(people), "further": len(further), "out": out}
    return Check("rows", abs(rows - len(people) - len(further) - out), parts)


def _of_outcomes(version: ListVersion, people: int) -> Check:
    by_outcome = Counter(row.outcome for row in version.rows)
    left = by_outcome[Outcome.LEFT]
    sums = sum(by_outcome[outcome.value] for outcome in Outcome)
    parts = {"people": people, "left": left, "rows": len(version.rows)}
    return Check("outcomes", abs(sums - people - left), parts)
