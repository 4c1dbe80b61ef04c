"""Uploads: stored once, accepted whole or refused with a reason, safe against dead and sleeping workers."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from office_files import PEOPLE, nik, polres_book, roll_text, rutan_book, upload
from refusals import refused

from reconcile.actions import claims, lists
from reconcile.models import AuditEntry, HeldEntry, HeldPerson, ListRefusal, ListStatus, SourceList, Voter
from reconcile.reading import Refusal
from reconcile.records import ListKind

pytestmark = pytest.mark.django_db


def store(election: Any, by: Any, content: bytes, **changes: Any) -> SourceList:
    given = {"kind": None, "place": None, "file_name": "daftar.csv", "in_background": False}
    return lists.store_list(election=election, file=upload(content), by=by, **{**given, **changes})


def accepted(*args: Any, **changes: Any) -> SourceList:
    source_list = lists.accept_list(source_list=store(*args, **changes))
    assert source_list.status == ListStatus.ACCEPTED, source_list.refusal
    return source_list


def entries_of(what: str) -> int:
    return AuditEntry.objects.filter(what=what).count()


class TestStoring:
    def test_keeps_the_bytes_under_a_name_of_our_own(self, election: Any, officers: Any) -> None:
        stored = store(election, officers["admin"], roll_text(), file_name="C:\\data\\..\\DPT Kunden.csv")
        assert stored.file_name == "DPT Kunden.csv"
        assert "DPT" not in stored.file.name
        path = Path(stored.file.path)
        assert path.read_bytes() == roll_text()
        assert path.stat().st_mode & 0o077 == 0
        assert (stored.status, stored.size, stored.rows) == (ListStatus.STORED, len(roll_text()), 0)

    def test_leaves_one_audit_entry_one_job_and_its_successor(self, election: Any, officers: Any) -> None:
        stored = store(election, officers["admin"], roll_text(), in_background=True)
        assert entries_of("lists.store_list") == 1
        assert [job.args_kwargs["args"] for job in DBTaskResult.objects.all()] == [[stored.pk]] * 2
        lease_ends = timezone.now() + claims.LEASE
        successors = DBTaskResult.objects.filter(run_after__range=(lease_ends, lease_ends + timedelta(hours=1)))
        assert successors.count() == 1

    def test_refuses_the_same_file_with_the_date_of_the_first(self, election: Any, officers: Any) -> None:
        first = store(election, officers["admin"], roll_text(), file_name="asli.csv")
        with refused("same_file") as refusal:
            store(election, officers["admin"], roll_text(), file_name="salinan.csv")
        assert "asli.csv" in str(refusal.value)
        assert str(timezone.localtime(first.created).year) in str(refusal.value)
        assert SourceList.objects.count() == entries_of("lists.store_list") == 1
        assert len(list(Path(first.file.path).parent.iterdir())) == 1

    def test_takes_a_refused_file_again(self, election: Any, officers: Any, polres: Any, rutan: Any) -> None:
        book = rutan_book()
        first = lists.accept_list(source_list=store(election, officers["admin"], book, place=polres))
        assert first.refusal == ListRefusal.PLACE_DIFFERS
        again = accepted(election, officers["admin"], book, place=rutan)
        assert again.pk == first.pk
        assert (again.place, again.refusal) == (rutan, "")

    def test_refuses_what_is_too_large(self, election: Any, officers: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(lists, "MOST_BYTES", 10)
        with refused("too_large"):
            store(election, officers["admin"], roll_text())


class TestAccepting:
    def test_a_roll(self, election: Any, officers: Any) -> None:
        source_list = accepted(election, officers["commissioner"], roll_text())
        assert source_list.kind == ListKind.ROLL
        assert (source_list.records, source_list.rejected) == (len(PEOPLE), 0)
        assert source_list.rows == source_list.records + source_list.rejected + source_list.skipped
        assert sum(source_list.endings.values()) == source_list.rejected + source_list.skipped
        voters = Voter.objects.filter(source_list=source_list).order_by("line")
        assert [voter.line for voter in voters] == list(range(len(PEOPLE)))
        name, born, serial = PEOPLE[0]
        assert (voters[0].name, voters[0].birth_date, voters[0].nik) == (name, born, nik(born, serial))
        assert (voters[0].tps, voters[0].tps_region) == ("001", "3316091015")
        entry = AuditEntry.objects.get(what="lists.accept_list")
        assert (entry.by, entry.subject) == (officers["commissioner"], f"SourceList:{source_list.pk}")
        assert entry.facts["records"] == len(PEOPLE)

    def test_a_register_finds_the_only_place_of_its_kind(self, election: Any, officers: Any, rutan: Any) -> None:
        source_list = accepted(election, officers["admin"], rutan_book())
        assert source_list.place == rutan
        assert str(source_list.as_of) == "2024-11-01"
        entry = HeldEntry.objects.get(source_list=source_list, line=0)
        assert entry.person.place == rutan
        assert (entry.registration_number, entry.address[:11]) == ("BIIa 1/2024", "DK SUMBERJO")
        assert HeldPerson.objects.count() == len(PEOPLE)

    def test_nothing_of_the_offence_or_the_religion_is_stored(self, election: Any, officers: Any) -> None:
        accepted(election, officers["admin"], rutan_book())
        stored = str(list(HeldEntry.objects.values()))
        assert "KUHP" not in stored
        assert "ISLAM" not in stored

    def test_a_later_snapshot_knows_the_same_people(self, election: Any, officers: Any) -> None:
        accepted(election, officers["admin"], rutan_book())
        later = (*PEOPLE[1:], ("ORANG BARU SEKALI", PEOPLE[0][1], 9009))
        second = accepted(election, officers["admin"], rutan_book(later, "8 NOVEMBER 2024"))
        assert HeldPerson.objects.count() == len(PEOPLE) + 1
        stayed = HeldEntry.objects.filter(source_list=second, line__lt=len(PEOPLE) - 1)
        assert all(entry.person.entries.count() == 2 for entry in stayed)

    def test_two_rows_of_one_key_are_not_joined(self, election: Any, officers: Any) -> None:
        accepted(election, officers["admin"], rutan_book())
        twice = (PEOPLE[0], PEOPLE[0], *PEOPLE[1:])
        accepted(election, officers["admin"], rutan_book(twice, "8 NOVEMBER 2024"))
        assert HeldPerson.objects.count() == len(PEOPLE) + 2

    @pytest.mark.parametrize(
        ("content", "changes", "why"),
        [
            (b"", {}, Refusal.EMPTY),
            (b"just a letter\nto somebody", {}, Refusal.NOT_A_LIST),
            (roll_text(), {"kind": ListKind.RUTAN}, ListRefusal.KIND_DIFFERS),
            (roll_text(), {"place": "rutan"}, ListRefusal.KIND_DIFFERS),
            (rutan_book(), {"place": "polres"}, ListRefusal.PLACE_DIFFERS),
            (polres_book(PEOPLE), {"place": None}, ListRefusal.PLACE_NEEDED),
        ],
    )
    def test_refuses(self, election: Any, officers: Any, request: Any, content: bytes, changes: Any, why: str) -> None:
        request.getfixturevalue("other_place")  # a second police cell: not clear which one
        if isinstance(changes.get("place"), str):
            changes = {"place": request.getfixturevalue(changes["place"])}
        found = lists.accept_list(source_list=store(election, officers["admin"], content, **changes))
        assert (found.status, found.refusal, found.rows) == (ListStatus.REFUSED, why, 0)
        assert AuditEntry.objects.get(what="lists.accept_list").facts == {"refused": why}
        assert not Voter.objects.exists()
        assert not HeldPerson.objects.exists()

    def test_a_failure_in_the_middle_leaves_no_rows(
        self, election: Any, officers: Any, caplog: pytest.LogCaptureFixture
    ) -> None:
        def break_off(step: str, done: int, total: int) -> None:
            if step == "storing" and done:
                assert Voter.objects.exists()
                raise OSError(f"no room for {PEOPLE[0][0]}")

        source_list = store(election, officers["admin"], roll_text())
        lists.accept_list(source_list=source_list, progress=break_off)
        assert (source_list.status, source_list.refusal) == (ListStatus.REFUSED, ListRefusal.FAILED)
        assert not Voter.objects.exists()
        assert "OSError" in caplog.text
        assert PEOPLE[0][0] not in caplog.text  # a message may quote the row

    def test_refuses_what_is_finished(self, election: Any, officers: Any) -> None:
        source_list = accepted(election, officers["admin"], roll_text())
        with refused("taken"):
            lists.accept_list(source_list=source_list)
        assert entries_of("lists.accept_list") == 1


class TestDeadWorkers:
    def in_hand(self, election: Any, by: Any, silent: timedelta, attempt: int = 1) -> SourceList:
        source_list = store(election, by, roll_text())
        heartbeat = timezone.now() - silent
        taken = {"status": ListStatus.READING, "heartbeat": heartbeat, "attempt": attempt}
        SourceList.objects.filter(pk=source_list.pk).update(**taken)
        return source_list

    def test_a_silent_worker_is_replaced(self, election: Any, officers: Any) -> None:
        source_list = self.in_hand(election, officers["admin"], claims.LEASE + timedelta(seconds=1))
        assert lists.accept_list(source_list=source_list).status == ListStatus.ACCEPTED
        assert source_list.attempt == 2

    def test_a_working_worker_is_not(self, election: Any, officers: Any) -> None:
        source_list = self.in_hand(election, officers["admin"], claims.LEASE - timedelta(seconds=5))
        with refused("taken"):
            lists.accept_list(source_list=source_list)

    def test_what_killed_three_workers_is_given_up(self, election: Any, officers: Any) -> None:
        silent = claims.LEASE + timedelta(seconds=1)
        source_list = self.in_hand(election, officers["admin"], silent, claims.MOST_ATTEMPTS)
        assert lists.accept_list(source_list=source_list).refusal == ListRefusal.GAVE_UP

    def test_a_worker_that_wakes_up_late_stores_nothing(self, election: Any, officers: Any) -> None:
        source_list = store(election, officers["admin"], roll_text())

        def taken_over(step: str, done: int, total: int) -> None:
            if step == "storing" and done:
                SourceList.objects.filter(pk=source_list.pk).update(attempt=2)

        lists.accept_list(source_list=source_list, progress=taken_over)
        assert not Voter.objects.exists()
        assert not AuditEntry.objects.filter(what="lists.accept_list").exists()
        # (in this test the take-over is rolled back with the rows: it stood in the same transaction)
        assert source_list.status == ListStatus.READING
