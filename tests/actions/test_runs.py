"""A run gives every person exactly one answer, or fails with a reason; two never run at once."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Count
from django.utils import timezone
from office_files import PEOPLE, polres_book, roll_text, rutan_book
from refusals import refused

from reconcile.actions import claims, columns, runs
from reconcile.actions.answers import same_people
from reconcile.models import (
    AuditEntry,
    Candidate,
    HeldEntry,
    MatchRun,
    PersonOutcome,
    RunFailure,
    RunStatus,
    SourceList,
    Upload,
    UploadStatus,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def queued(election: Any, officers: Any) -> MatchRun:
    return runs.queue_run(election=election, by=officers["admin"], in_background=False)


def answers_of(run: MatchRun) -> list[dict[str, Any]]:
    """Return everything a run answered, without the keys that differ from run to run."""
    rows = PersonOutcome.objects.filter(run=run).order_by("entry__source_list", "entry__line").values()
    return [{key: value for key, value in row.items() if key not in ("id", "run_id")} for row in rows]


class TestQueue:
    def test_a_run_keeps_what_it_was_asked(self, queued: MatchRun, election: Any, settings: Any) -> None:
        assert (queued.status, queued.as_of) == (RunStatus.QUEUED, election.as_of)
        assert queued.version == settings.VERSION
        assert queued.options["automatic"] > 0.9
        assert AuditEntry.objects.filter(what="runs.queue_run", subject=f"MatchRun:{queued.pk}").count() == 1

    def test_refuses_a_second_run(self, queued: MatchRun, election: Any, officers: Any) -> None:
        with refused("run_open"):
            runs.queue_run(election=election, by=officers["admin"], in_background=False)
        assert MatchRun.objects.count() == 1


class TestAnswers:
    def test_every_row_is_answered_once(self, run: MatchRun) -> None:
        outcomes = PersonOutcome.objects.filter(run=run)
        assert run.register_rows == HeldEntry.objects.count() == len(PEOPLE) + 2
        assert run.people == outcomes.count()
        shown = list(outcomes.values_list("entry", flat=True))
        also = [entry for listed in outcomes.values_list("also_listed", flat=True) for entry in listed]
        assert sorted(shown + also) == sorted(HeldEntry.objects.values_list("pk", flat=True))

    def test_who_is_held_twice_is_one_person(self, answered: PersonOutcome, run: MatchRun) -> None:
        assert run.people == len(PEOPLE)
        assert len(answered.also_listed) == 1
        assert answered.person.entries.count() == 2
        joined = AuditEntry.objects.get(what="runs.execute_run").facts["joined"]
        assert [kept for kept, _ in joined].count(answered.person_id) == 1

    def test_the_voter_is_the_one_of_the_same_nik(self, answered: PersonOutcome) -> None:
        assert answered.voter is not None
        assert answered.voter.nik == answered.entry.nik

    def test_reasons_add_up_to_the_weight(self, run: MatchRun) -> None:
        candidates = Candidate.objects.filter(run=run)
        assert candidates
        assert all(sum(weight for _, _, weight in one.reasons) == one.weight for one in candidates)

    def test_the_one_who_is_on_no_roll_has_no_voter(self, run: MatchRun) -> None:
        last = PersonOutcome.objects.get(run=run, entry__name=PEOPLE[-1][0])
        assert last.voter is None

    def test_leaves_one_audit_entry_without_personal_data(self, run: MatchRun) -> None:
        entry = AuditEntry.objects.get(what="runs.execute_run")
        assert entry.facts["people"] == run.people
        assert PEOPLE[0][0] not in str(entry.facts)

    def test_a_second_run_answers_the_same(self, run: MatchRun, election: Any, officers: Any) -> None:
        for source_list in SourceList.objects.all():
            columns.path_of(source_list).unlink()  # from the database this time
        second = runs.queue_run(election=election, by=officers["admin"], in_background=False)
        runs.execute_run(run=second)
        assert answers_of(second) == answers_of(run)

    def test_counts_by_outcome_and_by_place_add_up(self, run: MatchRun) -> None:
        for column in ("outcome", "place", "match_status"):
            counts = PersonOutcome.objects.filter(run=run).values(column).annotate(people=Count("pk"))
            assert sum(row["people"] for row in counts) == run.people

    def test_only_the_latest_snapshot_of_a_register_is_compared(
        self, run: MatchRun, accept: Any, election: Any, officers: Any
    ) -> None:
        accept(rutan_book(PEOPLE[2:], "8 NOVEMBER 2024"))
        second = runs.queue_run(election=election, by=officers["admin"], in_background=False)
        runs.execute_run(run=second)
        assert second.register_rows == len(PEOPLE) - 2 + 2


class TestFailures:
    def test_waits_while_an_upload_is_applied(self, accept: Any, queued: MatchRun) -> None:
        accept(roll_text())
        Upload.objects.update(status=UploadStatus.APPLYING, heartbeat=timezone.now())
        with refused("lists_open"):
            runs.execute_run(run=queued)
        queued.refresh_from_db()
        assert queued.status == RunStatus.QUEUED

    def test_without_a_register(self, accept: Any, queued: MatchRun) -> None:
        accept(roll_text())
        assert runs.execute_run(run=queued).message == RunFailure.NO_REGISTER
        assert AuditEntry.objects.get(what="runs.execute_run").facts == {"failed": "no_register"}

    def test_without_a_roll(self, accept: Any, queued: MatchRun) -> None:
        accept(rutan_book())
        assert runs.execute_run(run=queued).message == RunFailure.NO_ROLL
        assert queued.finished is not None

    def test_a_failure_while_storing_leaves_no_answers(self, accept: Any, queued: MatchRun) -> None:
        def break_off(step: str, done: int, total: int) -> None:
            if step == "storing":
                raise MemoryError

        accept(roll_text())
        accept(rutan_book())
        assert runs.execute_run(run=queued, progress=break_off).message == RunFailure.FAILED
        assert not PersonOutcome.objects.exists()

    def test_refuses_what_is_finished(self, run: MatchRun) -> None:
        with refused("taken"):
            runs.execute_run(run=run)

    def test_takes_over_from_a_dead_worker(self, accept: Any, queued: MatchRun) -> None:
        accept(roll_text())
        accept(rutan_book())
        silent = timezone.now() - claims.LEASE - timedelta(seconds=1)
        MatchRun.objects.filter(pk=queued.pk).update(status="running", heartbeat=silent, attempt=1)
        assert runs.execute_run(run=queued).status == RunStatus.READY
        assert queued.attempt == 2

    def test_a_worker_that_wakes_up_late_stores_nothing(self, accept: Any, queued: MatchRun) -> None:
        def taken_over(step: str, done: int, total: int) -> None:
            if step == "storing":
                MatchRun.objects.filter(pk=queued.pk).update(attempt=2)

        accept(roll_text())
        accept(rutan_book())
        assert runs.execute_run(run=queued, progress=taken_over).status == RunStatus.RUNNING
        assert not PersonOutcome.objects.exists()

    def test_what_killed_three_workers_is_given_up(self, queued: MatchRun) -> None:
        silent = timezone.now() - claims.LEASE - timedelta(seconds=1)
        MatchRun.objects.filter(pk=queued.pk).update(status="running", heartbeat=silent, tries=3)
        assert runs.execute_run(run=queued).message == RunFailure.GAVE_UP


def test_polres_of_another_tps_is_decided_by_its_own(
    accept: Any, election: Any, officers: Any, polres: Any, queued: MatchRun
) -> None:
    from reconcile.actions.elections import save_place

    polres.tps_number = "003"
    save_place(place=polres, by=officers["admin"])
    accept(roll_text(PEOPLE[:3], tps="003"))
    accept(rutan_book(PEOPLE[:1]))
    accept(polres_book(PEOPLE[1:2]))
    runs.execute_run(run=queued)
    outcomes = dict(PersonOutcome.objects.values_list("place__kind", "outcome"))
    assert outcomes == {"rutan": "needs_transfer", "polres": "fixed_here"}
    assert not queued.left_voters.exists()  # those of an ordinary TPS were never in custody


@pytest.mark.parametrize(
    ("same_as", "persons", "groups"),
    [
        ([(), (), ()], [1, 2, 3], [[0], [1], [2]]),
        ([(2,), (), (0,)], [1, 2, 3], [[0, 2], [1]]),
        ([(), (), (1,), (2,)], [1, 2, 3, 4], [[0], [1, 2, 3]]),
        ([(), (), ()], [5, 6, 5], [[0, 2], [1]]),
        ([(1,), (), (), (2,)], [1, 2, 2, 3], [[0, 1, 2, 3]]),
    ],
)
def test_same_people(same_as: list[tuple[int, ...]], persons: list[int], groups: list[list[int]]) -> None:
    assert same_people(same_as, persons) == groups


class TestPreparedRoll:
    def test_the_roll_is_prepared_once_and_anew_when_a_list_is_added(
        self, run: MatchRun, accept: Any, election: Any, officers: Any, settings: Any
    ) -> None:
        def folders() -> list[str]:
            return [path.name for path in (Path(settings.MEDIA_ROOT) / "rolls" / str(election.pk)).iterdir()]

        def again() -> list[dict[str, Any]]:
            return answers_of(
                runs.execute_run(run=runs.queue_run(election=election, by=officers["admin"], in_background=False))
            )

        (kept,) = folders()
        begun = (Path(settings.MEDIA_ROOT) / "rolls" / str(election.pk) / kept).stat().st_mtime_ns
        assert again() == answers_of(run)
        assert (Path(settings.MEDIA_ROOT) / "rolls" / str(election.pk) / kept).stat().st_mtime_ns == begun
        accept(roll_text([("TARMUDI", date(1971, 5, 6), 9771)], tps="002"))
        again()
        assert len(folders()) == 1
        assert folders() != [kept]

    def test_a_damaged_copy_is_made_anew(self, run: MatchRun, election: Any, officers: Any, settings: Any) -> None:
        for path in (Path(settings.MEDIA_ROOT) / "rolls").rglob("*.bin"):
            path.write_bytes(path.read_bytes()[:-64] + b"x" * 64)
        assert answers_of(
            runs.execute_run(run=runs.queue_run(election=election, by=officers["admin"], in_background=False))
        ) == answers_of(run)

    def test_the_run_keeps_how_far_it_can_be_trusted(self, run: MatchRun) -> None:
        report = run.report
        assert report["options"]["m_name"].keys() == run.options["m_name"].keys()
        assert report["automatic_from"] >= run.options["automatic"]
        assert [one["probability"] for one in report["thresholds"]] == list(run.options["thresholds"])
