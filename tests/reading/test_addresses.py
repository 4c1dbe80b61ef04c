import pytest

from reconcile.reading.addresses import Address, read_address, resolve
from reconcile.reading.homes import regency_of

KUNDEN, KADENGAN = "3316091015", "3316022012"


@pytest.mark.parametrize(
    "written, rt, rw",
    [
        ("DK SUMBERJO RT 1 RW 2", "1", "2"),
        ("DK SUMBERJO RT.001/RW.002", "1", "2"),
        ("DK SUMBERJO RT 01/02", "1", "2"),
        ("DK SUMBERJO RT/RW 001/002", "1", "2"),
        ("DK SUMBERJO RT/RW: 1 / 2", "1", "2"),
        ("DK SUMBERJO RT01RW02", "1", "2"),
        ("RW 2 RT 1 DK SUMBERJO", "1", "2"),
        ("DK SUMBERJO Rt 12 Kunden", "12", ""),
        ("DK SUMBERJO RT 000/000", "", ""),
        ("JL ARTERI NO 5", "", ""),
        ("", "", ""),
    ],
)
def test_rt_and_rw(written: str, rt: str, rw: str) -> None:
    read = read_address(written)
    assert (read.rt, read.rw) == (rt, rw)


@pytest.mark.parametrize(
    "written, code",
    [
        ("DK SUMBERJO RT 1 RW 2 DS KUNDEN KEC BLORA KAB BLORA", KUNDEN),
        ("DS. KUNDEN KEC. BLORA RT 1 RW 2", KUNDEN),
        ("KEL KUNDEN, KEC BLORA, KAB BLORA, PROV JAWA TENGAH", KUNDEN),
        ("Desa Kunden Kecamatan Blora", KUNDEN),
        ("Dk Sumberjo Rt 1/2 Kunden Blora", KUNDEN),
        ("Dk Sumberjo Rt 1/2 Kunden Blora 58219", KUNDEN),
        ("KUNDEN, BLORA", KUNDEN),
        ("KUNDEN - BLORA", KUNDEN),
        ("KUNDEN, BLORA, BLORA", KUNDEN),
        ("DS KUNDN KEC BLORA KAB BLORA", KUNDEN),  # one letter lost: read within the known district
        ("KADENGAN, RANDUBLATUNG", KADENGAN),
        ("Dk Sumberjo Rt 6/5 Tahunan Sale Rembang", "3317042004"),  # the regency stands last
        ("SALE, REMBANG", "331704"),
        ("Ds Kunden Blora", KUNDEN),  # one keyword for two places
        ("KEC BLORA KAB BLORA", "331609"),
        ("DS TIDAKADA KEC BLORA KAB BLORA", "331609"),
        ("KAB BLORA", "3316"),
        ("Blora", "3316"),
        ("KOTA SEMARANG", "3374"),
        ("KAB SEMARANG", "3322"),
        ("PROV JAWA TENGAH", "33"),
        ("RT 1 RW 2", ""),
        ("TIDAK DIKETAHUI", ""),
        (",", ""),
    ],
)
def test_the_deepest_place_an_address_names(written: str, code: str) -> None:
    assert read_address(written, "3316").region_code == code


def test_names_come_with_the_code() -> None:
    assert read_address("DK SUMBERJO RT 1 RW 2 KUNDEN BLORA", "3316") == Address(
        "1", "2", "KUNDEN", "BLORA", "KABUPATEN BLORA", "JAWA TENGAH", KUNDEN
    )


def test_a_name_that_several_places_share() -> None:
    assert resolve("KUNDEN", near="3316")[:4] == "3316"
    assert resolve("KUNDEN") == "33"  # what all of them share: no guess
    assert resolve("KUNDEN", "BLORA", "BLORA") == KUNDEN


def test_a_street_is_no_village() -> None:
    assert read_address("JL KUNDEN NO 3", "3316").region_code == ""


@pytest.mark.parametrize(
    "titles, code",
    [
        (["DAFTAR TAHANAN POLRES BLORA", "SAT TAHTI"], "3316"),
        (["DATA WBP", "RUMAH TAHANAN NEGARA KELAS IIB BLORA"], "3316"),
        (["KEPOLISIAN RESOR TANAH LAUT"], "6301"),
        (["POLRES SEMARANG"], "33"),  # a regency and a city
        (["DAFTAR PEMILIH TETAP KABUPATEN BLORA"], ""),
        ([], ""),
    ],
)
def test_the_regency_of_an_institution(titles: list[str], code: str) -> None:
    assert regency_of(titles) == code
