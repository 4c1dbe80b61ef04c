"""A newer list of the same source: who comes, goes and changes; nobody counted twice; mass changes confirmed."""

from datetime import date
from typing import Any

import pytest
from office_files import PEOPLE, polres_book, roll_text, rutan_book
from refusals import refused
from walking import WHY, applied, checked, put_through, the_list

from reconcile.actions import links, uploads
from reconcile.models import (
    ChangeKind,
    HeldEntry,
    HeldPerson,
    ListStatus,
    PersonLink,
    RowChange,
    SourceList,
    Upload,
    UploadStatus,
    Verdict,
)
from reconcile.queries.obstacles import obstacles

pytestmark = pytest.mark.django_db

NEWCOMER = ("ORANG BARU SEKALI", date(1993, 2, 4), 9009)
LATER = "8 NOVEMBER 2024"


def codes(made: Upload) -> list[str]:
    return [each.code for each in obstacles(made)]


def persons(made: Upload) -> dict[str, int]:
    """Return the person of each name of an upload's register."""
    return dict(HeldEntry.objects.filter(source_list__upload=made).values_list("name", "person_id"))


def kinds(made: Upload) -> dict[str, list[str]]:
    return {
        kind: sorted(RowChange.objects.filter(upload=made, kind=kind).values_list("name", flat=True))
        for kind in ChangeKind.values
    }


class TestRegisters:
    def test_who_comes_and_who_goes(self, election: Any, officers: Any, rutan: Any) -> None:
        by = officers["admin"]
        applied(election, by, rutan_book())
        later = checked(election, by, rutan_book((*PEOPLE[1:], NEWCOMER), LATER))
        one = the_list(later)
        assert (one.new, one.changed, one.same) == (1, 0, len(PEOPLE) - 1)
        assert (later.before, later.gone) == (len(PEOPLE), 1)
        assert kinds(later)["new"] == [NEWCOMER[0]]
        assert kinds(later)["gone"] == [PEOPLE[0][0]]

    def test_people_carry_over(self, election: Any, officers: Any, rutan: Any) -> None:
        by = officers["admin"]
        first = applied(election, by, rutan_book())
        before = persons(first)
        second = applied(election, by, rutan_book((*PEOPLE[1:], NEWCOMER), LATER), other=officers["admin2"])
        after = persons(second)
        assert {name: after[name] for name, _, _ in PEOPLE[1:]} == {name: before[name] for name, _, _ in PEOPLE[1:]}
        assert after[NEWCOMER[0]] not in before.values()
        assert HeldPerson.objects.count() == len(PEOPLE) + 1
        assert SourceList.objects.current() == [the_list(second)]
        assert the_list(first).status == ListStatus.ACCEPTED  # kept as history

    def test_a_new_register_number_is_a_change_of_the_same_person(
        self, election: Any, officers: Any, rutan: Any
    ) -> None:
        by = officers["admin"]
        applied(election, by, rutan_book(register="AIII"))
        later = checked(election, by, rutan_book(stands=LATER))
        assert (the_list(later).new, the_list(later).changed, later.gone) == (0, len(PEOPLE), 0)
        change = RowChange.objects.get(upload=later, name=PEOPLE[0][0])
        assert change.fields == {
            "registration_number": ["AIII 1/2024", "BIIa 1/2024"], "register_class": ["A.III", "B.IIa"],
        }  # fmt: skip

    def test_identity_numbers_are_told_as_changed_only(self, election: Any, officers: Any, rutan: Any) -> None:
        by = officers["admin"]
        applied(election, by, rutan_book())
        other = [(PEOPLE[0][0], PEOPLE[0][1], 9011), *PEOPLE[1:]]
        later = checked(election, by, rutan_book(other, LATER))
        changed = RowChange.objects.filter(upload=later, kind="changed", name=PEOPLE[0][0]).values_list("fields")
        assert [fields["nik"] for (fields,) in changed] == [["", ""]]

    def test_who_comes_back_is_the_same_person(self, election: Any, officers: Any, rutan: Any) -> None:
        by, other = officers["admin"], officers["admin2"]
        first = applied(election, by, rutan_book())
        applied(election, by, rutan_book(PEOPLE[1:], LATER), other=other)
        third = applied(election, by, rutan_book(PEOPLE, "9 NOVEMBER 2024"), other=other)
        assert persons(third) == persons(first)
        assert the_list(third).new == 1
        back = RowChange.objects.get(upload=third, kind="new")
        assert back.fields == {"last_seen": ["2024-11-01", ""]}

    def test_who_is_brought_from_the_cells_is_the_same_person(
        self, election: Any, officers: Any, rutan: Any, polres: Any
    ) -> None:
        by = officers["admin"]
        cells = applied(election, by, polres_book(PEOPLE[:2]))
        register = applied(election, by, rutan_book())
        assert persons(cells).items() <= {name: persons(register)[name] for name, _, _ in PEOPLE[:2]}.items()
        moved = RowChange.objects.get(upload=register, name=PEOPLE[0][0])
        assert moved.fields == {"place": [polres.name, rutan.name]}

    def test_two_files_of_one_date_are_one_snapshot(self, election: Any, officers: Any, rutan: Any) -> None:
        by = officers["admin"]
        applied(election, by, rutan_book(PEOPLE[:3]), rutan_book(PEOPLE[3:]))
        later = applied(election, by, rutan_book(PEOPLE[:3], LATER), rutan_book(PEOPLE[3:], LATER))
        assert (later.before, later.gone) == (len(PEOPLE), 0)
        assert sum(one.new for one in later.lists.all()) == 0

    def test_the_second_file_of_a_date_is_not_everybody_new(self, election: Any, officers: Any, rutan: Any) -> None:
        by, other = officers["admin"], officers["admin2"]
        applied(election, by, rutan_book(PEOPLE[:3]), rutan_book(PEOPLE[3:]))
        half = applied(election, by, rutan_book(PEOPLE[:3], LATER), other=other)
        assert half.gone == len(PEOPLE) - 3
        rest = applied(election, by, rutan_book(PEOPLE[3:], LATER), other=other)
        assert (the_list(rest).new, rest.gone) == (0, 0)
        assert len(SourceList.objects.current()) == 2

    def test_an_older_register_becomes_history_and_needs_a_reason(
        self, election: Any, officers: Any, rutan: Any
    ) -> None:
        by = officers["admin"]
        first = applied(election, by, rutan_book())
        older = checked(election, by, rutan_book(PEOPLE[1:], "8 OKTOBER 2024"))
        assert (older.gone, codes(older)) == (0, ["older"])
        put_through(older, by)
        assert SourceList.objects.current() == [the_list(first)]


class TestDoubles:
    def test_a_corrected_roll_is_asked_about(self, election: Any, officers: Any) -> None:
        by = officers["admin"]
        first = the_list(applied(election, by, roll_text()))
        corrected = checked(election, by, roll_text((*PEOPLE[:-1], NEWCOMER)))
        assert corrected.doubles == [{"list": first.pk, "rows": len(PEOPLE) - 1}]
        with refused("doubles"):
            uploads.apply(upload=corrected, fingerprint=corrected.fingerprint, by=by)

    def test_replacing_counts_nobody_twice(self, election: Any, officers: Any) -> None:
        from reconcile.actions.checking import check_upload

        by = officers["admin"]
        first = applied(election, by, roll_text())
        corrected = checked(election, by, roll_text((*PEOPLE[:-1], NEWCOMER)))
        uploads.settle_doubles(upload=corrected, replace=True, by=by, in_background=False)
        check_upload(upload=corrected)
        one = the_list(corrected)
        assert (one.new, one.changed, one.same, corrected.gone) == (1, 0, len(PEOPLE) - 1, 1)
        assert (corrected.before, codes(corrected)) == (len(PEOPLE), [])
        put_through(corrected, by)
        assert SourceList.objects.current() == [one]
        assert (the_list(first).status, the_list(first).replaced_by) == (ListStatus.REPLACED, corrected)

    def test_both_may_be_right(self, election: Any, officers: Any) -> None:
        by = officers["admin"]
        applied(election, by, roll_text())
        second = checked(election, by, roll_text(tps="002"))
        assert codes(second) == ["doubles"]
        put_through(second, by)
        assert len(SourceList.objects.current()) == 2

    def test_what_was_said_to_be_replaced_is_not_asked_again(self, election: Any, officers: Any) -> None:
        by = officers["admin"]
        first = the_list(applied(election, by, roll_text()))
        second = checked(election, by, roll_text((*PEOPLE, NEWCOMER)), replaces=[first])
        assert (second.doubles, the_list(second).new, the_list(second).same) == ([], 1, len(PEOPLE))

    def test_two_files_of_one_upload(self, election: Any, officers: Any) -> None:
        by = officers["admin"]
        made = checked(election, by, roll_text(), roll_text((*PEOPLE, NEWCOMER)))
        assert [double["rows"] for double in made.doubles] == [len(PEOPLE)]
        with refused("own_doubles"):
            uploads.settle_doubles(upload=made, replace=True, by=by)

    def test_a_corrected_register_of_the_same_date(self, election: Any, officers: Any, rutan: Any) -> None:
        by = officers["admin"]
        first = the_list(applied(election, by, rutan_book()))
        second = checked(election, by, rutan_book((*PEOPLE, NEWCOMER)))
        assert codes(second) == ["doubles"]
        third = applied(election, by, rutan_book((NEWCOMER, *PEOPLE)), replaces=[first])
        assert SourceList.objects.current() == [the_list(third)]
        assert (the_list(third).new, third.gone) == (1, 0)


class TestMassChange:
    @pytest.fixture
    def shrunk(self, election: Any, officers: Any, rutan: Any) -> Upload:
        crowd = [(f"ORANG {chr(65 + n)}", date(1970 + n, 1 + n % 12, 3), 9100 + n) for n in range(20)]
        applied(election, officers["admin"], rutan_book(crowd))
        return checked(election, officers["admin"], rutan_book(crowd[:8], LATER))

    def test_asks_another_administrator_for_a_reason(self, shrunk: Upload, officers: Any) -> None:
        by, other = officers["admin"], officers["admin2"]
        assert (shrunk.before, shrunk.gone, codes(shrunk)) == (20, 12, ["mass_change"])
        with refused("mass_change"):
            uploads.apply(upload=shrunk, fingerprint=shrunk.fingerprint, by=by)
        with refused("own"):
            uploads.confirm_change(upload=shrunk, reason=WHY, by=by)
        with refused("reason_needed"):
            uploads.confirm_change(upload=shrunk, reason="ya", by=other)
        uploads.confirm_change(upload=shrunk, reason=WHY, by=other)
        assert put_through(shrunk, by).status == UploadStatus.APPLIED

    def test_new_numbers_must_be_confirmed_anew(self, shrunk: Upload, officers: Any) -> None:
        uploads.confirm_change(upload=shrunk, reason=WHY, by=officers["admin2"])
        uploads.try_again(upload=shrunk, by=officers["admin"], in_background=False)
        assert (shrunk.confirmed_by, shrunk.confirmed_reason) == (None, "")

    def test_the_limit_is_a_setting_of_the_election(self, shrunk: Upload, election: Any) -> None:
        shrunk.election.change_limit = 60
        assert codes(shrunk) == []


class TestLinks:
    @pytest.fixture
    def link(self, election: Any, officers: Any, rutan: Any) -> PersonLink:
        """A row of a later snapshot, and a person known before whom it may be."""
        first = applied(election, officers["admin"], rutan_book(PEOPLE[:1]))
        second = applied(election, officers["admin"], rutan_book([NEWCOMER], LATER))
        known = HeldEntry.objects.get(source_list__upload=first)
        entry = HeldEntry.objects.get(source_list__upload=second)
        return PersonLink.objects.create(entry=entry, person=known.person, probability=0.7)

    def test_the_same_person(self, link: PersonLink, officers: Any) -> None:
        links.settle_link(link=link, verdict=Verdict.SAME, by=officers["kpps"])
        assert HeldEntry.objects.get(pk=link.entry_id).person_id == link.person_id
        assert (link.verdict, link.by) == (Verdict.SAME, officers["kpps"])

    def test_two_people(self, link: PersonLink, officers: Any) -> None:
        before = link.entry.person_id
        links.settle_link(link=link, verdict=Verdict.DIFFERENT, by=officers["kpps"])
        assert HeldEntry.objects.get(pk=link.entry_id).person_id == before != link.person_id

    def test_the_second_officer_is_told_who_was_first(self, link: PersonLink, officers: Any) -> None:
        links.settle_link(link=link, verdict=Verdict.SAME, by=officers["kpps"])
        with refused("decided") as refusal:
            links.settle_link(link=link, verdict=Verdict.DIFFERENT, by=officers["second"])
        assert "Kpps" in str(refusal.value)
