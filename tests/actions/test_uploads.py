"""The wizard's steps: recognised, checked, applied, each only from the state it belongs to."""

from itertools import product
from typing import Any

import pytest
from django.utils import timezone
from office_files import PEOPLE, nik, polres_book, roll_text, rutan_book
from refusals import refused
from walking import WHY, applied, begun, checked, put_through, recognised, the_list

from reconcile.actions import applying, checking, recognising, uploads
from reconcile.actions.transitions import move
from reconcile.models import (
    TRANSITIONS,
    AuditEntry,
    HeldEntry,
    HeldPerson,
    ListProblem,
    ListStatus,
    SourceList,
    Upload,
    UploadStatus,
    Voter,
)
from reconcile.queries.obstacles import obstacles
from reconcile.queries.recognition import obstacles_to_reading
from reconcile.reading import Refusal
from reconcile.records import ListKind

pytestmark = pytest.mark.django_db


def entries_of(what: str) -> int:
    return AuditEntry.objects.filter(what=what).count()


def codes(made: Upload) -> list[str]:
    return [each.code for each in obstacles(made)]


class TestStates:
    @pytest.mark.parametrize(("start", "end"), list(product(UploadStatus, UploadStatus)))
    def test_only_the_moves_of_the_table_are_made(
        self, election: Any, officers: Any, start: UploadStatus, end: UploadStatus
    ) -> None:
        made = begun(election, officers["admin"])
        Upload.objects.filter(pk=made.pk).update(status=start, applied_at=timezone.now())
        if end in TRANSITIONS[start]:
            move(made, to=end, out_of={start})
            assert made.status == end
        else:
            with pytest.raises(AssertionError):
                move(made, to=end, out_of={start})
            assert Upload.objects.get(pk=made.pk).status == start

    def test_every_state_can_be_reached_and_left_but_the_last_two(self) -> None:
        reached = {UploadStatus.FILES}.union(*TRANSITIONS.values())
        assert reached == set(UploadStatus)
        assert {state for state, ends in TRANSITIONS.items() if not ends} == {
            UploadStatus.UNDONE, UploadStatus.CANCELLED,
        }  # fmt: skip

    def test_a_stale_page_changes_nothing(self, election: Any, officers: Any) -> None:
        made, by = checked(election, officers["admin"], roll_text()), officers["admin"]
        for act in (
            lambda: uploads.send_files(upload=made, by=by),
            lambda: recognising.confirm_recognition(upload=made, told={}, by=by),
        ):
            with refused("not_now"):
                act()
        assert Upload.objects.get(pk=made.pk).status == UploadStatus.CHECKED


class TestBeginning:
    def test_a_place_of_another_election(self, election: Any, officers: Any, rutan: Any) -> None:
        rutan.election_id = election.pk + 1
        with refused("other_election"):
            begun(election, officers["admin"], place=rutan)

    def test_a_roll_has_no_place(self, election: Any, officers: Any, rutan: Any) -> None:
        with refused("place_differs"):
            begun(election, officers["admin"], kind=ListKind.ROLL, place=rutan)

    def test_what_is_replaced_must_be_in_force(self, election: Any, officers: Any) -> None:
        waiting = the_list(checked(election, officers["admin"], roll_text()))
        with refused("not_in_force"):
            begun(election, officers["admin"], replaces=[waiting])

    def test_an_upload_without_files_is_not_sent(self, election: Any, officers: Any) -> None:
        with refused("no_files"):
            uploads.send_files(upload=begun(election, officers["admin"]), by=officers["admin"])


class TestRecognising:
    def test_a_register_finds_the_only_place_of_its_kind(self, election: Any, officers: Any, rutan: Any) -> None:
        one = the_list(recognised(election, officers["admin"], rutan_book()))
        assert (one.kind, one.place) == (ListKind.RUTAN, rutan)

    def test_of_two_places_one_must_be_chosen(
        self, election: Any, officers: Any, polres: Any, other_place: Any
    ) -> None:
        by = officers["admin"]
        made = recognised(election, by, polres_book(PEOPLE))
        assert [each.code for each in obstacles_to_reading(made, [the_list(made)])] == ["place_needed"]
        with refused("place_needed"):
            recognising.confirm_recognition(upload=made, told={}, by=by)
        told = {the_list(made).pk: recognising.Told(place=other_place)}
        recognising.confirm_recognition(upload=made, told=told, by=by, in_background=False)
        assert the_list(made).place == other_place

    def test_a_register_of_another_kind_of_place(self, election: Any, officers: Any, rutan: Any) -> None:
        made = recognised(election, officers["institution"], polres_book(PEOPLE), place=rutan)
        assert [each.code for each in obstacles_to_reading(made, [the_list(made)])] == ["place_differs"]

    @pytest.mark.parametrize(
        ("content", "why"), [(b"", Refusal.EMPTY), (b"just a letter\nto somebody", Refusal.NOT_A_LIST)]
    )
    def test_a_file_that_is_no_list_is_refused_and_blocks(
        self, election: Any, officers: Any, content: bytes, why: Refusal
    ) -> None:
        made = recognised(election, officers["admin"], content, roll_text())
        bad, good = made.lists.order_by("pk")
        assert (bad.status, bad.refusal, good.status) == (ListStatus.REFUSED, why, ListStatus.STORED)
        with refused("refused"):
            recognising.confirm_recognition(upload=made, told={}, by=officers["admin"])

    def test_a_refused_file_may_come_again(self, election: Any, officers: Any) -> None:
        recognised(election, officers["admin"], b"just a letter")
        assert begun(election, officers["admin"], b"just a letter").lists.count() == 1


class TestChecking:
    def test_every_row_is_accounted_for_and_nothing_counts(self, election: Any, officers: Any) -> None:
        made = checked(election, officers["admin"], roll_text())
        one = the_list(made)
        assert (one.records, one.new, one.changed, one.same) == (len(PEOPLE), len(PEOPLE), 0, 0)
        assert one.rows == one.new + one.changed + one.same + one.rejected + one.skipped
        assert sum(one.endings.values()) == one.rejected + one.skipped
        assert (one.status, Voter.objects.count(), HeldEntry.objects.count()) == (ListStatus.STORED, 0, 0)
        assert made.fingerprint
        assert entries_of("checking.check_upload") == 1

    def test_a_failure_leaves_nothing_and_says_so(
        self, election: Any, officers: Any, caplog: pytest.LogCaptureFixture
    ) -> None:
        made = recognised(election, officers["admin"], roll_text())
        recognising.confirm_recognition(upload=made, told={}, by=officers["admin"], in_background=False)

        def break_off(step: str, done: int, total: int) -> None:
            if step == "comparing" and done:
                raise OSError(f"no room for {PEOPLE[0][0]}")

        checking.check_upload(upload=made, progress=break_off)
        assert (made.status, made.failure, made.fingerprint) == (UploadStatus.RECOGNISED, "failed", "")
        assert not ListProblem.objects.exists()
        assert "OSError" in caplog.text
        assert PEOPLE[0][0] not in caplog.text  # a message may quote the row

    def test_the_number_expected_is_compared(self, election: Any, officers: Any) -> None:
        by = officers["admin"]
        made = checked(election, by, roll_text(), expected=len(PEOPLE) + 1)
        assert codes(made) == ["expected_differs"]
        with refused("expected_differs"):
            uploads.apply(upload=made, fingerprint=made.fingerprint, by=by)
        uploads.change_expected(upload=made, expected=len(PEOPLE), by=by)
        made.refresh_from_db()
        assert codes(made) == []

    def test_a_warning_passes_with_a_reason_only(self, election: Any, officers: Any) -> None:
        by = officers["admin"]
        made = checked(election, by, roll_text(), expected=1)
        with refused("reason_needed"):
            uploads.accept_warnings(upload=made, reason=" ", by=by)
        uploads.accept_warnings(upload=made, reason=WHY, by=by)
        assert codes(made) == []
        assert AuditEntry.objects.get(what="uploads.accept_warnings").facts == {"warnings": ["expected_differs"]}


class TestApplying:
    def test_a_roll(self, election: Any, officers: Any) -> None:
        made = applied(election, officers["admin"], roll_text())
        one = the_list(made)
        assert (one.status, one.kind, one.recognised, one.links) == (ListStatus.ACCEPTED, ListKind.ROLL, {}, {})
        voters = Voter.objects.filter(source_list=one).order_by("line")
        assert [voter.line for voter in voters] == list(range(len(PEOPLE)))
        name, born, serial = PEOPLE[0]
        assert (voters[0].name, voters[0].birth_date, voters[0].nik) == (name, born, nik(born, serial))
        assert (voters[0].tps, voters[0].tps_region) == ("001", "3316091015")
        entry = AuditEntry.objects.get(what="applying.apply_upload")
        assert (entry.by, entry.subject) == (officers["admin"], f"Upload:{made.pk}")
        assert (entry.facts["new"], entry.facts["rows"]) == (len(PEOPLE), one.rows)

    def test_a_register_makes_people(self, election: Any, officers: Any, rutan: Any) -> None:
        one = the_list(applied(election, officers["admin"], rutan_book()))
        assert str(one.as_of) == "2024-11-01"
        entry = HeldEntry.objects.get(source_list=one, line=0)
        assert (entry.registration_number, entry.address[:11]) == ("BIIa 1/2024", "DK SUMBERJO")
        assert HeldPerson.objects.count() == len(PEOPLE)

    def test_nothing_of_the_offence_or_the_religion_is_stored(self, election: Any, officers: Any, rutan: Any) -> None:
        applied(election, officers["admin"], rutan_book())
        stored = str(list(HeldEntry.objects.values())) + str(list(SourceList.objects.values("recognised", "links")))
        assert "KUHP" not in stored
        assert "ISLAM" not in stored

    def test_all_files_or_none(
        self, election: Any, officers: Any, rutan: Any, caplog: pytest.LogCaptureFixture
    ) -> None:
        made = checked(election, officers["admin"], roll_text(), rutan_book())
        uploads.apply(upload=made, fingerprint=made.fingerprint, by=officers["admin"], in_background=False)

        def break_off(step: str, done: int, total: int) -> None:
            if done == total:
                assert HeldEntry.objects.exists()
                raise OSError

        applying.apply_upload(upload=made, progress=break_off)
        assert (made.status, made.failure) == (UploadStatus.CHECKED, "failed")
        assert not HeldEntry.objects.exists()
        assert not HeldPerson.objects.exists()
        assert not SourceList.objects.accepted().exists()
        assert put_through(made, officers["admin"]).status == UploadStatus.APPLIED
        assert (Voter.objects.count(), HeldEntry.objects.count()) == (len(PEOPLE), len(PEOPLE))

    def test_numbers_of_another_state_are_not_applied(self, election: Any, officers: Any) -> None:
        by = officers["admin"]
        made = checked(election, by, roll_text())
        applied(election, by, roll_text(tps="002"), name="lain")
        uploads.apply(upload=made, fingerprint=made.fingerprint, by=by, in_background=False)
        applying.apply_upload(upload=made)
        assert (made.status, made.failure) == (UploadStatus.TO_CHECK, "moved")
        assert SourceList.objects.accepted().count() == 1
        checking.check_upload(upload=made)
        assert codes(made) == ["doubles"]  # what the numbers did not show before

    def test_a_page_with_other_numbers_is_refused(self, election: Any, officers: Any) -> None:
        made = checked(election, officers["admin"], roll_text())
        with refused("moved"):
            uploads.apply(upload=made, fingerprint="0" * 64, by=officers["admin"])

    def test_cancelled_counts_nothing(self, election: Any, officers: Any) -> None:
        made = checked(election, officers["admin"], roll_text())
        uploads.cancel_upload(upload=made, by=officers["admin"])
        assert (made.status, the_list(made).status) == (UploadStatus.CANCELLED, ListStatus.WITHDRAWN)
        with refused("not_now"):
            uploads.apply(upload=made, fingerprint=made.fingerprint, by=officers["admin"])
