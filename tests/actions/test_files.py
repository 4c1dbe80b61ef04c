"""Files of an upload: kept byte by byte, taken once, taken out again."""

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from office_files import roll_text, rutan_book
from office_files import upload as bytes_of
from refusals import refused
from walking import applied, begun, recognised, the_list

from reconcile.actions import files, uploads
from reconcile.models import AuditEntry, ListStatus, SourceList, UploadStatus

pytestmark = pytest.mark.django_db


def test_keeps_the_bytes_under_a_name_of_our_own(election: Any, officers: Any) -> None:
    stored = the_list(begun(election, officers["admin"], roll_text(), name="C:\\data\\..\\DPT Kunden.csv"))
    assert stored.file_name == "DPT Kunden.csv"
    assert "DPT" not in stored.file.name
    path = Path(stored.file.path)
    assert path.read_bytes() == roll_text()
    assert path.stat().st_mode & 0o077 == 0
    assert (stored.status, stored.size, stored.rows) == (ListStatus.STORED, len(roll_text()), 0)
    entry = AuditEntry.objects.get(what="files.add_file")
    assert entry.facts == {"sha256": stored.sha256, "size": stored.size}


def test_the_same_file_is_answered_with_the_first(election: Any, officers: Any) -> None:
    first = the_list(applied(election, officers["admin"], roll_text(), name="asli.csv"))
    again = begun(election, officers["commissioner"])
    with refused("same_file") as refusal:
        files.add_file(upload=again, file=bytes_of(roll_text()), file_name="salinan.csv", by=officers["commissioner"])
    assert isinstance(refusal.value, files.SameFile)
    assert refusal.value.first == first
    sentence = str(refusal.value)
    assert "asli.csv" in sentence
    assert "Admin" in sentence
    assert str(timezone.localtime(first.created).year) in sentence
    assert list(SourceList.objects.all()) == [first]
    assert AuditEntry.objects.filter(what="files.add_file").count() == 1
    assert len(list(Path(first.file.path).parent.iterdir())) == 1


@pytest.mark.parametrize("end", ["cancelled", "undone"])
def test_a_file_that_does_not_count_any_more_may_come_again(election: Any, officers: Any, end: str) -> None:
    from reconcile.actions.undoing import undo_upload

    by = officers["admin"]
    if end == "undone":
        undo_upload(upload=applied(election, by, roll_text()), by=by)
    else:
        uploads.cancel_upload(upload=begun(election, by, roll_text()), by=by)
    assert the_list(applied(election, by, roll_text())).status == ListStatus.ACCEPTED


def test_too_large(election: Any, officers: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_BYTES", 10)
    with refused("too_large"):
        begun(election, officers["admin"], roll_text())


def test_an_institution_may_send_less(
    election: Any, officers: Any, rutan: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MOST_BYTES_OF_A_PLACE", 10)
    begun(election, officers["admin"], rutan_book())
    with refused("too_large"):
        begun(election, officers["institution"], roll_text(), place=rutan)


def test_too_many(election: Any, officers: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_FILES", 1)
    with refused("too_many"):
        begun(election, officers["admin"], b"satu", b"dua")


def test_no_file_is_taken_once_they_are_sent(election: Any, officers: Any) -> None:
    made = recognised(election, officers["admin"], roll_text())
    with refused("not_now"):
        files.add_file(upload=made, file=bytes_of(b"lain"), file_name="lain", by=officers["admin"])


def test_a_file_is_taken_out_with_its_bytes(
    election: Any, officers: Any, django_capture_on_commit_callbacks: Any
) -> None:
    made = begun(election, officers["admin"], roll_text(), b"lain")
    first, second = made.lists.order_by("pk")
    path = Path(first.file.path)
    with django_capture_on_commit_callbacks(execute=True):
        files.remove_file(source_list=first, by=officers["admin"])
    assert list(made.lists.all()) == [second]
    assert not path.exists()
    assert AuditEntry.objects.get(what="files.remove_file").facts == {"sha256": first.sha256}


def test_nothing_is_taken_out_of_what_is_in_force(election: Any, officers: Any) -> None:
    made = applied(election, officers["admin"], roll_text())
    with refused("not_now"):
        files.remove_file(source_list=the_list(made), by=officers["admin"])
    assert made.status == UploadStatus.APPLIED
