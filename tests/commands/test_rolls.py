"""`manage.py compare_stages` and `inspect_roll`: the screens' actions and numbers, without a screen."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook
from stage_files import FILLER, two_stages
from walking import applied

from reconcile.models import RollInspection, StageComparison

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(election: Any, officers: Any) -> Any:
    for content in two_stages():
        applied(election, officers["admin"], content, other=officers["admin2"])
    return election


def run(command: str, *words: object) -> tuple[str, str, int]:
    """Return what the command writes, and its exit status."""
    out, err = StringIO(), StringIO()
    with pytest.raises(SystemExit) as left:
        call_command(command, *map(str, words), "--by", "admin", "--language", "en", stdout=out, stderr=err)
    assert isinstance(left.value.code, int)
    return out.getvalue(), err.getvalue(), left.value.code


def test_the_sums_and_what_does_not_add_up(loaded: Any) -> None:
    out, err, status = run("compare_stages", "DP4", "DPHP")
    assert (err, status) == ("", 1)
    first, second, *faults = out.splitlines()
    assert first.startswith(f"{FILLER + 5} voters of DP4 = {FILLER} the same + 1 changed + 1 moved to another TPS + 2")
    assert second.startswith(f"{FILLER + 3} voters of DPHP = {FILLER} the same")
    assert [line.split(":")[0] for line in faults] == ["! 1 gone without a code", "! 1 code 8 without its B"]


def test_the_same_numbers_as_json_and_the_forms(loaded: Any, tmp_path: Path) -> None:
    out, _, _ = run("compare_stages", "DP4", "DPHP", "--json", "--out", tmp_path / "rekap.xlsx", "--area", "33.16.09")
    told = json.loads(out)
    made = StageComparison.objects.get()
    assert told == {"comparison": made.pk, "first": "DP4", "second": "DPHP", **made.counts}
    assert load_workbook(tmp_path / "rekap.xlsx").sheetnames == ["A-REKAP PPS", "PERUBAHAN"]


def test_the_same_stages_give_the_same_bytes(loaded: Any, tmp_path: Path) -> None:
    for name in ("one.xlsx", "other.xlsx"):
        run("compare_stages", "DP4", "DPHP", "--out", tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "other.xlsx").read_bytes()
    one, other = StageComparison.objects.order_by("pk")
    for name in ("events.parquet", "recap.parquet"):
        assert (one.folder / name).read_bytes() == (other.folder / name).read_bytes()


def test_a_stage_that_is_not_there_is_refused(loaded: Any) -> None:
    out, err, status = run("compare_stages", "DP4", "DPT")
    assert (out, status) == ("", 2) and "Upload its list first" in err


def test_an_area_that_is_none_is_refused(loaded: Any) -> None:
    with pytest.raises(CommandError, match="33 bukan kode kecamatan"):
        call_command("compare_stages", "DP4", "DPHP", "--by", "admin", "--language", "en", "--area", "33")


def test_a_roll_is_inspected(loaded: Any) -> None:
    out, err, status = run("inspect_roll", "DPHP", "--rows")
    made = RollInspection.objects.get()
    assert (err, status) == ("", 0)
    head, *lines = out.splitlines()
    assert head == f"DPHP inspected: {FILLER + 6} rows"
    assert [line[0] for line in lines if line[0] in "!-"] == ["!"] * 6 + ["-"] * 6
    assert made.counts["nik_twice"] == 0  # the two rows of who moved: one of them is struck


def test_the_counts_of_an_inspection_as_json(loaded: Any) -> None:
    out, _, _ = run("inspect_roll", "DPHP", "--json")
    assert json.loads(out)["rows"] == FILLER + 6
