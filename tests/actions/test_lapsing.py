"""What was approved holds until something changes it: then the approval lapses, at once and by itself."""

from typing import Any

import pytest
from approved import approve, sent
from doubts import Doubts, answer
from office_files import PEOPLE, roll_text, rutan_book
from refusals import refused
from scans import paper
from walking import applied

from reconcile.actions import cases, lapsing, papers, recalling, runs
from reconcile.actions.findings import confirm_finding, record_finding
from reconcile.actions.papers import Made, record_paper, version_to_print
from reconcile.actions.saying import say_stay
from reconcile.actions.undoing_decisions import undo
from reconcile.models import (
    AuditEntry,
    Case,
    CaseStatus,
    MatchRun,
    Paper,
    PaperKind,
    Place,
    StoredRow,
    StoredVersion,
    VersionStatus,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored(stored: StoredVersion, officers: Any) -> StoredVersion:
    approve(stored, officers["commissioner"])
    return stored


def status_of(stored: StoredVersion) -> tuple[str, str]:
    stored.refresh_from_db()
    return stored.status, stored.end


class TestLapsing:
    def test_a_doubt_ends_it_and_gives_the_cases_back(
        self, stored: StoredVersion, doubts: Doubts, case: Case, officers: Any
    ) -> None:
        cases.raise_doubt(outcome=doubts.run.outcomes.get(entry__name="SITI"), by=officers["kpps"])
        case.refresh_from_db()
        assert (status_of(stored), case.status) == (("lapsed", "doubt"), CaseStatus.DECIDED)
        entry = AuditEntry.objects.get(what="lapsing.lapse")
        assert (entry.by, entry.facts) == (officers["kpps"], {"number": 1, "end": "doubt", "cases": 1})

    def test_a_decision_at_another_place_that_takes_a_voter_away(
        self, stored: StoredVersion, doubts: Doubts, case: Case, officers: Any, polres: Place
    ) -> None:
        stranger = move_to(doubts, doubts.case("KADARSIMAN ASLI", (doubts.voter("LAIN"), 0.5)), polres)
        decision = settled_by_two(stranger, doubts, case, polres)
        case.refresh_from_db()
        assert (status_of(stored), case.status) == (("lapsed", "decision"), CaseStatus.REOPENED)
        undo(decision=decision, by=decision.by)
        case.refresh_from_db()  # the voter is back, the approval is not: the case is its officers'
        assert (status_of(stored)[0], case.status) == ("lapsed", CaseStatus.DECIDED)

    def test_a_right_to_vote_taken_ends_it_once_two_have_said_so(
        self, stored: StoredVersion, doubts: Doubts, officers: Any
    ) -> None:
        siti = doubts.run.outcomes.select_related("run__election").get(entry__name="SITI")
        finding = record_finding(outcome=siti, what="revoked-", note="Putusan 1", file=paper(), by=officers["kpps"])
        assert status_of(stored) == ("approved", "")
        confirm_finding(finding=finding, outcome=siti, by=officers["second"])
        assert status_of(stored) == ("lapsed", "decision")
        assert AuditEntry.objects.get(what="lapsing.lapse").by == officers["second"]

    def test_somebody_who_will_be_elsewhere_ends_it_where_they_were_counted(
        self, stored: StoredVersion, doubts: Doubts, officers: Any, polres: Place
    ) -> None:
        siti = doubts.run.outcomes.select_related("run__election", "entry__source_list").get(entry__name="SITI")
        say_stay(outcome=siti, kind="place", place=polres, note="", seen=None, by=officers["kpps"])
        assert status_of(stored) == ("lapsed", "decision")

    def test_a_decision_that_touches_nobody_in_it_does_not(
        self, stored: StoredVersion, doubts: Doubts, officers: Any, polres: Place
    ) -> None:
        stranger = move_to(doubts, doubts.case("ORANG LAIN", (doubts.voter("LAIN"), 0.9)), polres)
        answer(stranger, at(polres), "same", stranger.outcome.voter)
        assert status_of(stored) == ("approved", "")

    def test_the_same_answers_of_a_later_comparison_do_not(self, stored: StoredVersion, doubts: Doubts) -> None:
        lapsing.lapse_changed(doubts.run)
        assert status_of(stored) == ("approved", "")

    def test_other_answers_of_a_later_comparison_do(self, stored: StoredVersion, doubts: Doubts) -> None:
        doubts.run.outcomes.filter(entry__name="SITI").update(outcome="leaving")
        lapsing.lapse_changed(doubts.run)
        assert status_of(stored) == ("lapsed", "run")

    def test_what_is_only_sent_stays_and_cannot_be_approved(self, doubts: Doubts, case: Case, officers: Any) -> None:
        answer(case, officers["kpps"], "same", case.outcome.voter)
        only_sent = sent(doubts, officers["kpps"])
        cases.raise_doubt(outcome=doubts.run.outcomes.get(entry__name="SITI"), by=officers["kpps"])
        assert status_of(only_sent) == ("sent", "")


def move_to(doubts: Doubts, case: Case, place: Place) -> Case:
    """Let somebody of the Rutan be held elsewhere."""
    type(case.outcome).objects.filter(pk=case.outcome_id).update(place=place)
    Case.objects.filter(pk=case.pk).update(place=place)
    doubts.settle_rows()
    return Case.objects.select_related("outcome__run__election", "outcome__place", "run").get(pk=case.pk)


def at(place: Place, name: str = "cell") -> Any:
    from conftest import _officer

    return _officer(name, "kpps", place)


def settled_by_two(stranger: Case, doubts: Doubts, case: Case, place: Place) -> Any:
    """Let two officers of another place give the stranger the voter of the approved case."""
    for name in ("cell", "cell2"):
        decision = answer(stranger, at(place, name), "same", case.outcome.voter)
    return decision


class TestLists:
    def approved(self, election: Any, officers: Any, rutan: Any) -> StoredVersion:
        applied(election, officers["admin"], roll_text(PEOPLE))
        applied(election, officers["admin"], rutan_book())
        run = runs.queue_run(election=election, by=officers["admin"], in_background=False)
        runs.execute_run(run=run)
        doubts = Doubts.__new__(Doubts)
        doubts.place, doubts.run = rutan, MatchRun.objects.get(pk=run.pk)
        for case in Case.objects.filter(run=run):
            for who in ("kpps", "second"):
                case.refresh_from_db()
                if case.status in ("new", "second"):
                    answer(case, officers[who], "no_list")
        made = sent(doubts, officers["kpps"])
        approve(made, officers["commissioner"])
        return made

    def test_another_register_of_the_place(self, election: Any, officers: Any, rutan: Any) -> None:
        stored = self.approved(election, officers, rutan)
        applied(
            election, officers["admin"], rutan_book(PEOPLE[:-1], stands="8 NOVEMBER 2024"), other=officers["admin2"]
        )
        assert status_of(stored) == ("lapsed", "upload")

    def test_a_comparison_of_the_same_lists(self, election: Any, officers: Any, rutan: Any) -> None:
        stored = self.approved(election, officers, rutan)
        runs.execute_run(run=runs.queue_run(election=election, by=officers["admin"], in_background=False))
        assert status_of(stored) == ("approved", "")


class TestRecall:
    def test_one_asks_another_consents(self, stored: StoredVersion, case: Case, officers: Any) -> None:
        asked = recalling.ask_recall(stored=stored, reason="Salah TPS", by=officers["kpps"])
        assert stored.status == VersionStatus.APPROVED
        recalling.answer_recall(recall=asked, grant=True, by=officers["commissioner"])
        case.refresh_from_db()
        assert (status_of(stored)[0], stored.reason, case.status) == ("recalled", "Salah TPS", CaseStatus.DECIDED)

    def test_refusing_leaves_everything(self, stored: StoredVersion, case: Case, officers: Any) -> None:
        asked = recalling.ask_recall(stored=stored, reason="Salah TPS", by=officers["commissioner"])
        recalling.answer_recall(recall=asked, grant=False, by=officers["admin"])
        asked.refresh_from_db()
        assert (status_of(stored)[0], asked.is_granted) == ("approved", False)
        recalling.ask_recall(stored=stored, reason="Lagi", by=officers["kpps"])

    def test_refusals(self, stored: StoredVersion, officers: Any) -> None:
        with refused("no_reason"):
            recalling.ask_recall(stored=stored, reason="", by=officers["kpps"])
        with refused("no_right"):
            recalling.ask_recall(stored=stored, reason="x", by=officers["observer"])
        asked = recalling.ask_recall(stored=stored, reason="x", by=officers["admin"])
        with refused("asked_already"):
            recalling.ask_recall(stored=stored, reason="y", by=officers["kpps"])
        with refused("own_request"):
            recalling.answer_recall(recall=asked, grant=True, by=officers["admin"])
        with refused("no_commissioner"):
            recalling.answer_recall(recall=asked, grant=True, by=officers["admin2"])
        with refused("no_right"):
            recalling.answer_recall(recall=asked, grant=True, by=officers["kpps"])
        recalling.answer_recall(recall=asked, grant=True, by=officers["commissioner"])
        with refused("not_now"):
            recalling.answer_recall(recall=asked, grant=True, by=officers["commissioner"])
        with refused("not_now"):
            recalling.ask_recall(stored=stored, reason="x", by=officers["kpps"])


class TestPapers:
    made = Made(PaperKind.PDF, "berita-acara.pdf", "ab" * 32, 1000, 2, 3)

    def test_the_same_paper_is_one(self, stored: StoredVersion, officers: Any) -> None:
        both = {record_paper(stored=stored, made=self.made, by=officers[who]) for who in ("kpps", "commissioner")}
        assert len(both) == Paper.objects.count() == 1
        assert AuditEntry.objects.filter(what="papers.record_paper").count() == 2

    def test_only_of_an_approved_version_that_is_whole(self, stored: StoredVersion, officers: Any) -> None:
        row = stored.rows.first()
        assert row
        StoredRow.objects.filter(pk=row.pk).update(nik="9916090101909009")
        with refused("altered"):
            version_to_print(stored)
        StoredRow.objects.filter(pk=row.pk).update(nik=row.nik)
        assert len(version_to_print(stored).rows) == 2
        StoredVersion.objects.filter(pk=stored.pk).update(status="superseded")
        stored.refresh_from_db()
        with refused("not_approved"):
            papers.record_paper(stored=stored, made=self.made, by=officers["kpps"])
