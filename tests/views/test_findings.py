"""The right to vote on the screens: recorded, confirmed, refused, taken back; papers given out by role and noted."""

from typing import Any

import pytest
from scans import PDF, paper

from reconcile.actions import findings
from reconcile.models import AuditEntry, Finding, Officer, PersonOutcome

pytestmark = pytest.mark.django_db

NOTE = "Putusan 12/Pid/2024"


def record(office: Any, browser: Any, who: str = "here", **changes: Any) -> Any:
    given = {"what": "revoked-", "note": NOTE, "file": paper(name="surat WAGIYO.pdf"), **changes}
    return browser.post(office.path(who) + "findings/", {k: v for k, v in given.items() if v is not None}, follow=True)


def outcome_of(office: Any, who: str = "here") -> PersonOutcome:
    return PersonOutcome.objects.get(pk=office.people[who].pk)


def test_two_officers_take_a_vote_on_the_page(office: Any, as_: Any) -> None:
    first, second = as_("kpps"), as_("second")
    page = record(office, first).content.decode()
    assert "menunggu petugas kedua" in page
    assert "Terbukti: setujui" not in page  # not to who recorded it
    assert outcome_of(office).outcome == "fixed_here"
    shown = second.get(office.path("here")).content.decode()
    assert NOTE in shown
    assert "Terbukti: setujui" in shown
    finding = Finding.objects.get()
    answer = second.post(f"/findings/{finding.pk}/confirm/")
    assert answer.headers["Location"] == office.path("here") + "#findings"
    assert (outcome_of(office).outcome, outcome_of(office).provisional) == ("ineligible", False)
    after = second.get(office.path("here")).content.decode()
    assert "disetujui oleh Second" in after
    assert "Hak pilih dicabut" in after


def test_the_second_refuses(office: Any, as_: Any) -> None:
    record(office, as_("kpps"))
    finding = Finding.objects.get()
    as_("second").post(f"/findings/{finding.pk}/refuse/", {"note": "nama lain"})
    page = as_("kpps").get(office.path("here")).content.decode()
    assert "ditolak petugas kedua" in page
    assert "nama lain" in page


def test_taken_back(office: Any, as_: Any) -> None:
    record(office, as_("kpps"), "doubt", what="married")
    finding = Finding.objects.get()
    as_("kpps").post(f"/findings/{finding.pk}/withdraw/", {"note": "salah orang"})
    assert "ditarik kembali oleh Kpps" in as_("kpps").get(office.path("doubt")).content.decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"file": None}, "Tanpa bukti"),
        ({"note": ""}, "tidak boleh kosong"),
        ({"what": ""}, "tidak boleh kosong"),
        ({"what": "serving-9"}, "serving-9"),
        ({"file": paper(b"MZ program")}, "Hanya berkas PDF"),
        ({"file": paper(b"")}, "kosong"),
    ],
)
def test_what_lacks_something_is_refused_in_a_sentence(office: Any, as_: Any, changes: Any, said: str) -> None:
    page = record(office, as_("kpps"), **changes).content.decode()
    assert said in page
    assert not Finding.objects.exists()


def test_the_form_has_the_codes_of_this_election(office: Any, as_: Any) -> None:
    page = as_("kpps").get(office.path("here")).content.decode()
    for option in ("7 Polri", "6 TNI", "5 Warga negara asing", "1 Meninggal", "3 Di bawah umur", "Hak pilih dicabut"):
        assert option in page
    assert "GANDA" not in page


def test_a_paper_is_given_to_who_may_see_it_and_the_log_knows(office: Any, as_: Any, officers: Any) -> None:
    record(office, as_("kpps"))
    kept = Finding.objects.get().evidence.get()
    answer = as_("commissioner").get(f"/evidence/{kept.pk}/")
    assert b"".join(answer.streaming_content) == PDF
    assert answer.headers["Content-Disposition"] == f'attachment; filename="bukti-{kept.pk}.pdf"'
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]
    entry = AuditEntry.objects.get(what="evidence.download")
    assert (entry.by, entry.subject) == (officers["commissioner"], f"Evidence:{kept.pk}")
    assert "WAGIYO" not in str(entry.facts)


@pytest.mark.parametrize("role", ["admin", "institution", "observer"])
def test_others_see_neither_paper_nor_finding(office: Any, as_: Any, role: str) -> None:
    record(office, as_("kpps"))
    kept = Finding.objects.get().evidence.get()
    assert as_(role).get(f"/evidence/{kept.pk}/").status_code == 403
    assert NOTE not in as_(role).get(office.path("here")).content.decode()
    assert not AuditEntry.objects.filter(what="evidence.download").exists()


def test_a_paper_has_no_other_address(office: Any, as_: Any) -> None:
    record(office, as_("kpps"))
    kept = Finding.objects.get().evidence.get()
    for path in (f"/{kept.file.name}", f"/files/{kept.file.name}", f"/media/{kept.file.name}"):
        assert as_("kpps").get(path).status_code == 404


def test_the_list_counts_by_code_and_opens_each_count(office: Any, as_: Any) -> None:
    kpps, second = as_("kpps"), as_("second")
    assert "Belum ada yang ditetapkan" in kpps.get("/findings/").content.decode()
    record(office, kpps)
    record(office, kpps, "letter", what="married")
    record(office, second, "doubt", what="serving-7")
    record(office, kpps, "absent")
    by = Officer.objects.get(username="second")
    one = Finding.objects.get(person=office.people["absent"].person_id)
    findings.refuse_finding(finding=one, outcome=office.people["absent"], note="tidak", by=by)
    page = kpps.get("/findings/")
    rows = {row.key: (row.waiting, row.counts, row.over) for row in page.context["rows"]}
    assert rows == {"revoked-x-DPT": (1, 0, 1), "under_age-married-DPT": (0, 1, 0), "serving-7-DPT": (1, 0, 0)}
    assert page.context["totals"] == {"waiting": 2, "counts": 1, "over": 1, "all": 4}
    for row in page.context["rows"]:
        for status in ("waiting", "counts", "over", ""):
            found = kpps.get(f"/findings/?code={row.key}&status={status}").context["lines"]
            assert len(found) == (getattr(row, status) if status else row.all)
    assert page.context["lines"][0].finding.status == "waiting"  # what must be done comes first


def test_home_says_what_waits_for_a_second_officer(office: Any, as_: Any, stranger: Any) -> None:
    record(office, as_("kpps"))
    assert "1 menunggu petugas kedua" in as_("second").get("/").content.decode()
    assert "menunggu petugas kedua" not in as_("admin").get("/").content.decode()
    assert "menunggu petugas kedua" not in stranger.get("/").content.decode()


def test_another_place_sees_none_of_it(office: Any, as_: Any, stranger: Any) -> None:
    record(office, as_("kpps"))
    finding = Finding.objects.get()
    assert not stranger.get("/findings/").context["lines"]
    for deed in ("confirm", "refuse", "withdraw", "evidence"):
        assert stranger.post(f"/findings/{finding.pk}/{deed}/", {"note": "x"}).status_code == 404
    assert Finding.objects.get().status == "waiting"


def test_query_budget(office: Any, as_: Any, django_assert_max_num_queries: Any) -> None:
    record(office, as_("kpps"))
    record(office, as_("kpps"), "letter", what="married")
    browser = as_("commissioner")
    with django_assert_max_num_queries(13):
        browser.get("/findings/")
