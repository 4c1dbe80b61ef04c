"""Papers come from what was approved and from nothing else; what was made is noted, or nothing is."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any

import pytest
from approved import approved
from refusals import refused
from views.office import Office, make_office

from reconcile.actions import loans, printing, visits
from reconcile.deciding import TpsRef
from reconcile.models import AuditEntry, CountedAt, Paper, PaperKind, StoredRow, StoredVersion, Tps, VersionStatus
from reconcile.queries.papers import matter_of
from reconcile.queries.versions import version_of
from reconcile.writing.papers import Audience, TypesettingFailed, catalogue

pytestmark = pytest.mark.django_db
KPU = Audience.KPU


@pytest.fixture
def office(election: Any, rutan: Any, polres: Any, officers: Any) -> Office:
    return make_office(election, rutan, polres, officers["admin"])


@pytest.fixture
def stored(office: Office, officers: Any) -> StoredVersion:
    return approved(office.run, office.rutan, officers)


def test_a_paper_is_noted_with_its_fingerprint_and_told_in_the_log(stored: StoredVersion, officers: Any) -> None:
    by = officers["commissioner"]
    made = printing.print_paper(stored=stored, code="voters", audience=KPU, by=by)
    noted = Paper.objects.get()
    assert (noted.name, noted.sha256, noted.size) == (made.name, made.sha256, len(made.content))
    assert (noted.kind, noted.rows, noted.pages, noted.made_by) == (PaperKind.WORKBOOK, made.rows, None, by)
    assert noted.sha256 == hashlib.sha256(made.content).hexdigest()
    entry = AuditEntry.objects.get(what="papers.record_paper")
    assert entry.facts == {"version": stored.pk, "sha256": made.sha256, "rows": made.rows}


def test_the_same_version_gives_the_same_bytes_to_everybody_who_may_see_as_much(
    stored: StoredVersion, officers: Any
) -> None:
    files = [
        printing.print_paper(stored=stored, code="attendance", audience=Audience.OFFICE, by=officers[role]).content
        for role in ("kpps", "second")
    ]
    assert files[0] == files[1]
    assert Paper.objects.count() == 1
    assert AuditEntry.objects.filter(what="papers.record_paper").count() == 2


def test_each_readers_copy_has_its_own_name(stored: StoredVersion, officers: Any) -> None:
    names = [
        printing.print_paper(stored=stored, code="voters", audience=audience, by=officers["admin"]).name
        for audience in Audience
    ]
    assert len(set(names)) == 3
    assert all("versi-1" in name for name in names)


def test_the_pack_notes_every_file_and_comes_again_byte_for_byte(stored: StoredVersion, officers: Any) -> None:
    by = officers["commissioner"]
    pack = printing.print_pack(stored=stored, audience=KPU, by=by)
    assert set(Paper.objects.values_list("sha256", flat=True)) == {pack.sha256, *(one.sha256 for one in pack.papers)}
    whole = Paper.objects.get(kind=PaperKind.PACK)
    assert (whole.rows, whole.size) == (len(pack.papers), len(pack.content))
    again = printing.take_pack(stored=stored, audience=KPU, by=by)
    assert again.content == pack.content
    entry = AuditEntry.objects.get(what="printing.take_pack")
    assert (entry.by, entry.facts["sha256"]) == (by, pack.sha256)


def test_one_fault_and_nothing_is_noted(stored: StoredVersion, officers: Any, monkeypatch: Any) -> None:
    *others, last = catalogue.PAPERS

    def fail(matter: Any) -> Any:
        raise TypesettingFailed("visit: out of paper")

    monkeypatch.setattr(catalogue, "PAPERS", (*others, replace(last, write=fail, has=lambda matter: True)))
    with refused("not_made"):
        printing.print_pack(stored=stored, audience=KPU, by=officers["commissioner"])
    assert not Paper.objects.exists() and not AuditEntry.objects.filter(what__startswith="papers").exists()


def test_no_pack_before_it_is_made_and_none_when_its_other_matter_has_changed(
    stored: StoredVersion, officers: Any
) -> None:
    by = officers["commissioner"]
    with refused("not_packed"):
        printing.take_pack(stored=stored, audience=KPU, by=by)
    printing.print_pack(stored=stored, audience=KPU, by=by)
    place = stored.place
    Tps.objects.create(election=place.election, region_code=place.tps_region, number=place.tps_number, voters_male=900)
    with refused("pack_differs"):
        printing.take_pack(stored=stored, audience=KPU, by=by)
    printing.print_pack(stored=stored, audience=KPU, by=by)
    assert printing.take_pack(stored=stored, audience=KPU, by=by)
    assert Paper.objects.filter(kind=PaperKind.PACK).count() == 2


@pytest.mark.parametrize("status", [VersionStatus.SENT, VersionStatus.RECALLED, VersionStatus.SUPERSEDED])
def test_papers_of_an_approved_version_only(stored: StoredVersion, officers: Any, status: str) -> None:
    stored.status = status
    if status == VersionStatus.SENT:
        stored.approval, stored.approved_at = None, None
    stored.save()
    for deed in (printing.print_pack, printing.take_pack):
        with refused("not_approved"):
            deed(stored=stored, audience=KPU, by=officers["commissioner"])
    with refused("not_approved"):
        printing.print_paper(stored=stored, code="voters", audience=KPU, by=officers["commissioner"])


def test_a_row_altered_in_the_database_is_never_printed(stored: StoredVersion, officers: Any) -> None:
    StoredRow.objects.filter(version=stored, number=1).update(nik="3316091403809999")
    with refused("altered"):
        printing.print_pack(stored=stored, audience=KPU, by=officers["commissioner"])
    with refused("altered"):
        printing.print_letter(stored=stored, number=1, audience=KPU, by=officers["commissioner"])
    assert not Paper.objects.exists()


def test_the_letter_of_one_person(stored: StoredVersion, officers: Any) -> None:
    by = officers["commissioner"]
    rows = version_of(stored).rows
    wanted, *_ = (row.number for row in rows if row.action == "issue_transfer_letter")
    made = printing.print_letter(stored=stored, number=wanted, audience=KPU, by=by)
    assert (made.pages, Paper.objects.get().name) == (1, made.name)
    other, *_ = (row.number for row in rows if row.action != "issue_transfer_letter")
    for number, audience in ((other, KPU), (999, KPU), (wanted, Audience.OFFICE)):
        with refused("no_paper"):
            printing.print_letter(stored=stored, number=number, audience=audience, by=by)


@pytest.mark.parametrize(
    ("code", "audience"),
    [("nothing", KPU), ("letters", Audience.OFFICE), ("roll_call", Audience.PUBLIC), ("change", KPU)],
)
def test_no_paper_that_is_not_for_this_reader_or_that_there_is_not(
    stored: StoredVersion, officers: Any, code: str, audience: Audience
) -> None:
    with refused("no_paper"):
        printing.print_paper(stored=stored, code=code, audience=audience, by=officers["admin"])


def test_the_second_version_has_minutes_of_change(stored: StoredVersion, office: Office, officers: Any) -> None:
    StoredVersion.objects.filter(pk=stored.pk).update(status=VersionStatus.SUPERSEDED)
    office.people["here"].delete()
    second = approved(office.run, office.rutan, officers)
    made = printing.print_paper(stored=second, code="change", audience=KPU, by=officers["commissioner"])
    assert made.rows == 1
    assert matter_of(second, version_of(second), KPU).previous == version_of(stored)


def test_the_supply_is_that_of_the_tps(stored: StoredVersion) -> None:
    place = stored.place
    Tps.objects.create(election=place.election, region_code=place.tps_region, number=place.tps_number, voters_male=40)
    Tps.objects.create(
        election=place.election, region_code=place.tps_region, number="004", voters_male=200, voters_female=100
    )
    supply = matter_of(stored, version_of(stored), KPU).supply
    assert supply and supply.fixed == 40


def test_a_planned_visit_and_chosen_loans_are_on_the_papers(office: Office, officers: Any) -> None:
    """The visit once its time is set, with who votes for certain; a loan before and after its hand-over."""
    by = officers["commissioner"]
    stored = approved(office.run, office.polres, officers)
    visits.plan_visit(place=office.polres, plan={"first_officer": "Siti"}, version=0, by=by)
    lent = loans.choose_loan(
        election=office.election, borrower=office.polres.tps, lender=TpsRef("3316091015", "004"),
        counts={"governor": 2}, by=by,
    )  # fmt: skip
    matter = matter_of(stored, version_of(stored), KPU)
    (hand_over,) = matter.hand_overs
    assert matter.visits == ()
    assert (hand_over.giver, hand_over.ballots, hand_over.day) == ("33.16.09.1015/004", {"governor": 2}, None)
    visits.plan_visit(
        place=office.polres,
        plan={"begins": time(11), "ends": time(12), "first_officer": "Siti", "permit_number": "B/4"},
        version=1,
        by=by,
    )
    when = datetime(2024, 11, 27, 2, 30, tzinfo=UTC)
    told = loans.HandOver("", "Budi", "Wati", "A-1", when, CountedAt.LENDER)
    loans.hand_over(loan=lent, version=1, told=told, by=by)
    stored = StoredVersion.objects.select_related("place__election").get(pk=stored.pk)
    matter = matter_of(stored, version_of(stored), KPU)
    (visit,), (hand_over,) = matter.visits, matter.hand_overs
    assert (visit.officers, visit.permission) == ((("KPPS", "Siti"), ("Pengawas TPS", "")), "B/4")
    assert {matter.by_number[n].outcome for n in visit.people} <= {"fixed_here", "moved_here"}
    assert (hand_over.at, hand_over.seal, hand_over.counted_at) == (time(9, 30), "A-1", "33.16.09.1015/004")
    for code in ("visits", "visit_sheets", "hand_overs"):
        assert printing.print_paper(stored=stored, code=code, audience=KPU, by=by).content


def test_a_chosen_loan_stays_in_the_table_of_loans(stored: StoredVersion, officers: Any) -> None:
    """What is chosen and what is proposed besides together make up what is lacking."""
    place = stored.place
    Tps.objects.create(election=place.election, region_code=place.tps_region, number=place.tps_number, voters_male=1)
    Tps.objects.create(election=place.election, region_code=place.tps_region, number="004", voters_male=300)
    before = matter_of(stored, version_of(stored), KPU).supply
    lender = TpsRef(place.tps_region, "004")
    by = officers["commissioner"]
    loans.choose_loan(election=place.election, borrower=place.tps, lender=lender, counts={"governor": 1}, by=by)
    after = matter_of(stored, version_of(stored), KPU).supply
    assert before and after and before.loans
    assert sum(one.count for one in after.loans) == sum(one.count for one in before.loans)
