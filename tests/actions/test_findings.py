"""The right to vote established with evidence, by two officers where it takes the vote, in this and every later run."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError
from office_files import PEOPLE, roll_text, rutan_book
from refusals import refused
from scans import JPEG, PDF, PNG, paper
from walking import applied

from reconcile.actions import evidence, findings, runs
from reconcile.models import (
    AppendOnly,
    AuditEntry,
    Case,
    CaseStatus,
    Election,
    Evidence,
    Finding,
    FindingStatus,
    PersonOutcome,
    RunStatus,
)

pytestmark = pytest.mark.django_db

REVOKED, POLRI = "revoked-", "serving-7"
NOTE = "Putusan 12/Pid/2024 tanggal 03-10-2024"


def again(outcome: PersonOutcome) -> PersonOutcome:
    """Return the newest answer about the same person, with its run."""
    found = PersonOutcome.objects.filter(person=outcome.person_id).select_related("run__election", "place", "entry")
    return found.order_by("-run_id").first()  # type: ignore[return-value]


def said(outcome: PersonOutcome, by: Any, what: str = REVOKED, file: Any = "paper", note: str = NOTE) -> Finding:
    file = paper() if file == "paper" else file
    return findings.record_finding(outcome=outcome, what=what, note=note, file=file, by=by)


def run_again(outcome: PersonOutcome, by: Any) -> None:
    run = runs.queue_run(election=outcome.run.election, by=by, in_background=False)
    assert runs.execute_run(run=run).status == RunStatus.READY, run.message


class TestTwoOfficers:
    def test_nothing_follows_until_the_second_has_confirmed(self, answered: PersonOutcome, officers: Any) -> None:
        before = answered.outcome
        finding = said(answered, officers["kpps"])
        assert (finding.status, finding.needs_second) == (FindingStatus.WAITING, True)
        assert again(answered).outcome == before
        findings.confirm_finding(finding=finding, outcome=again(answered), by=officers["second"])
        now = again(answered)
        assert (now.outcome, now.provisional, now.ballots, now.category) == ("ineligible", False, [], "")
        assert {"revoked", "established"} <= set(now.notes)
        assert now.action == "send_evidence"

    def test_the_first_officer_cannot_confirm_or_refuse(self, answered: PersonOutcome, officers: Any) -> None:
        finding = said(answered, officers["kpps"])
        with refused("own_answer"):
            findings.confirm_finding(finding=finding, outcome=answered, by=officers["kpps"])
        with refused("own_answer"):
            findings.refuse_finding(finding=finding, outcome=answered, note="tidak", by=officers["kpps"])

    def test_the_database_refuses_one_officer_for_two(self, answered: PersonOutcome, officers: Any) -> None:
        finding = said(answered, officers["kpps"])
        with pytest.raises(IntegrityError):
            Finding.objects.filter(pk=finding.pk).update(second=officers["kpps"])

    def test_the_database_lets_nothing_count_that_waits_for_a_second(
        self, answered: PersonOutcome, officers: Any
    ) -> None:
        finding = said(answered, officers["kpps"])
        with pytest.raises(IntegrityError):
            Finding.objects.filter(pk=finding.pk).update(status=FindingStatus.COUNTS)

    def test_the_second_may_refuse_with_a_reason(self, answered: PersonOutcome, officers: Any) -> None:
        before, finding = answered.outcome, said(answered, officers["kpps"])
        with refused("faulty"):
            findings.refuse_finding(finding=finding, outcome=answered, note=" ", by=officers["second"])
        findings.refuse_finding(finding=finding, outcome=answered, note="bukan orang ini", by=officers["second"])
        assert (finding.status, finding.end_note) == (FindingStatus.REFUSED, "bukan orang ini")
        assert again(answered).outcome == before
        with refused("changed"):
            findings.confirm_finding(finding=finding, outcome=answered, by=officers["second"])

    def test_an_election_without_that_rule_needs_one_officer(self, answered: PersonOutcome, officers: Any) -> None:
        election = answered.run.election
        Election.objects.filter(pk=election.pk).update(definition={**election.definition, "second_officer": []})
        finding = said(again(answered), officers["kpps"])
        assert (finding.status, finding.second) == (FindingStatus.COUNTS, None)
        assert again(answered).outcome == "ineligible"

    def test_what_gives_the_vote_back_needs_one(self, answered: PersonOutcome, officers: Any) -> None:
        assert said(answered, officers["kpps"], "married").status == FindingStatus.COUNTS


class TestCodes:
    def test_a_bar_keeps_the_elections_code_and_stage(self, answered: PersonOutcome, officers: Any) -> None:
        finding = said(answered, officers["kpps"], POLRI)
        assert (finding.code, finding.point, finding.stage, finding.words["id"]) == ("7", "serving", "DPT", "Polri")

    @pytest.mark.parametrize("what", ["", "serving-8", "nonsense", "struck-2"])
    def test_only_what_bars_in_this_election(self, answered: PersonOutcome, officers: Any, what: str) -> None:
        with refused("faulty"):
            said(answered, officers["kpps"], what)

    def test_one_thing_a_point(self, answered: PersonOutcome, officers: Any) -> None:
        said(answered, officers["kpps"], "dismissed")
        with refused("open_already"):
            said(answered, officers["second"], POLRI)
        assert said(answered, officers["second"], "citizen").point == "foreign"


class TestEvidence:
    def test_nobody_is_barred_without_a_paper(self, answered: PersonOutcome, officers: Any) -> None:
        for what in (REVOKED, POLRI, "married", "dismissed"):
            with refused("no_evidence"):
                said(answered, officers["kpps"], what, file=None)
        assert not Finding.objects.exists()

    def test_unless_a_list_states_it(self, answered: PersonOutcome, officers: Any) -> None:
        PersonOutcome.objects.filter(pk=answered.pk).update(notes=["serving"])
        finding = said(again(answered), officers["kpps"], POLRI, file=None)
        assert (finding.is_stated, finding.evidence.count()) == (True, 0)
        with refused("no_evidence"):  # another point is not stated
            said(again(answered), officers["kpps"], REVOKED, file=None)

    def test_and_never_without_naming_the_paper(self, answered: PersonOutcome, officers: Any) -> None:
        with refused("faulty"):
            said(answered, officers["kpps"], note="  ")

    @pytest.mark.parametrize(("content", "kind"), [(PDF, "application/pdf"), (JPEG, "image/jpeg"), (PNG, "image/png")])
    def test_kept_by_its_bytes_and_without_its_name(
        self, answered: PersonOutcome, officers: Any, content: bytes, kind: str
    ) -> None:
        finding = said(answered, officers["kpps"], file=paper(content, "WAGIYO narkoba.exe"))
        kept = finding.evidence.get()
        assert (kept.kind, kept.size, kept.by, kept.file.read()) == (kind, len(content), officers["kpps"], content)
        assert "WAGIYO" not in kept.file.name
        assert kept.file.name.startswith("evidence/")

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "empty"),
            (b"MZ\x90\x00 a program", "not_a_kind"),
            (b"<html><script>", "not_a_kind"),
            (b"PK\x03\x04 a zip", "not_a_kind"),
            (b" %PDF-1.7 not at the start", "not_a_kind"),
            (PDF + b"x" * evidence.MOST_BYTES, "too_large"),
        ],
    )
    def test_what_is_not_taken_leaves_nothing(
        self, answered: PersonOutcome, officers: Any, content: bytes, code: str, settings: Any
    ) -> None:
        with refused(code):
            said(answered, officers["kpps"], file=paper(content))
        assert not Finding.objects.exists()
        assert not (settings.MEDIA_ROOT / "evidence").exists()

    def test_more_papers_until_it_is_closed(self, answered: PersonOutcome, officers: Any) -> None:
        finding = said(answered, officers["kpps"])
        more = {"finding": finding, "outcome": answered, "by": officers["second"]}
        evidence.add_evidence(file=paper(JPEG), note="halaman 2", **more)
        with refused("same_file"):
            evidence.add_evidence(file=paper(JPEG), note="", **more)
        assert finding.evidence.count() == 2
        for number in range(evidence.MOST_FILES - 2):
            evidence.add_evidence(file=paper(PDF + bytes([number + 65])), note="", **more)
        with refused("too_many"):
            evidence.add_evidence(file=paper(PDF + b"last"), note="", **more)
        findings.withdraw_finding(finding=finding, outcome=answered, note="salah orang", by=officers["kpps"])
        with refused("changed"):
            evidence.add_evidence(file=paper(PNG), note="", **more)

    def test_nothing_is_ever_deleted(self, answered: PersonOutcome, officers: Any) -> None:
        finding = said(answered, officers["kpps"])
        with pytest.raises(AppendOnly):
            finding.delete()
        with pytest.raises(AppendOnly):
            Evidence.objects.get().delete()

    def test_the_log_has_codes_and_no_words(self, answered: PersonOutcome, officers: Any) -> None:
        said(answered, officers["kpps"])
        facts = [entry.facts for entry in AuditEntry.objects.filter(what__startswith="findings.")]
        assert facts == [{"point": "revoked", "bars": True, "code": "", "stage": "DPT", "status": "waiting"}]
        assert "12/Pid" not in str([entry.facts for entry in AuditEntry.objects.all()])


class TestWhatFollows:
    def confirmed(self, outcome: PersonOutcome, officers: Any) -> Finding:
        finding = said(outcome, officers["kpps"])
        findings.confirm_finding(finding=finding, outcome=again(outcome), by=officers["second"])
        return finding

    def test_it_holds_in_later_comparisons(self, answered: PersonOutcome, officers: Any) -> None:
        self.confirmed(answered, officers)
        run_again(answered, officers["admin"])
        now = again(answered)
        assert now.run_id != answered.run_id
        assert (now.outcome, now.provisional) == ("ineligible", False)

    def test_taken_back_the_lists_speak_again(self, answered: PersonOutcome, officers: Any) -> None:
        before = again(answered)
        finding = self.confirmed(answered, officers)
        with refused("faulty"):
            findings.withdraw_finding(finding=finding, outcome=answered, note="", by=officers["kpps"])
        findings.withdraw_finding(finding=finding, outcome=answered, note="banding dikabulkan", by=officers["second"])
        now = again(answered)
        for name in ("outcome", "provisional", "category", "ballots", "notes", "action", "due", "place_id", "said"):
            assert getattr(now, name) == getattr(before, name), name
        assert now.matched == {}
        run_again(answered, officers["admin"])
        assert again(answered).outcome == before.outcome

    def test_only_who_said_so_takes_it_back(self, answered: PersonOutcome, officers: Any) -> None:
        finding = said(answered, officers["kpps"], "married")
        with refused("no_right"):
            findings.withdraw_finding(finding=finding, outcome=answered, note="x", by=officers["second"])

    def test_a_case_that_is_settled_by_it_lapses_and_comes_back(self, election: Any, officers: Any, rutan: Any) -> None:
        """Sixteen by the register and not said to be married: a letter of Kemenag clears it, and the doubt."""
        admin = officers["admin"]
        applied(election, admin, roll_text())
        applied(election, admin, rutan_book([("DIMAS ANGGARA", date(2008, 3, 4), 9011)]))
        run = runs.queue_run(election=election, by=admin, in_background=False)
        runs.execute_run(run=run)
        now = PersonOutcome.objects.select_related("run__election", "place", "entry").get(run=run)
        assert (now.outcome, now.provisional) == ("ineligible", True)
        case = Case.objects.get(person=now.person_id)
        finding = said(now, officers["kpps"], "married", note="Kemenag 3/2024")
        assert (again(now).outcome, again(now).provisional) == ("not_on_roll", False)
        case.refresh_from_db()
        assert case.status == CaseStatus.LAPSED
        findings.withdraw_finding(finding=finding, outcome=again(now), note="palsu", by=officers["kpps"])
        assert again(now).outcome == "ineligible"
        case.refresh_from_db()
        assert case.status in (CaseStatus.NEW, CaseStatus.REOPENED)

    def test_nobody_elses_answer_changes(self, answered: PersonOutcome, officers: Any) -> None:
        others = PersonOutcome.objects.filter(run=answered.run_id).exclude(pk=answered.pk).order_by("pk")
        before = list(others.values())
        self.confirmed(answered, officers)
        assert list(others.values()) == before
        assert len(before) == len(PEOPLE) - 1


@pytest.mark.parametrize("role", ["admin", "commissioner", "observer", "institution", "polres"])
def test_only_officers_who_settle_doubts_of_the_place(answered: PersonOutcome, officers: Any, role: str) -> None:
    with refused("no_right"):
        said(answered, officers[role])


def test_not_at_another_place(answered: PersonOutcome, outsider: Any) -> None:
    with refused("no_right"):
        said(answered, outsider)
