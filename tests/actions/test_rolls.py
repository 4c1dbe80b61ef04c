"""Work on whole rolls: which lists are a stage, who has the work in hand, what is left when something fails."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from stage_files import book, line, two_stages
from walking import applied, the_list

from reconcile import tasks
from reconcile.actions import inspecting, stages
from reconcile.actions.claims import LEASE, MOST_TRIES
from reconcile.actions.columns import columns_of, path_of
from reconcile.actions.errors import ActionRefused
from reconcile.deciding import load_election
from reconcile.models import AuditEntry, RollFailure, RunStatus, StageComparison
from reconcile.queries.stages import code_of, loaded_stages

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(election: Any, officers: Any) -> Any:
    for content in two_stages():
        applied(election, officers["admin"], content, other=officers["admin2"])
    return election


@pytest.fixture
def queued(loaded: Any, officers: Any) -> StageComparison:
    return stages.queue_comparison(election=loaded, first="DP4", second="DPHP", by=officers["admin"])


class TestStages:
    def names(self, election: Any) -> list[tuple[str, list[str]]]:
        return [(one.name, [lst.file_name for lst in one.lists]) for one in loaded_stages(election)]

    def test_in_the_order_of_their_making(self, loaded: Any) -> None:
        assert [name for name, _ in self.names(loaded)] == ["DP4", "DPHP"]

    def test_what_a_later_stage_has_replaced_still_is_a_stage(self, election: Any, officers: Any) -> None:
        dp4, dphp = two_stages()
        first = the_list(applied(election, officers["admin"], dp4, name="dp4"))
        applied(election, officers["admin"], dphp, other=officers["admin2"], name="dphp", replaces=[first])
        assert self.names(election) == [("DP4", ["dp4"]), ("DPHP", ["dphp"])]

    def test_what_the_same_stage_has_replaced_is_none_any_more(self, election: Any, officers: Any) -> None:
        rows = [line(number) for number in range(1, 8)]
        first = the_list(applied(election, officers["admin"], book("DP4", *rows), name="lama"))
        anew = book("DP4", *rows, line(9))
        applied(election, officers["admin"], anew, other=officers["admin2"], name="baru", replaces=[first])
        assert self.names(election) == [("DP4", ["baru"])]

    @pytest.mark.parametrize(
        ("stage", "election", "code"),
        [
            ("DPT", "pilkada-2024", "DPT"),
            ("DPSHP AKHIR", "pilkada-2024", "DPSHP"),
            ("DPSHP AKHIR", "pemilu-2024", "DPSHPA"),
        ],
    )
    def test_each_election_calls_the_last_correction_otherwise(self, stage: str, election: str, code: str) -> None:
        assert code_of(stage, load_election(election)) == code


class TestWork:
    def test_the_task_makes_it_ready_once(self, queued: StageComparison) -> None:
        assert tasks.compare_stages_task.func(queued.pk) == RunStatus.READY
        assert tasks.compare_stages_task.func(queued.pk) == "finished before"
        what = AuditEntry.objects.filter(what__startswith="stages.").values_list("what", flat=True)
        assert sorted(what) == ["stages.execute_comparison", "stages.queue_comparison"]

    def test_an_inspection_too(self, loaded: Any, officers: Any) -> None:
        made = inspecting.queue_inspection(election=loaded, stage="DPHP", by=officers["admin"])
        assert tasks.inspect_roll_task.func(made.pk) == RunStatus.READY
        assert tasks.inspect_roll_task.func(made.pk) == "finished before"

    def test_one_worker_at_a_time(self, queued: StageComparison) -> None:
        StageComparison.objects.update(status=RunStatus.RUNNING, heartbeat=timezone.now())
        with pytest.raises(ActionRefused) as refused:
            stages.execute_comparison(comparison=queued)
        assert refused.value.code == "taken"

    def test_a_dead_workers_work_is_taken_over(self, queued: StageComparison) -> None:
        silent = timezone.now() - LEASE - timedelta(seconds=1)
        StageComparison.objects.update(status=RunStatus.RUNNING, heartbeat=silent, attempt=1)
        assert stages.execute_comparison(comparison=queued).status == RunStatus.READY

    def test_what_has_killed_several_workers_is_given_up(self, queued: StageComparison) -> None:
        StageComparison.objects.update(tries=MOST_TRIES)
        made = stages.execute_comparison(comparison=queued)
        assert (made.status, made.message) == (RunStatus.FAILED, RollFailure.GAVE_UP)

    def test_whoever_was_taken_for_dead_stores_nothing(self, queued: StageComparison) -> None:
        def overtaken(step: str, done: int, total: int) -> None:
            if step == "storing":
                StageComparison.objects.update(attempt=9)

        made = stages.execute_comparison(comparison=queued, progress=overtaken)
        assert made.status == RunStatus.RUNNING and made.counts == {}

    def test_lists_that_were_undone_meanwhile(self, queued: StageComparison) -> None:
        queued.second_lists.clear()
        made = stages.execute_comparison(comparison=queued)
        assert (made.status, made.message) == (RunStatus.FAILED, RollFailure.NO_STAGE)

    def test_a_failure_leaves_no_name_and_no_half_answer(self, queued: StageComparison, caplog: Any) -> None:
        one = queued.second_lists.get()
        columns_of(one)
        path_of(one).write_bytes(b"SUWARTO 3316091403809001")
        made = stages.execute_comparison(comparison=queued)
        assert (made.status, made.message) == (RunStatus.FAILED, RollFailure.FAILED)
        assert "SUWARTO" not in caplog.text and "331609" not in caplog.text and not made.folder.exists()

    def test_an_answer_is_the_programs_alone(self, queued: StageComparison) -> None:
        made = stages.execute_comparison(comparison=queued)
        assert made.folder.stat().st_mode & 0o077 == 0
        assert all(path.stat().st_mode & 0o077 == 0 for path in made.folder.iterdir())
