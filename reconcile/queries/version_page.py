"""The commissioner's page of one list version, and the overview of all places."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reconcile.models import (
    HandKind,
    MatchRun,
    Officer,
    Paper,
    Place,
    Recall,
    StoredVersion,
    VersionStatus,
)
from reconcile.queries.agreement import Agreement, agreement
from reconcile.queries.checklist import Checklist, checklist_of, checklist_of_draft
from reconcile.queries.hands import hands_of
from reconcile.queries.version_rows import (
    ShownChange,
    by_kind,
    changes_with_officers,
    is_current,
    known_people,
    last_approved,
    previous,
    show_change,
)
from reconcile.queries.versions import draft_of, version_of
from reconcile.records import Outcome
from reconcile.versions import VOTING, ListVersion, PersonChange

MOST_CHANGES = 200  # on one page; the rest by filter and in the minutes


@dataclass(frozen=True)
class OutcomeCount:
    outcome: Outcome
    people: int
    votes: bool


@dataclass(frozen=True)
class Since:
    """What has changed since an earlier version. `added`, `struck` and `changed` are people of the whole list."""

    version: StoredVersion
    all: tuple[PersonChange, ...]
    shown: tuple[ShownChange, ...]
    counts: Mapping[str, int]
    kind: str  # what is shown is narrowed to; "" shows all

    @property
    def voters_gained(self) -> int:
        return sum(one.votes_now and not one.voted_before for one in self.all)

    @property
    def voters_lost(self) -> int:
        return sum(one.voted_before and not one.votes_now for one in self.all)

    @property
    def more(self) -> int:
        return (self.counts[self.kind] if self.kind else len(self.all)) - len(self.shown)


@dataclass(frozen=True)
class VersionPage:
    """All of a version but its rows. `stored` None: the live draft. `is_whole` False: nothing of it is shown."""

    place: Place
    version: ListVersion
    stored: StoredVersion | None
    is_whole: bool
    checklist: Checklist | None
    outcomes: tuple[OutcomeCount, ...] = ()
    since: Since | None = None
    other: StoredVersion | None = None  # approved last, where the page compares with another one
    now: tuple[ShownChange, ...] = ()  # what the live answers say otherwise
    agreement: Agreement | None = None
    hands: tuple[tuple[str, str], ...] = ()  # kind and name
    own_hand: bool = False
    recalls: tuple[Recall, ...] = ()
    papers: tuple[Paper, ...] = field(default=())

    @property
    def people(self) -> int:
        return len(self.version.rows)

    @property
    def voters(self) -> int:
        return len(self.version.voters)

    @property
    def status(self) -> str:
        return self.stored.status if self.stored else "draft"

    @property
    def lacks(self) -> str:
        return self.checklist.lacks if self.checklist else ""

    @property
    def open_recall(self) -> Recall | None:
        return next((one for one in self.recalls if one.answered_at is None), None)


@dataclass(frozen=True)
class Asked:
    """Who looks, and what the page is narrowed to."""

    by: Officer
    sight: Mapping[str, str]
    kind: str = ""
    since: int | None = None


def draft_page(place: Place, run: MatchRun, asked: Asked) -> VersionPage:
    """Return the page of what the live answers make of a place now."""
    draft = draft_of(place, run)
    return VersionPage(
        place, draft, None, True, checklist_of_draft(place, run, draft), hands=_hands(hands_of(place, run).items()),
        own_hand=asked.by.pk in hands_of(place, run),
        **_shared(place, run, draft, asked, known_people(place, run)),
    )  # fmt: skip


def version_page(stored: StoredVersion, newest: MatchRun, asked: Asked) -> VersionPage:
    """Return the page of a stored version. Of one whose rows were altered in the database it shows nothing."""
    version = version_of(stored)
    place = stored.place
    if not version.is_whole:
        return VersionPage(place, version, stored, False, None)
    found = checklist_of(stored, version, newest) if is_current(stored) else None
    live = found.changes[:MOST_CHANGES] if found else ()
    known = known_people(place, newest)
    return VersionPage(
        place, version, stored, True, found if stored.status == VersionStatus.SENT else None,
        now=tuple(show_change(one, asked.sight, place.election, version.as_of, known) for one in live),
        hands=_hands(stored.hands.values_list("officer", "kind")),
        own_hand=stored.hands.filter(officer=asked.by).exists() or asked.by.pk in hands_of(place, newest),
        recalls=tuple(stored.recalls.select_related("by", "answered_by")),
        papers=tuple(stored.papers.select_related("made_by")),
        **_shared(place, stored.run, version, asked, known),
    )  # fmt: skip


def _shared(place: Place, run: MatchRun, version: ListVersion, asked: Asked, known: set[int]) -> dict[str, Any]:
    before = previous(place, version.number, asked.since)
    approved = last_approved(place, version.number)
    by_outcome = Counter(row.outcome for row in version.rows)
    return {
        "outcomes": tuple(
            OutcomeCount(one, by_outcome[one.value], one in VOTING) for one in Outcome if by_outcome[one.value]
        ),
        "since": _since(before, version, asked, place, known) if before else None,
        "other": approved if approved and before and approved.pk != before.pk else None,
        "agreement": agreement(place, run),
    }


def _since(before: StoredVersion, version: ListVersion, asked: Asked, place: Place, known: set[int]) -> Since | None:
    """Compare with an earlier version; None where that one was altered in the database."""
    earlier = version_of(before)
    if not earlier.is_whole:
        return None
    changes = changes_with_officers(earlier, version)
    counts = by_kind(changes)
    kind = asked.kind if asked.kind in counts else ""
    wanted = [one for one in changes if kind in ("", one.kind.value)][:MOST_CHANGES]
    shown = tuple(show_change(one, asked.sight, place.election, version.as_of, known) for one in wanted)
    return Since(before, changes, shown, counts, kind)


def _hands(found: Iterable[tuple[int, str]]) -> tuple[tuple[str, str], ...]:
    kinds = dict(found)
    officers = Officer.objects.in_bulk(list(kinds))
    order = list(HandKind)
    ranked = sorted(kinds.items(), key=lambda one: (order.index(HandKind(one[1])), one[0]))
    return tuple((kind, officers[pk].get_full_name() or officers[pk].get_username()) for pk, kind in ranked)


@dataclass(frozen=True)
class PlaceRow:
    """A place on the overview: its live draft in figures, and its stored versions, newest first."""

    place: Place
    draft: ListVersion
    lacks: str
    versions: Sequence[StoredVersion]
    altered: frozenset[int]  # of the current ones, whose rows were altered in the database

    @property
    def people(self) -> int:
        return len(self.draft.rows)

    @property
    def voters(self) -> int:
        return len(self.draft.voters)

    @property
    def current(self) -> StoredVersion | None:
        """Return the version that waits for the commissioner, else the approved one."""
        statuses = (VersionStatus.SENT, VersionStatus.APPROVED)
        return next((one for status in statuses for one in self.versions if one.status == status), None)


def overview(places: Sequence[Place], run: MatchRun, versions: Iterable[StoredVersion]) -> tuple[PlaceRow, ...]:
    stored = list(versions)
    rows = []
    for place in places:
        its = [one for one in stored if one.place_id == place.pk]
        draft = draft_of(place, run)
        altered = frozenset(one.pk for one in its if is_current(one) and not version_of(one).is_whole)
        rows.append(PlaceRow(place, draft, checklist_of_draft(place, run, draft).lacks, its, altered))
    return tuple(rows)
