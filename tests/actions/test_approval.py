"""Approval holds: it is bound to the rows shown, to the person who may, and to nothing else."""

from typing import Any

import pytest
from approved import approve, become_commissioner, sent
from conftest import PASSWORD
from django.db import IntegrityError, transaction
from doubts import Doubts, answer, outcome_of
from refusals import refused

from reconcile.actions import approval, cases, sending
from reconcile.models import (
    AuditEntry,
    Case,
    CaseReason,
    CaseStatus,
    Finding,
    HandKind,
    Officer,
    SaidStay,
    StoredRow,
    StoredVersion,
    VersionHand,
    VersionStatus,
)
from reconcile.queries.versions import version_of

pytestmark = pytest.mark.django_db


def test_two_people_send_and_approve(stored: StoredVersion, case: Case, officers: Any) -> None:
    case.refresh_from_db()
    assert (stored.number, stored.status, stored.rows.count(), case.status) == (1, "sent", 2, CaseStatus.SENT)
    approve(stored, officers["commissioner"])
    case.refresh_from_db()
    assert (stored.status, stored.approval.officer, case.status) == (
        VersionStatus.APPROVED, officers["commissioner"], CaseStatus.APPROVED,
    )  # fmt: skip
    version = version_of(stored)
    assert version.is_whole and (version.approver, version.approved) == ("Commissioner", stored.approved_at)
    entry = AuditEntry.objects.get(what="approval.approve")
    assert entry.facts == {"number": 1, "rows": 2, "cases": 1, "mark": stored.mark}


class TestSending:
    def test_not_while_a_case_is_open(self, doubts: Doubts, case: Case, officers: Any) -> None:
        with refused("lacking") as refusal:
            sent(doubts, officers["kpps"])
        assert "1" in str(refusal.value) and not StoredVersion.objects.exists()

    @pytest.mark.usefixtures("siti")
    def test_not_what_the_page_did_not_show(self, doubts: Doubts, officers: Any) -> None:
        with refused("stale"):
            sending.send_version(place=doubts.place, mark="0" * 64, by=officers["kpps"])

    @pytest.mark.parametrize("role", ["admin", "commissioner", "institution", "observer"])
    @pytest.mark.usefixtures("siti")
    def test_only_officers_who_settle_doubts(self, role: str, doubts: Doubts, officers: Any) -> None:
        with refused("no_right"):
            sent(doubts, officers[role])

    @pytest.mark.usefixtures("siti")
    def test_not_from_another_place(self, doubts: Doubts, outsider: Officer) -> None:
        with refused("no_right"):
            sent(doubts, outsider)

    def test_sending_again_supersedes(self, stored: StoredVersion, doubts: Doubts, officers: Any) -> None:
        second = sent(doubts, officers["kpps"])
        stored.refresh_from_db()
        assert (stored.status, second.number, second.status) == ("superseded", 2, "sent")

    def test_every_hand_is_noted_once(self, stored: StoredVersion, officers: Any) -> None:
        hands = {hand.officer.username: hand.kind for hand in stored.hands.select_related("officer")}
        assert hands == {"kpps": "decided", "second": "sent", "admin": "uploaded"}


class TestRefusals:
    @pytest.mark.parametrize("role", ["admin", "kpps", "second", "institution", "observer"])
    def test_wrong_role(self, role: str, stored: StoredVersion, officers: Any) -> None:
        with refused("no_right"):
            approve(stored, officers[role])

    def test_wrong_password_and_too_many(self, stored: StoredVersion, officers: Any) -> None:
        by = officers["commissioner"]
        for _try in range(5):
            with refused("wrong_password"):
                approve(stored, by, password="something else")
        with refused("too_many_tries"):
            approve(stored, by)
        assert stored.status == VersionStatus.SENT
        assert AuditEntry.objects.filter(what="asking.wrong_password").count() == 5

    def test_a_right_password_begins_the_count_anew(self, stored: StoredVersion, officers: Any) -> None:
        by = officers["commissioner"]
        for password in ["x"] * 4 + [PASSWORD] + ["x"] * 4:
            with refused("stale" if password == PASSWORD else "wrong_password"):
                approve(stored, by, password=password, mark="0" * 64)
        approve(stored, by)

    @pytest.mark.parametrize("who", ["kpps", "admin", "second"])
    def test_own_hand(self, who: str, stored: StoredVersion, officers: Any) -> None:
        promoted = become_commissioner(officers[who])
        with refused("own_hand"):
            approve(stored, promoted)
        assert StoredVersion.objects.get().status == VersionStatus.SENT

    @pytest.mark.parametrize("who", ["kpps", "admin", "second"])
    def test_the_database_refuses_an_own_hand(self, who: str, stored: StoredVersion, officers: Any) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            VersionHand.objects.create(version=stored, officer=officers[who], kind=HandKind.APPROVED)
        with pytest.raises(IntegrityError), transaction.atomic():
            StoredVersion.objects.filter(pk=stored.pk).update(status=VersionStatus.APPROVED)

    def test_the_database_knows_one_approver(self, stored: StoredVersion, officers: Any) -> None:
        approve(stored, officers["commissioner"])
        with pytest.raises(IntegrityError), transaction.atomic():
            VersionHand.objects.create(version=stored, officer=officers["observer"], kind=HandKind.APPROVED)

    def test_altered_in_the_database(self, stored: StoredVersion, officers: Any) -> None:
        row = StoredRow.objects.filter(version=stored).first()
        assert row
        StoredRow.objects.filter(pk=row.pk).update(facts={**row.facts, "outcome": "moved_here"})
        with refused("altered"):
            approve(stored, officers["commissioner"])

    def test_another_page_than_this(self, stored: StoredVersion, officers: Any) -> None:
        with refused("stale"):
            approve(stored, officers["commissioner"], mark="0" * 64)

    def test_answers_that_have_changed_since(self, stored: StoredVersion, doubts: Doubts, officers: Any) -> None:
        doubts.person("BARU", outcome="not_on_roll", provisional=False, match_status="none", voter=None)
        doubts.settle_rows()
        with refused("stale") as refusal:
            approve(stored, officers["commissioner"])
        assert "1" in str(refusal.value)

    def test_an_undecided_case(self, stored: StoredVersion, doubts: Doubts, officers: Any) -> None:
        cases.raise_doubt(outcome=doubts.run.outcomes.get(entry__name="SITI"), by=officers["kpps"])
        with refused("lacking") as refusal:
            approve(stored, officers["commissioner"])
        assert "1" in str(refusal.value)

    def finding(self, doubts: Doubts, by: Officer, status: str) -> Finding:
        siti = doubts.run.outcomes.get(entry__name="SITI").person
        return Finding.objects.create(
            election=doubts.election, person=siti, point="dead", bars=True, stage="DPT", note="akta kematian",
            needs_second=False, status=status, by=by,
        )  # fmt: skip

    def test_a_finding_that_waits_for_its_second_officer(
        self, stored: StoredVersion, doubts: Doubts, officers: Any
    ) -> None:
        self.finding(doubts, officers["kpps"], "waiting")
        with refused("lacking"):
            approve(stored, officers["commissioner"])

    @pytest.mark.parametrize("said", ["finding", "stay"])
    def test_who_established_something_of_a_person(
        self, said: str, stored: StoredVersion, doubts: Doubts, officers: Any
    ) -> None:
        by = officers["commissioner"]
        if said == "finding":
            self.finding(doubts, by, "counts")
        else:
            person = doubts.run.outcomes.get(entry__name="SITI").person
            SaidStay.objects.create(election=doubts.election, person=person, kind="hospital", by=by)
        with refused("own_hand"):
            approve(stored, by)

    def test_twice(self, stored: StoredVersion, officers: Any) -> None:
        other = StoredVersion.objects.get(pk=stored.pk)
        approve(stored, officers["commissioner"])
        with refused("not_now"):
            approve(other, officers["commissioner"])


class TestSendingBack:
    def test_picked_cases_open_and_the_others_are_the_officers_again(
        self, doubts: Doubts, case: Case, officers: Any
    ) -> None:
        other = doubts.case("SUTRIMO", (doubts.voter("SUTRIMO A"), 0.9))
        doubts.settle_rows()
        for one in (case, other):
            answer(one, officers["kpps"], "same", one.outcome.voter)
        stored = sent(doubts, officers["kpps"])
        whom = [case.person_id, doubts.run.outcomes.get(entry__name="SITI").person_id, 999_999]
        approval.send_back(stored=stored, reason="Cek NIK", persons=whom, by=officers["commissioner"])
        case.refresh_from_db()
        other.refresh_from_db()
        assert (stored.status, stored.reason, stored.ended_by) == ("returned", "Cek NIK", officers["commissioner"])
        assert (case.status, case.reason, case.settled_by) == (CaseStatus.REOPENED, CaseReason.RETURNED, None)
        assert other.status == CaseStatus.DECIDED
        assert Case.objects.get(person=whom[1]).status == CaseStatus.NEW
        assert outcome_of(case).provisional
        answer(case, officers["kpps"], "same", case.outcome.voter)
        with refused("lacking"):  # SITI's case waits still
            sent(doubts, officers["kpps"])

    def test_an_answer_by_two_stays_one_by_two(self, doubts: Doubts, case: Case, officers: Any) -> None:
        for who in ("kpps", "second"):
            answer(case, officers[who], "no_list")
        stored = sent(doubts, officers["kpps"])
        approval.send_back(stored=stored, reason="Unggah register baru", persons=[], by=officers["commissioner"])
        case.refresh_from_db()
        assert case.status == CaseStatus.AGREED

    def test_needs_a_reason_the_right_and_a_sent_version(self, stored: StoredVersion, officers: Any) -> None:
        with refused("no_reason"):
            approval.send_back(stored=stored, reason=" ", persons=[], by=officers["commissioner"])
        with refused("no_right"):
            approval.send_back(stored=stored, reason="x", persons=[], by=officers["kpps"])
        approve(stored, officers["commissioner"])
        with refused("not_now"):
            approval.send_back(stored=stored, reason="x", persons=[], by=officers["commissioner"])
