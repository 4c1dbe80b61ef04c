"""Lists and a finished run, made by the actions themselves."""

from collections.abc import Callable
from typing import Any

import pytest
from office_files import PEOPLE, polres_book, roll_text, rutan_book
from walking import applied, the_list

from reconcile.actions import runs
from reconcile.models import MatchRun, PersonOutcome, RunStatus, SourceList

Accept = Callable[..., SourceList]


@pytest.fixture
def accept(election: Any, officers: Any) -> Accept:
    """Return a function that puts a file through the wizard."""

    def accept_file(content: bytes, **changes: Any) -> SourceList:
        return the_list(applied(election, officers["admin"], content, other=officers["admin2"], **changes))

    return accept_file


@pytest.fixture
def answered(election: Any, officers: Any, rutan: Any, polres: Any) -> PersonOutcome:
    """Return the answer for the first person of a run: all but the last are on a roll, two held twice."""
    applied(election, officers["admin"], roll_text(PEOPLE[:-1]))
    applied(election, officers["admin"], rutan_book(), polres_book(PEOPLE[:2]))  # at once: not known to each other
    run = runs.queue_run(election=election, by=officers["admin"], in_background=False)
    assert runs.execute_run(run=run).status == RunStatus.READY, run.message
    return PersonOutcome.objects.get(run=run, entry__name=PEOPLE[0][0])


@pytest.fixture
def run(answered: PersonOutcome) -> MatchRun:
    return answered.run
