import csv

import pytest

from reconcile import regions
from reconcile.deciding import constituencies
from reconcile.deciding.constituencies import (
    Gap,
    constituency,
    districts_of,
    shares_constituency,
    what_is_missing,
    with_added,
)
from reconcile.deciding.election_parts import ConstituencyKind as Kind

FOLDER = "pemilu-2024"
PEMILU = districts_of(FOLDER)


@pytest.mark.parametrize(
    "kind, code, key",
    [
        (Kind.NATION, "91", "nation"),
        (Kind.PROVINCE, "3316091015", "33"),
        (Kind.REGENCY, "3316091015", "3316"),
        (Kind.REGENCY, "33", None),
        (Kind.DPR, "3316", "3303"),
        (Kind.DPR, "3317052001", "3303"),
        (Kind.DPR, "33", None),
        (Kind.DPRD_PROVINCE, "3315", "330005"),
        (Kind.DPRD_PROVINCE, "3318", "330004"),
        (Kind.DPRD_REGENCY, "3316091015", "331601"),
        (Kind.DPRD_REGENCY, "331605", "331602"),
        (Kind.DPRD_REGENCY, "3316", None),
        (Kind.DPRD_REGENCY, "3315102001", None),  # no table of Grobogan's council
    ],
)
def test_the_constituency_of_a_region(kind, code, key):
    assert constituency(kind, code, PEMILU) == key


@pytest.mark.parametrize(
    "kind, one, other, answer",
    [
        (Kind.DPR, "3316", "3317", True),
        (Kind.DPR, "3316", "3319", False),
        (Kind.DPR, "3316", "35", False),
        (Kind.DPR, "3578", "3578", True),
        (Kind.DPR, "3578", "3573", None),
        (Kind.DPRD_PROVINCE, "3316", "3317", False),
        (Kind.DPRD_PROVINCE, "3578", "3316", False),
        (Kind.DPRD_REGENCY, "3315", "3316", False),
        (Kind.DPRD_REGENCY, "331510", "331510", None),  # a district may be divided
        (Kind.DPRD_REGENCY, "3315102001", "3315102001", True),
        (Kind.REGENCY, "33", "3316", None),
        (Kind.REGENCY, "35", "3316", False),
    ],
)
def test_sharing_a_constituency(kind, one, other, answer):
    assert shares_constituency(kind, one, other, PEMILU) is answer
    assert shares_constituency(kind, other, one, PEMILU) is answer


@pytest.fixture
def divided(tmp_path, monkeypatch):
    """District 99.01.01 is divided between two districts of its council, 99.01.02 is not."""
    rows = [
        ("990101", "990101", "Kecamatan", "true"),
        ("990101", "9901012001", "Desa/Kelurahan", "false"),
        ("990102", "9901012002", "Desa/Kelurahan", "false"),
        ("990102", "990102", "Kecamatan", "false"),
    ]
    folder = tmp_path / "divided"
    folder.mkdir()
    with (folder / "dprd_regency.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["kode_dapil", "kode_wilayah", "tingkatan_wilayah", "is_pecah"])
        writer.writerows(rows)
    monkeypatch.setattr(constituencies, "FOLDER", tmp_path)
    return districts_of("divided")


@pytest.mark.parametrize(
    "one, other, answer",
    [
        ("9901012001", "990102", False),
        ("9901012002", "990102", True),
        ("990101", "990102", None),  # the village is needed
        ("9901012009", "990102", None),
    ],
)
def test_a_divided_district_needs_the_village(divided, one, other, answer):
    assert shares_constituency(Kind.DPRD_REGENCY, one, other, divided) is answer


@pytest.mark.parametrize(
    "code, gap",
    [
        ("990101", Gap.VILLAGE),  # "perlu desa"
        ("9901012001", None),
        ("9901012009", Gap.TABLE),  # a village the table of its split district does not name
        ("9901", Gap.DEEPER),
        ("99", Gap.DEEPER),
        ("990102", None),
        ("990103", Gap.TABLE),
        ("3316", Gap.TABLE),
    ],
)
def test_what_is_missing_to_name_a_constituency(divided, code, gap):
    assert what_is_missing(Kind.DPRD_REGENCY, code, divided) == gap


def test_nothing_is_missing_of_the_nation_and_a_regency_of_a_province():
    assert what_is_missing(Kind.NATION, "33", PEMILU) is None
    assert what_is_missing(Kind.REGENCY, "33", PEMILU) is Gap.DEEPER
    assert what_is_missing(Kind.PROVINCE, "33", PEMILU) is None


def test_what_an_office_adds_prevails_over_the_tables_that_come_along():
    """Blora as one district, but for a village of Jepon: whatever the shipped table says below is not looked at."""
    added = {Kind.DPRD_REGENCY: {"3316": "whole", "3316082001": "apart", "3315": "grobogan"}}
    now = with_added(PEMILU, added)
    assert constituency(Kind.DPRD_REGENCY, "331607", now) == "whole"
    assert constituency(Kind.DPRD_REGENCY, "3316082001", now) == "apart"
    assert shares_constituency(Kind.DPRD_REGENCY, "331504", "3315102001", now) is True
    assert constituency(Kind.DPR, "3316", now) == "3303"
    assert constituency(Kind.DPRD_REGENCY, "331607", PEMILU) == "331601"  # the shipped table is as it was


def test_every_regency_of_central_java_lies_in_the_districts_of_domain_3_3():
    """Numbers of DPR and DPRD Provinsi districts by regency, as domain 3.3 lists them."""
    dpr = {
        1: "3322 3324 3373 3374", 2: "3319 3320 3321", 3: "3315 3316 3317 3318", 4: "3312 3313 3314",
        5: "3309 3310 3311 3372", 6: "3306 3307 3308 3371 3323", 7: "3303 3304 3305", 8: "3301 3302",
        9: "3328 3376 3329", 10: "3325 3326 3375 3327",
    }  # fmt: skip
    council = {
        1: "3374", 2: "3322 3324 3373", 3: "3319 3320 3321", 4: "3317 3318", 5: "3315 3316", 6: "3312 3313 3314",
        7: "3310 3311 3372", 8: "3308 3371 3309", 9: "3306 3307 3323", 10: "3303 3304 3305", 11: "3301 3302",
        12: "3328 3376 3329", 13: "3325 3326 3375 3327",
    }  # fmt: skip
    for kind, by_number, digits in ((Kind.DPR, dpr, 2), (Kind.DPRD_PROVINCE, council, 4)):
        expected = {code: f"33{number:0{digits}}" for number, codes in by_number.items() for code in codes.split()}
        assert len(expected) == 35
        assert {code: constituency(kind, code, PEMILU) for code in expected} == expected


@pytest.mark.parametrize("kind, level", [(Kind.DPR, 4), (Kind.DPRD_PROVINCE, 4), (Kind.DPRD_REGENCY, 6)])
def test_the_tables_name_regions_as_the_region_tables_do(kind, level):
    with (constituencies.FOLDER / FOLDER / f"{kind.value}.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({row["kode_wilayah"] for row in rows}) == len(rows)
    for row in rows:
        assert regions.fold_regency(regions.names(level)[row["kode_wilayah"]]) in regions.fold(row["nama"])


@pytest.mark.parametrize("kind", [Kind.DPR, Kind.DPRD_PROVINCE])
def test_central_java_is_complete(kind):
    codes = [code for code in regions.names(4) if code.startswith("33")]
    assert len(codes) == 35
    assert all(constituency(kind, code, PEMILU) for code in codes)


def test_the_districts_of_blora_are_complete():
    codes = [code for code in regions.names(6) if code.startswith("3316")]
    assert len(codes) == 16
    assert len({constituency(Kind.DPRD_REGENCY, code, PEMILU) for code in codes}) == 5


@pytest.mark.parametrize("folder", ["", "../elections", "unknown"])
def test_a_folder_that_is_none_holds_no_tables(folder):
    assert not constituencies.has_districts(folder, Kind.DPR)
