"""Two at once: exactly one wins. On PostgreSQL; SQLite's writers stand in line (see `transaction_mode`)."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from office_files import roll_text, upload

from reconcile.actions import lists, runs
from reconcile.actions.errors import ActionRefused
from reconcile.models import AuditEntry, ListStatus, MatchRun, SourceList, Voter

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs two connections to one database"),
]


def at_once(action: Callable[[], Any], times: int = 4) -> list[str]:
    """Do it in several threads in the same moment; return "done" or the code of the refusal of each."""
    start, ends = Barrier(times), []

    def attempt() -> None:
        start.wait()
        try:
            action()
            ends.append("done")
        except ActionRefused as refused:
            ends.append(refused.code)
        finally:
            connection.close()

    threads = [Thread(target=attempt) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends)


def store(election: Any, officers: Any) -> SourceList:
    return lists.store_list(
        election=election, kind=None, place=None, file=upload(roll_text()), file_name="x", by=officers["admin"]
    )


def test_one_upload_of_the_same_file_is_stored(election: Any, officers: Any) -> None:
    assert at_once(lambda: store(election, officers)) == ["done", "same_file", "same_file", "same_file"]
    assert AuditEntry.objects.filter(what="lists.store_list").count() == SourceList.objects.count() == 1


def test_one_worker_takes_a_list(election: Any, officers: Any) -> None:
    pk = store(election, officers).pk
    ends = at_once(lambda: lists.accept_list(source_list=SourceList.objects.get(pk=pk)))
    assert ends == ["done", "taken", "taken", "taken"]
    source_list = SourceList.objects.get()
    assert source_list.status == ListStatus.ACCEPTED
    assert Voter.objects.count() == source_list.records


def test_one_run_is_queued(election: Any, officers: Any) -> None:
    ends = at_once(lambda: runs.queue_run(election=election, by=officers["admin"]))
    assert ends == ["done", "run_open", "run_open", "run_open"]
    assert MatchRun.objects.count() == 1
