"""What is entered after the vote: attendance by person or in figures, and what became of the ballots.

Nothing is overwritten: an entry is added, the newest counts, and the last one can be taken back.
"""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reconcile.access import Deed
from reconcile.actions.approval import ALTERED
from reconcile.actions.audit import record
from reconcile.actions.cases import line_up
from reconcile.actions.errors import ActionRefused
from reconcile.actions.sending import require_deed
from reconcile.labels import OUTCOMES, in_our_language
from reconcile.models import (
    BallotCount,
    NotVoted,
    Officer,
    Place,
    StoredVersion,
    VoteCount,
    VoteEntry,
    VoteKind,
    VoteMark,
)
from reconcile.queries.versions import version_of
from reconcile.queries.votes import (
    IN,
    OUT,
    Mark,
    imbalance,
    is_before_the_vote,
    list_voted_by,
    marks_of,
    rows_by_number,
)
from reconcile.records import Outcome
from reconcile.versions import VOTING, ListVersion

TOO_EARLY = _("Voting day has not begun. Attendance and ballots can be entered from that day on.")
Cells = Mapping[str, int]


def _begin(place: Place, by: Officer) -> tuple[StoredVersion, ListVersion]:
    """Return the list the vote was held by. Refused ("no_right", "too_early", "no_list", "altered")."""
    require_deed(by, Deed.RECORD_VOTE, place.pk)
    if is_before_the_vote(place):
        raise ActionRefused("too_early", TOO_EARLY)
    line_up(place.election_id)
    stored = list_voted_by(place)
    if stored is None:
        raise ActionRefused("no_list", _("No list of this place was approved; there is nothing to enter against."))
    version = version_of(stored)
    if not version.is_whole:
        raise ActionRefused("altered", ALTERED)
    return stored, version


@transaction.atomic
def enter_persons(*, place: Place, marks: Mapping[int, Mark], by: Officer) -> VoteEntry:
    """Store who voted and who did not, by row number of the approved list; only what differs from before is stored.

    Refused: "no_right", "too_early", "no_list", "altered", "unknown" (no such row), "no_reason", "nothing".
    """
    stored, _version = _begin(place, by)
    known, before = rows_by_number(stored), marks_of(stored)
    fresh = {number: mark for number, mark in marks.items() if before.get(number) != mark}
    if not fresh:
        raise ActionRefused("nothing", _("Nothing is different from what was entered before."))
    if not fresh.keys() <= known.keys():
        raise ActionRefused("unknown", _("This form belongs to another list. Open the page again."))
    if any(mark.voted == bool(mark.reason) or mark.reason not in ("", *NotVoted.values) for mark in fresh.values()):
        raise ActionRefused("no_reason", _("Say of everybody who did not vote why."))
    entry = VoteEntry.objects.create(place=place, version=stored, kind=VoteKind.PERSONS, by=by)
    VoteMark.objects.bulk_create(
        VoteMark(entry=entry, row=known[number], voted=mark.voted, reason=mark.reason)
        for number, mark in sorted(fresh.items())
    )
    _told("voting.enter_persons", entry, by, people=len(fresh), voted=sum(mark.voted for mark in fresh.values()))
    return entry


@transaction.atomic
def enter_counts(*, place: Place, counts: Mapping[tuple[str, str], int], by: Officer) -> VoteEntry:
    """Store how many people of each outcome voted ("") or did not, by reason.

    Refused: "no_right", "too_early", "no_list", "altered", "sums" (each outcome that is off, and by how much).
    """
    stored, version = _begin(place, by)
    if faults := count_faults(version, counts):
        raise ActionRefused("sums", _("The figures do not tie: %(faults)s."), faults="; ".join(faults))
    entry = VoteEntry.objects.create(place=place, version=stored, kind=VoteKind.COUNTS, by=by)
    VoteCount.objects.bulk_create(
        VoteCount(entry=entry, outcome=outcome, reason=reason, people=people)
        for (outcome, reason), people in sorted(counts.items())
        if people
    )
    _told("voting.enter_counts", entry, by, voted=sum(n for (_o, reason), n in counts.items() if not reason))
    return entry


def count_faults(version: ListVersion, counts: Mapping[tuple[str, str], int]) -> list[str]:
    """Return a sentence for each outcome whose figures are not its people."""
    faults = []
    for outcome in Outcome:
        people = len(version.with_outcome(outcome))
        said = sum(n for (name, _reason), n in counts.items() if name == outcome)
        if said > people or (outcome in VOTING and said != people):
            parts = {
                "outcome": str(OUTCOMES[outcome].short),
                "people": people,
                "said": said,
                "off": f"{said - people:+}",
            }
            faults.append(str(_("%(outcome)s: %(people)s on the list, %(said)s entered (%(off)s)")) % parts)
    return faults


@transaction.atomic
def enter_ballots(*, place: Place, counts: Mapping[str, Cells], by: Officer) -> VoteEntry:
    """Store what became of the ballots of the place's TPS, by type.

    Refused: "no_right", "too_early", "no_list", "altered", "unbalanced" (each type that is off, and by how much).
    """
    stored, _version = _begin(place, by)
    if faults := ballot_faults(place, counts):
        raise ActionRefused("unbalanced", _("The ballots do not balance: %(faults)s."), faults="; ".join(faults))
    entry = VoteEntry.objects.create(place=place, version=stored, kind=VoteKind.BALLOTS, by=by)
    BallotCount.objects.bulk_create(
        BallotCount(entry=entry, ballot=code, **{name: cells[name] for name in (*IN, *OUT)})
        for code, cells in counts.items()
    )
    _told("voting.enter_ballots", entry, by, used={code: cells["used"] for code, cells in counts.items()})
    return entry


def ballot_faults(place: Place, counts: Mapping[str, Cells]) -> list[str]:
    """Return a sentence for each type of ballot that does not balance, or whose returned ones exceed the borrowed."""
    names = {one.code: one.name for one in place.election.rules.ballots}
    faults = []
    if set(counts) != set(names):
        return [str(_("every type of the election must be entered"))]
    for code, cells in counts.items():
        came, off = sum(cells[name] for name in IN), imbalance(cells)
        if off:
            parts = {"ballot": in_our_language(names[code]), "came": came, "went": came - off, "off": f"{off:+}"}
            faults.append(str(_("%(ballot)s: %(came)s came in, %(went)s are accounted for (%(off)s)")) % parts)
        if cells["returned"] > cells["borrowed"]:
            words = {
                "ballot": in_our_language(names[code]),
                "returned": cells["returned"],
                "borrowed": cells["borrowed"],
            }
            faults.append(str(_("%(ballot)s: %(returned)s returned, but only %(borrowed)s borrowed")) % words)
    return faults


@transaction.atomic
def undo_entry(*, entry: VoteEntry, by: Officer) -> None:
    """Take the newest entry of a kind back; what was entered before counts again. Refused: "no_right", "not_newest"."""
    require_deed(by, Deed.RECORD_VOTE, entry.place_id)
    line_up(entry.place.election_id)
    same = VoteEntry.objects.filter(place=entry.place_id, undone_at__isnull=True)
    same = same.filter(kind=entry.kind) if entry.kind == VoteKind.BALLOTS else same.exclude(kind=VoteKind.BALLOTS)
    newest = same.order_by("-pk").first()
    if newest is None or newest.pk != entry.pk:
        raise ActionRefused("not_newest", _("Only the newest entry can be taken back. Here is how it stands."))
    same.filter(pk=entry.pk).update(undone_by=by, undone_at=timezone.now())
    _told("voting.undo_entry", entry, by)


def _told(what: str, entry: VoteEntry, by: Officer, **facts: object) -> None:
    record(what, by=by, election=entry.place.election, subject=entry, version=entry.version_id, **facts)
