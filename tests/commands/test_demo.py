"""The demo: everything from nothing by one command, once."""

import io
import re
import socket
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from reconcile.actions import demo
from reconcile.actions.demo import DemoState
from reconcile.models import (
    AuditEntry,
    Election,
    Evidence,
    Finding,
    MatchRun,
    Officer,
    PersonOutcome,
    Place,
    SaidStay,
    SourceList,
)
from reconcile.queries.snapshots import changes

pytestmark = pytest.mark.django_db(transaction=True)

SMALL = {"voters": 600, "seed": 7, "no_serve": True}


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path


def run_demo(**options: Any) -> str:
    out = io.StringIO()
    call_command("demo", stdout=out, **{**SMALL, **options})
    return out.getvalue()


def test_the_demo_is_built_once_and_found_again() -> None:
    first = run_demo()
    run = MatchRun.objects.get()
    assert PersonOutcome.objects.filter(run=run).count() == run.people
    _counts_add_up(first, run)
    _shows_what_officers_said(run)
    password = re.findall(r"[a-z]+-[a-z]+-[a-z]+-\d\d", first)[0]
    for username, role, *_rest in demo.OFFICERS:
        officer = Officer.objects.get(username=username)
        assert officer.role is role
        assert officer.check_password(password)
        assert username in first
    assert run_demo() == first  # a second start changes nothing
    assert MatchRun.objects.count() == 1


def _counts_add_up(printed: str, run: MatchRun) -> None:
    numbers = [int(line.split()[-1]) for line in printed.splitlines() if re.match(r"  \S.* \d+$", line)]
    *outcomes, people, further, rows = numbers[:15]
    assert sum(outcomes) == people == run.people
    assert people + further == rows == run.register_rows


def _shows_what_officers_said(run: MatchRun) -> None:
    """Each page of turnover and of the right to vote has something to show."""
    assert {one.status for one in Finding.objects.all()} == {"waiting", "counts"}
    assert {one.bars for one in Finding.objects.all()} == {True, False}
    assert all(one.evidence.count() == 1 for one in Finding.objects.all())
    assert {one.kind for one in SaidStay.objects.filter(is_open=True)} == {"here", "hospital", "place", "free"}
    rutan, *_cells = changes(Place.objects.order_by("pk"), run.election)
    assert rutan.came >= demo.NEWCOMERS
    assert rutan.left > 0
    assert rutan.before - rutan.left + rutan.came == rutan.after


def test_an_interrupted_build_begins_anew(settings: Any) -> None:
    AuditEntry.objects.create(what=demo.BEGUN)
    assert demo.demo_state() is DemoState.HALF
    run_demo()
    assert demo.demo_state() is DemoState.BUILT


def test_fresh_throws_the_old_demo_away(settings: Any) -> None:
    run_demo()
    old = [Path(one.file.path) for one in (*SourceList.objects.all(), *Evidence.objects.all())]
    assert all(path.exists() for path in old)
    run_demo(fresh=True, seed=8)
    assert MatchRun.objects.count() == Election.objects.count() == 1
    assert not any(path.exists() for path in old)


def test_other_work_is_left_alone(election: Any) -> None:
    for options in ({}, {"fresh": True}):
        with pytest.raises(CommandError, match="DATABASE_URL"):
            run_demo(**options)
    assert Election.objects.count() == 1


def test_too_few_voters_are_said() -> None:
    with pytest.raises(CommandError, match="--voters"):
        run_demo(voters=50)
    assert demo.demo_state() is DemoState.HALF  # the next start begins anew


def test_a_port_in_use_is_said_at_once() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(CommandError, match=str(taken.getsockname()[1])):
            run_demo(port=taken.getsockname()[1], no_serve=False)
    assert not Election.objects.exists()
