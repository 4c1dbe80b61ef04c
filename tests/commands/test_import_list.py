"""`manage.py import_list` and `undo_import`: the wizard's actions and numbers, without a screen."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from office_files import PEOPLE, roll_text, rutan_book

from reconcile.models import ListStatus, SourceList, Upload, UploadStatus

pytestmark = pytest.mark.django_db(transaction=True)

N = len(PEOPLE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "DPT.txt").write_bytes(roll_text())
    (tmp_path / "DPT_baru.txt").write_bytes(roll_text(PEOPLE[1:]))
    (tmp_path / "rutan.xlsx").write_bytes(rutan_book())
    (tmp_path / "surat.txt").write_text("hanya surat\nkepada seseorang")
    return tmp_path


def run(command: str, *words: object, by: str = "admin") -> tuple[str, str, int]:
    """Return what the command writes, and its exit status."""
    out, err = StringIO(), StringIO()
    try:
        call_command(command, *map(str, words), "--by", by, "--language", "en", stdout=out, stderr=err)
    except SystemExit as left:
        assert isinstance(left.code, int)
        return out.getvalue(), err.getvalue(), left.code
    return out.getvalue(), err.getvalue(), 0


def test_a_good_file_is_in_force(folder: Path, officers: Any) -> None:
    out, err, status = run("import_list", folder / "DPT.txt")
    assert (err, status) == ("", 0)
    one = SourceList.objects.get()
    assert (one.status, one.records) == (ListStatus.ACCEPTED, N)
    assert out.splitlines() == [
        "DPT.txt: Voter roll",
        f"  {N} new + 0 changed + 0 unchanged + 0 rejected + 1 skipped = {N + 1} rows read",
        f"Upload {one.upload_id} is in force.",
    ]


def test_several_files_are_added_up(folder: Path, officers: Any) -> None:
    out, _, status = run("import_list", folder / "DPT.txt", folder / "rutan.xlsx")
    assert status == 0
    assert f"{2 * N} new + 0 changed + 0 unchanged + 0 rejected + 6 skipped = {2 * N + 6} rows read" in out


def test_the_same_file_again_changes_nothing(folder: Path, officers: Any) -> None:
    run("import_list", folder / "DPT.txt")
    out, err, status = run("import_list", folder / "DPT.txt")
    assert (out, status) == ("", 2)
    assert "already uploaded" in err
    assert SourceList.objects.filter(status=ListStatus.ACCEPTED).count() == 1
    assert not Upload.objects.exclude(status__in=[UploadStatus.APPLIED, UploadStatus.CANCELLED]).exists()


def test_a_warning_needs_a_reason(folder: Path, officers: Any) -> None:
    out, err, status = run("import_list", folder / "DPT.txt", "--expected", N + 1)
    assert status == 1
    assert out.startswith(f"! You expected {N + 1} people, the files hold {N}.")
    upload = Upload.objects.get()
    assert upload.status == UploadStatus.CHECKED
    assert f"Upload {upload.pk} waits" in err
    _, _, status = run("import_list", folder / "DPT_baru.txt", "--expected", N, "--reason", "one is ill")
    assert status == 0


def test_checking_keeps_nothing(folder: Path, officers: Any) -> None:
    out, _, status = run("import_list", folder / "DPT.txt", "--check")
    assert (status, f"= {N + 1} rows read" in out) == (0, True)
    assert Upload.objects.get().status == UploadStatus.CANCELLED
    assert run("import_list", folder / "DPT.txt")[2] == 0


def test_a_corrected_roll_replaces_or_stands_beside(folder: Path, officers: Any) -> None:
    run("import_list", folder / "DPT.txt")
    first = SourceList.objects.get()
    out, err, status = run("import_list", folder / "DPT_baru.txt", "--check")
    assert (status, "would be counted twice" in out) == (1, True)
    out, _, status = run("import_list", folder / "DPT_baru.txt", "--replaces", first.pk)
    assert status == 0
    assert f"Until now {N} people counted here; 1 of them are no longer listed." in out
    assert [one.records for one in SourceList.objects.current()] == [N - 1]


def test_no_list_is_a_refusal(folder: Path, officers: Any) -> None:
    out, err, status = run("import_list", folder / "surat.txt")
    assert (out, status) == ("", 2)
    assert "surat.txt cannot be used." in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["ada.txt"], "there is no such file"),
        (["DPT.txt", "--election", "x"], "pilkada-2024"),
        (["DPT.txt", "--place", "x"], "Rutan Percobaan"),
        (["DPT.txt", "--replaces", "9"], "no list 9"),
    ],
)
def test_what_is_not_there_is_said(folder: Path, officers: Any, words: list[str], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        run("import_list", folder / words[0], *words[1:])


def test_an_unknown_account(folder: Path, officers: Any) -> None:
    with pytest.raises(CommandError, match="nobody"):
        run("import_list", folder / "DPT.txt", by="nobody")


def test_undoing_asks_first(folder: Path, officers: Any) -> None:
    run("import_list", folder / "DPT.txt")
    run("import_list", folder / "DPT_baru.txt", "--replaces", SourceList.objects.get().pk)
    upload = Upload.objects.order_by("pk").last()
    assert upload is not None
    out, _, status = run("undo_import", upload.pk)
    assert status == 0
    assert out.splitlines() == [
        f"DPT_baru.txt: {N - 1} people stop to count",
        f"DPT.txt: {N} people count again",
        "0 new, 0 changed, 1 no longer listed are taken back",
        "0 decisions made since then are kept",
        "Nothing has been done. Add --yes to undo it.",
    ]
    out, _, status = run("undo_import", upload.pk, "--yes")
    assert (status, out.splitlines()[-1]) == (0, f"Upload {upload.pk} was undone.")
    assert [one.records for one in SourceList.objects.current()] == [N]
    out, _, status = run("undo_import", upload.pk, "--yes")
    assert (status, out) == (2, "! This upload is not in force.\n")
