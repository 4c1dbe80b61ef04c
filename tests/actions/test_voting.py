"""What is entered after the vote ties, or is refused with the cell that is off and by how much."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from approved import approved
from django.db import IntegrityError, transaction
from refusals import refused
from views.office import Office, make_office

from reconcile.actions import voting
from reconcile.models import AuditEntry, BallotCount, Election, StoredRow, StoredVersion, VoteEntry
from reconcile.queries.versions import version_of
from reconcile.queries.votes import (
    BY_OUTCOME,
    SAID,
    UNENTERED,
    VOTED,
    Mark,
    attended,
    ballot_lines,
    marks_of,
    turnout,
)
from reconcile.queries.zones import day_in

pytestmark = pytest.mark.django_db

BALANCED = {"received": 53, "borrowed": 10, "used": 2, "spoilt": 1, "lent": 20, "returned": 8, "unused": 32}


@pytest.fixture
def office(election: Any, rutan: Any, polres: Any, officers: Any) -> Office:
    return make_office(election, rutan, polres, officers["admin"])


@pytest.fixture
def stored(office: Office, officers: Any) -> StoredVersion:
    """Five people of the Rutan and one who has left; WAGIYO and BAGAS vote here."""
    return approved(office.run, office.rutan, officers)


def vote_on(election: Election, day: date) -> Election:
    """Put the vote on another day."""
    definition = election.definition | {"voting_day": day.isoformat()}
    Election.objects.filter(pk=election.pk).update(definition=definition, voting_day=day)
    return Election.objects.get(pk=election.pk)


@pytest.mark.parametrize(
    ("hour", "day"), [("2024-11-26T16:59+00:00", date(2024, 11, 26)), ("2024-11-26T17:00+00:00", date(2024, 11, 27))]
)
def test_the_day_begins_at_midnight_of_the_place(hour: str, day: date) -> None:
    assert day_in("Asia/Jakarta", datetime.fromisoformat(hour)) == day
    assert day_in("Asia/Jayapura", datetime.fromisoformat(hour)) == date(2024, 11, 27)


def number_of(stored: StoredVersion, name: str) -> int:
    return next(row.number for row in version_of(stored).rows if row.name == name)


def mark(stored: StoredVersion, by: Any, **marks: Mark) -> VoteEntry:
    names = {"wagiyo": "WAGIYO LEGAWA", "bagas": "BAGAS ADI WIBAWA", "sutrimo": "SUTRIMO ANDAYANI"}
    given = {number_of(stored, names[name]): one for name, one in marks.items()}
    return voting.enter_persons(place=stored.place, marks=given, by=by)


def summed(stored: StoredVersion) -> tuple[int, int, int, int]:
    found = turnout(stored, version_of(stored))
    assert found.people == found.voted + found.left_out + found.unentered
    assert (
        found.left_out == found.with_reason + found.by_outcome == sum(n for _r, n in found.reasons) + found.by_outcome
    )
    return found.people, found.voted, found.left_out, found.unentered


class TestByPerson:
    def test_everybody_ends_somewhere(self, stored: StoredVersion, officers: Any) -> None:
        assert summed(stored) == (6, 0, 4, 2)
        mark(stored, officers["kpps"], wagiyo=Mark(True))
        assert summed(stored) == (6, 1, 4, 1)
        mark(stored, officers["second"], bagas=Mark(False, "ill"), sutrimo=Mark(True))
        assert summed(stored) == (6, 2, 4, 0)

    def test_the_list_of_who_was_left_out_says_why(self, stored: StoredVersion, officers: Any) -> None:
        mark(stored, officers["kpps"], bagas=Mark(False, "ill"))
        version, marks = version_of(stored), marks_of(stored)
        why = {row.name: reason for row, reason in attended(version, marks)}
        assert why == {
            "BAGAS ADI WIBAWA": "ill", "SUTRIMO ANDAYANI": "needs_transfer", "KADARSIMAN": "needs_transfer",
            "MUKLIS HIDAYATULLAH": "not_on_roll", "SUDAH KELUAR": "left",
        }  # fmt: skip
        assert [row.name for row, _why in attended(version, marks, "ill")] == ["BAGAS ADI WIBAWA"]
        assert [row.name for row, _why in attended(version, marks, UNENTERED)] == ["WAGIYO LEGAWA"]

    def test_every_figure_of_the_attendance_has_its_people(self, stored: StoredVersion, officers: Any) -> None:
        mark(stored, officers["kpps"], bagas=Mark(False, "ill"), sutrimo=Mark(True))
        version, marks = version_of(stored), marks_of(stored)
        found = turnout(stored, version)
        for one, outcome in ((found, ""), *((row, row.outcome) for row in found.rows)):
            counts = (one.voted, one.with_reason, one.by_outcome, one.unentered)
            kinds = (VOTED, SAID, BY_OUTCOME, UNENTERED)
            assert tuple(len(attended(version, marks, kind, outcome)) for kind in kinds) == counts, outcome
        assert [row.name for row, _why in attended(version, marks, VOTED)] == ["SUTRIMO ANDAYANI"]

    def test_the_newest_mark_counts_and_can_be_taken_back(self, stored: StoredVersion, officers: Any) -> None:
        first = mark(stored, officers["kpps"], wagiyo=Mark(True))
        second = mark(stored, officers["kpps"], wagiyo=Mark(False, "refused"))
        assert summed(stored)[1] == 0
        with refused("not_newest"):
            voting.undo_entry(entry=first, by=officers["kpps"])
        voting.undo_entry(entry=second, by=officers["second"])
        assert summed(stored)[1] == 1
        told = list(AuditEntry.objects.filter(what__startswith="voting.").values_list("what", flat=True))
        assert told == ["voting.undo_entry", "voting.enter_persons", "voting.enter_persons"]

    def test_refusals(self, stored: StoredVersion, officers: Any, outsider: Any) -> None:
        for by in (officers["commissioner"], officers["observer"], outsider):
            with refused("no_right"):
                mark(stored, by, wagiyo=Mark(True))
        with refused("no_reason"):
            mark(stored, officers["kpps"], wagiyo=Mark(False))
        with refused("unknown"):
            voting.enter_persons(place=stored.place, marks={999: Mark(True)}, by=officers["kpps"])
        mark(stored, officers["kpps"], wagiyo=Mark(True))
        with refused("nothing"):
            mark(stored, officers["kpps"], wagiyo=Mark(True))
        StoredRow.objects.filter(version=stored, number=1).update(nik="9916090101909009")
        with refused("altered"):
            mark(stored, officers["kpps"], bagas=Mark(True))

    def test_not_before_the_day_of_the_vote(self, stored: StoredVersion, officers: Any) -> None:
        """The day is that of the election's time zone; nothing is stored."""
        today = datetime.now(ZoneInfo("Asia/Jakarta")).date()
        stored.place.election = vote_on(stored.place.election, today + timedelta(days=1))
        counts = {one.code: BALANCED for one in stored.place.election.rules.ballots}
        for enter in (
            lambda: mark(stored, officers["kpps"], wagiyo=Mark(True)),
            lambda: voting.enter_counts(place=stored.place, counts={}, by=officers["kpps"]),
            lambda: voting.enter_ballots(place=stored.place, counts=counts, by=officers["kpps"]),
        ):
            with refused("too_early"):
                enter()
        assert not VoteEntry.objects.exists()
        stored.place.election = vote_on(stored.place.election, today)
        mark(stored, officers["kpps"], wagiyo=Mark(True))

    def test_not_without_an_approved_list(self, office: Office, officers: Any) -> None:
        with refused("no_list"):
            voting.enter_persons(place=office.rutan, marks={1: Mark(True)}, by=officers["kpps"])


class TestInFigures:
    def enter(self, stored: StoredVersion, by: Any, **changes: int) -> VoteEntry:
        counts = {("fixed_here", ""): 1, ("fixed_here", "ill"): 1}
        counts |= {("fixed_here", "" if name == "voted" else name): n for name, n in changes.items()}
        return voting.enter_counts(place=stored.place, counts=counts, by=by)

    def test_they_tie_by_outcome(self, stored: StoredVersion, officers: Any) -> None:
        entry = self.enter(stored, officers["kpps"])
        assert summed(stored) == (6, 1, 5, 0)
        voting.undo_entry(entry=entry, by=officers["kpps"])
        assert summed(stored) == (6, 0, 4, 2)

    @pytest.mark.parametrize(("voted", "off"), [(0, "-1"), (3, "+2")])
    def test_what_is_off_is_named(self, voted: int, off: str, stored: StoredVersion, officers: Any) -> None:
        with refused("sums") as refusal:
            self.enter(stored, officers["kpps"], voted=voted)
        assert f"({off})" in str(refusal.value)


class TestBallots:
    def enter(self, stored: StoredVersion, by: Any, **changes: int) -> VoteEntry:
        counts = {"governor": BALANCED, "regent": BALANCED | changes}
        return voting.enter_ballots(place=stored.place, counts=counts, by=by)

    def test_what_balances_is_stored(self, stored: StoredVersion, officers: Any) -> None:
        mark(stored, officers["kpps"], wagiyo=Mark(True))
        self.enter(stored, officers["kpps"])
        lines = ballot_lines(stored.place)
        assert [(line.code, dict(line.cells), line.expected, line.off) for line in lines] == [
            ("governor", BALANCED, 1, 1), ("regent", BALANCED, 1, 1),
        ]  # fmt: skip

    def test_another_place_of_the_tps_shows_them(self, stored: StoredVersion, office: Office, officers: Any) -> None:
        self.enter(stored, officers["kpps"])
        assert [line.count is not None for line in ballot_lines(office.polres)] == [True, True]

    @pytest.mark.parametrize(("change", "off"), [({"used": 3}, "-1"), ({"received": 60}, "+7")])
    def test_what_is_off_is_named(self, change: Any, off: str, stored: StoredVersion, officers: Any) -> None:
        with refused("unbalanced") as refusal:
            self.enter(stored, officers["kpps"], **change)
        assert "Bupati" in str(refusal.value) and f"({off})" in str(refusal.value)
        assert "Gubernur" not in str(refusal.value)

    def test_no_more_returned_than_borrowed(self, stored: StoredVersion, officers: Any) -> None:
        with refused("unbalanced"):
            self.enter(stored, officers["kpps"], returned=11, unused=29)

    def test_the_database_balances_too(self, stored: StoredVersion, officers: Any) -> None:
        entry = self.enter(stored, officers["kpps"])
        with pytest.raises(IntegrityError), transaction.atomic():
            BallotCount.objects.filter(entry=entry, ballot="regent").update(used=3)
        with pytest.raises(IntegrityError), transaction.atomic():
            BallotCount.objects.filter(entry=entry, ballot="regent").update(returned=11, unused=29)
