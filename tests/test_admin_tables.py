"""Reference data as tables: taken out, changed, previewed, brought in again through the actions."""

import io
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from reconcile.actions.elections import add_election
from reconcile.deciding import TpsRef, ballot_answers
from reconcile.deciding.ballots import ballot_gaps
from reconcile.deciding.constituencies import Gap
from reconcile.deciding.election import load_election
from reconcile.models import AuditEntry, Election, ElectoralDistrict, Institution, Officer, Place, Role, Tps

pytestmark = pytest.mark.django_db

XLSX, CSV = "0", "1"  # places in `Tables.import_formats`
TABLES = ("tps", "institution", "place", "electoraldistrict", "officer")
TPS_HEAD = ("election", "region_code", "number", "address", "latitude", "longitude", "voters_male", "voters_female")


@pytest.fixture
def admin(client: Client, officers: Any) -> Client:
    client.force_login(officers["admin"], backend="django.contrib.auth.backends.ModelBackend")
    return client


def book(*rows: tuple[Any, ...]) -> bytes:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def preview(admin: Client, table: str, content: bytes, format: str = XLSX) -> Any:
    name = "tabel.xlsx" if format == XLSX else "tabel.csv"
    given = {"import_file": SimpleUploadedFile(name, content), "format": format}
    return admin.post(f"/admin/reconcile/{table}/import/", given)


def bring_in(admin: Client, table: str, content: bytes, format: str = XLSX) -> Any:
    """Preview a table and confirm it, as the page's own form does."""
    shown = preview(admin, table, content, format)
    assert shown.context.get("confirm_form"), shown.content.decode()
    return admin.post(f"/admin/reconcile/{table}/process_import/", shown.context["confirm_form"].initial, follow=True)


@pytest.mark.parametrize("table", TABLES)
def test_every_table_goes_out_and_comes_in_unchanged(admin: Client, election: Any, officers: Any, table: str) -> None:
    Tps.objects.create(election=election, region_code="3316091015", number="001", voters_male=120)
    Institution.objects.create(kind="kpu", name="KPU Kabupaten Blora", regency_code="3316")
    ElectoralDistrict.objects.create(
        election=election, level="dprd_regency", code="331601", name="BLORA 1", region_codes=["331607", "331609"]
    )
    out = admin.post(f"/admin/reconcile/{table}/export/", {"format": XLSX, **_all_fields(admin, table)})
    assert out.status_code == 200
    before = AuditEntry.objects.count()
    shown = preview(admin, table, out.content)
    result = shown.context["result"]
    assert [str(error.error) for row in result.rows for error in row.errors] == []
    assert not result.has_validation_errors()
    assert set(result.totals.items()) >= {("new", 0), ("update", 0)}
    assert AuditEntry.objects.count() == before


def _all_fields(admin: Client, table: str) -> dict[str, str]:
    form = admin.get(f"/admin/reconcile/{table}/export/").context["form"]
    return {form.add_prefix(name): "on" for name, field in form.fields.items() if field.initial is True}


@pytest.mark.parametrize("role", [role.value for role in Role if role is not Role.ADMIN])
def test_nobody_else_is_let_in(client: Client, officers: Any, role: str) -> None:
    client.force_login(officers[role], backend="django.contrib.auth.backends.ModelBackend")
    Officer.objects.filter(pk=officers[role].pk).update(is_staff=True)
    for table in TABLES:
        assert client.get(f"/admin/reconcile/{table}/import/").status_code == 403
        assert client.get(f"/admin/reconcile/{table}/export/").status_code == 403
        assert client.post(f"/admin/reconcile/{table}/process_import/").status_code == 403


def test_polling_stations(admin: Client, election: Any, officers: Any) -> None:
    rows = [
        ("pilkada-2024", "33.16.09.1015", "1", "SD Kunden 1", -6.970001, 111.418002, 120, 131),
        ("pilkada-2024", 3316091015, 901.0, "Aula Rutan", None, None, 51, 0),
    ]
    answer = bring_in(admin, "tps", book(TPS_HEAD, *rows))
    assert answer.status_code == 200
    found = {tps.number: tps for tps in Tps.objects.filter(region_code="3316091015")}
    assert sorted(found) == ["001", "901"]
    assert (str(found["001"].latitude), found["901"].voters_male) == ("-6.970001", 51)
    entries = AuditEntry.objects.filter(what="reference.add")
    assert [entry.by for entry in entries] == [officers["admin"]] * 2


def test_the_preview_stores_nothing(admin: Client, election: Any) -> None:
    row = ("pilkada-2024", "3316091015", "001", "", None, None, 1, 1)
    assert preview(admin, "tps", book(TPS_HEAD, row)).status_code == 200
    assert not Tps.objects.exists()
    assert not AuditEntry.objects.filter(what="reference.add").exists()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("pilkada-2024", "33", "001", "", None, None, 1, 1), "Sepuluh angka"),
        (("pilkada-2024", "3316091015", "001", "", -6.9, None, 1, 1), "tidak cocok satu sama lain"),
        (("pilkada-2024", "3316091015", "001", "", -96.9, 1, 1, 1), "-90"),
    ],
)
def test_a_faulty_row_is_said_in_the_preview(admin: Client, election: Any, row: tuple[Any, ...], said: str) -> None:
    shown = preview(admin, "tps", book(TPS_HEAD, row))
    assert said in shown.content.decode()
    assert not shown.context.get("confirm_form")
    assert not Tps.objects.exists()


def test_districts_in_the_layout_of_the_open_table(admin: Client, election: Any) -> None:
    text = (
        "kode_dapil,jenis_dapil,nama_dapil,kode_wilayah,tingkatan_wilayah,nama,is_pecah\n"
        "331601,DPRD KABUPATEN/KOTA,BLORA 1,331607,Kecamatan,JIKEN,false\n"
        "331601,DPRD KABUPATEN/KOTA,BLORA 1,331609,Kecamatan,BLORA,false\n"
        "331602,DPRD KABUPATEN/KOTA,BLORA 2,331604,Kecamatan,KEDUNGTUBAN,false\n"
    )
    bring_in(admin, "electoraldistrict", text.encode(), CSV)
    found = {each.name: each.region_codes for each in ElectoralDistrict.objects.all()}
    assert found == {"BLORA 1": ["331607", "331609"], "BLORA 2": ["331604"]}


HEAD = "election,kode_dapil,jenis_dapil,nama_dapil,kode_wilayah,tingkatan_wilayah,nama,is_pecah"
ONE, OTHER = "pilkada-2024,331501,DPRD KABUPATEN/KOTA,SATU", "pilkada-2024,331502,DPRD KABUPATEN/KOTA,DUA"
WHOLE = "Kecamatan,X,false"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ((HEAD.replace(",kode_wilayah", ""), ONE + ",Kecamatan,X,false"), "tidak memiliki kolom kode_wilayah"),
        ((HEAD, f"{ONE},331510,{WHOLE}", f"{OTHER},331510,{WHOLE}"), "Wilayah 331510 sudah masuk dapil SATU"),
        ((HEAD, f"{ONE},331510,{WHOLE}", f"{OTHER},3315102001,{WHOLE}"), "Wilayah 3315102001 sudah masuk dapil SATU"),
        ((HEAD, f"{ONE},3315102001,{WHOLE}", f"{OTHER},331510,{WHOLE}"), "Wilayah 331510 sudah masuk dapil SATU"),
        ((HEAD, f"{ONE},331510,{WHOLE}", f"{ONE},331610,{WHOLE}"), "Dapil SATU meliputi 3315, 3316"),
        ((HEAD, f"{ONE},3315,{WHOLE}"), "3315 bukan kode wilayah"),
        ((HEAD, f"{ONE},331510,Kecamatan,X,true"), "tidak memuat wilayah yang masuk satu dapil"),
        ((HEAD, f"{ONE},331510,Kecamatan,X,barangkali"), "Baris 2: isi is_pecah dengan true atau false"),
        ((HEAD, ONE.replace("DPRD KABUPATEN/KOTA", "DPD") + f",331510,{WHOLE}"), "DPD bukan jenis dapil"),
        ((HEAD, f"{ONE},331510,{WHOLE}".replace("2024", "2030")), "Tidak ada pemilihan dengan kode pilkada-2030"),
    ],
)
def test_what_is_wrong_with_an_open_table_is_said(admin: Client, election: Any, rows: Any, said: str) -> None:
    shown = preview(admin, "electoraldistrict", "\n".join(rows).encode(), CSV)
    assert said in shown.content.decode()
    assert not shown.context.get("confirm_form")


def test_an_open_table_in_capitals_with_semicolons_and_a_row_twice(admin: Client, election: Any) -> None:
    rows = (HEAD.upper(), f"{ONE},331510,{WHOLE}", f"{ONE},331510,{WHOLE}", ",,,,,,,")
    bring_in(admin, "electoraldistrict", "\n".join(rows).replace(",", ";").encode(), CSV)
    assert ElectoralDistrict.objects.get().region_codes == ["331510"]


def test_an_open_table_is_of_the_one_election_that_has_districts(admin: Client, election: Any) -> None:
    general = add_election(definition=load_election("pemilu-2024").to_dict(), as_of=date(2024, 2, 1), by=None)
    rows = [row.partition(",")[2] for row in (HEAD, f"{ONE},331510,{WHOLE}")]
    bring_in(admin, "electoraldistrict", "\n".join(rows).encode(), CSV)
    assert ElectoralDistrict.objects.get().election == general
    add_election(definition=load_election("nasional-2029").to_dict(), as_of=date(2029, 2, 1), by=None)
    shown = preview(admin, "electoraldistrict", "\n".join(rows).encode(), CSV)
    assert "Tambahkan kolom election" in shown.content.decode()


def test_a_region_goes_from_one_district_to_another(admin: Client, election: Any) -> None:
    """The whole table counts: not the order of its rows, nor which of its districts are as before."""
    first = (HEAD, f"{ONE},331510,{WHOLE}", f"{OTHER},331511,{WHOLE}", f"{OTHER},331512,{WHOLE}")
    bring_in(admin, "electoraldistrict", "\n".join(first).encode(), CSV)
    then = (HEAD, f"{ONE},331510,{WHOLE}", f"{ONE},331511,{WHOLE}", f"{OTHER},331512,{WHOLE}")
    bring_in(admin, "electoraldistrict", "\n".join(then).encode(), CSV)
    found = {each.name: each.region_codes for each in ElectoralDistrict.objects.all()}
    assert found == {"SATU": ["331510", "331511"], "DUA": ["331512"]}
    wrong = (HEAD, f"{ONE},331512,{WHOLE}", f"{OTHER},331512,{WHOLE}")
    shown = preview(admin, "electoraldistrict", "\n".join(wrong).encode(), CSV)
    assert "Wilayah 331512 sudah masuk dapil SATU" in shown.content.decode()


def test_the_form_of_a_district_says_what_is_wrong(admin: Client, election: Any) -> None:
    given = {
        "election": election.pk, "level": "dprd_regency", "code": "331501", "name": "SATU", "members": 9,
        "region_codes": '["331510"]',
    }  # fmt: skip
    add = "/admin/reconcile/electoraldistrict/add/"
    assert admin.post(add, given).status_code == 302
    shown = admin.post(add, given | {"code": "331502", "name": "DUA"})
    assert "Wilayah 331510 sudah masuk dapil SATU" in shown.content.decode()
    stored = ElectoralDistrict.objects.get()
    again = admin.post(f"/admin/reconcile/electoraldistrict/{stored.pk}/change/", given | {"code": "331509"})
    assert again.status_code == 302
    stored.refresh_from_db()
    assert stored.code == "331509"


SPLIT = (
    "election,kode_dapil,jenis_dapil,nama_dapil,kode_wilayah,tingkatan_wilayah,nama,is_pecah\n"
    "pemilu-2024,331501,DPRD KABUPATEN/KOTA,GROBOGAN 1,331510,Kecamatan,SATU,true\n"
    "pemilu-2024,331501,DPRD KABUPATEN/KOTA,GROBOGAN 1,33.15.10.2001,Desa/Kelurahan,A,false\n"
    "pemilu-2024,331502,DPRD KABUPATEN/KOTA,GROBOGAN 2,331510,Kecamatan,SATU,true\n"
    "pemilu-2024,331502,DPRD KABUPATEN/KOTA,GROBOGAN 2,3315102002,Desa/Kelurahan,B,false\n"
    "pemilu-2024,331502,DPRD KABUPATEN/KOTA,GROBOGAN 2,331511,Kecamatan,DUA,false\n"
)


def test_an_imported_table_decides_ballots_and_a_split_district_needs_the_village(admin: Client, election: Any) -> None:
    """Of Grobogan's council no table comes along: before the import nothing can be said, after it most can."""
    general = add_election(definition=load_election("pemilu-2024").to_dict(), as_of=date(2024, 2, 1), by=None)
    tps = TpsRef.parse("33.15.10.2001/901")
    homes = ("3315102001", "3315102002", "331510", "331511", "331512")

    def answers() -> list[bool | None]:
        rules = Election.objects.get(pk=general.pk).rules
        return [ballot_answers(home, tps, rules)["dprd_regency"] for home in homes]

    assert answers() == [True, None, None, None, None]
    bring_in(admin, "electoraldistrict", SPLIT.encode(), CSV)
    assert answers() == [True, False, None, False, None]
    rules = Election.objects.get(pk=general.pk).rules
    gaps = [ballot_gaps(home, tps, rules) for home in homes]
    assert gaps == [set(), set(), {Gap.VILLAGE}, set(), {Gap.TABLE}]


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        ("331607", "BLORA 1"),
        ("33160", "bukan kode wilayah"),
        ("", "bukan kode wilayah"),
        ("Jepon", "bukan kode wilayah"),
    ],
)
def test_a_region_lies_in_one_district_only(admin: Client, election: Any, codes: str, said: str) -> None:
    ElectoralDistrict.objects.create(
        election=election, level="dprd_regency", code="331601", name="BLORA 1", region_codes=["331607"]
    )
    head = ("election", "level", "code", "name", "members", "region_codes")
    shown = preview(admin, "electoraldistrict", book(head, ("pilkada-2024", "dprd_regency", "331602", "X", 1, codes)))
    assert said in shown.content.decode()
    assert not shown.context.get("confirm_form")


def test_accounts_get_a_role_and_no_password(admin: Client, rutan: Any, officers: Any) -> None:
    head = ("username", "full_name", "role", "place", "is_active")
    bring_in(admin, "officer", book(head, ("baru", "Orang Baru", "kpps", rutan.name, 1)))
    officer = Officer.objects.get(username="baru")
    assert (officer.role, officer.place, officer.has_usable_password()) == (Role.KPPS, rutan, False)
    assert AuditEntry.objects.filter(what="accounts.add_officer", subject=f"Officer:{officer.pk}").count() == 1
    bring_in(admin, "officer", book(head, ("baru", "Orang Baru", "second", rutan.name, 1)))
    assert Officer.objects.get(username="baru").role is Role.SECOND


@pytest.mark.parametrize(("role", "place"), [("nonsense", ""), ("kpps", "")])
def test_accounts_without_a_sound_role_are_refused(admin: Client, officers: Any, role: str, place: str) -> None:
    head = ("username", "full_name", "role", "place", "is_active")
    shown = preview(admin, "officer", book(head, ("baru", "X", role, place, 1)))
    assert not shown.context.get("confirm_form")
    assert not Officer.objects.filter(username="baru").exists()


def test_no_cell_of_an_exported_account_starts_a_formula(admin: Client, rutan: Any) -> None:
    Place.objects.filter(pk=rutan.pk).update(name="=1+1")
    out = admin.post("/admin/reconcile/place/export/", {"format": XLSX, **_all_fields(admin, "place")})
    cells = [cell for row in load_workbook(io.BytesIO(out.content)).active.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)


def test_the_pages_of_a_table_obey_the_strict_policy(admin: Client, election: Any) -> None:
    for page in ("", "import/", "export/", "add/"):
        answer = admin.get(f"/admin/reconcile/tps/{page}")
        assert answer.status_code == 200
        body = answer.content.decode()
        assert "<script>" not in body and " onclick=" not in body and "<style>" not in body
        assert "'unsafe" not in answer.headers["Content-Security-Policy"]
