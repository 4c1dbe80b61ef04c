"""Lists and a finished run, made by the actions themselves."""

from collections.abc import Callable
from typing import Any

import pytest
from office_files import PEOPLE, polres_book, roll_text, rutan_book, upload

from reconcile.actions import lists, runs
from reconcile.models import MatchRun, PersonOutcome, RunStatus, SourceList

Accept = Callable[..., SourceList]


@pytest.fixture
def accept(election: Any, officers: Any) -> Accept:
    """Return a function that stores and accepts a file."""

    def accept_file(content: bytes, **changes: Any) -> SourceList:
        given = {"kind": None, "place": None, "file_name": "daftar", "in_background": False} | changes
        stored = lists.store_list(election=election, file=upload(content), by=officers["admin"], **given)
        return lists.accept_list(source_list=stored)

    return accept_file


@pytest.fixture
def answered(accept: Accept, election: Any, officers: Any) -> PersonOutcome:
    """Return the answer for the first person of a run: all but the last are on a roll, two held twice."""
    accept(roll_text(PEOPLE[:-1]))
    accept(rutan_book())
    accept(polres_book(PEOPLE[:2]))
    run = runs.queue_run(election=election, by=officers["admin"], in_background=False)
    assert runs.execute_run(run=run).status == RunStatus.READY, run.message
    return PersonOutcome.objects.get(run=run, entry__name=PEOPLE[0][0])


@pytest.fixture
def run(answered: PersonOutcome) -> MatchRun:
    return answered.run
