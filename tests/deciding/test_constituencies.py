import csv

import pytest

from reconcile import regions
from reconcile.deciding import constituencies
from reconcile.deciding.constituencies import constituency, shares_constituency
from reconcile.deciding.election_parts import ConstituencyKind as Kind

PEMILU = "pemilu-2024"


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
    return "divided"


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


@pytest.mark.parametrize("kind, level", [(Kind.DPR, 4), (Kind.DPRD_PROVINCE, 4), (Kind.DPRD_REGENCY, 6)])
def test_the_tables_name_regions_as_the_region_tables_do(kind, level):
    with (constituencies.FOLDER / PEMILU / f"{kind.value}.csv").open(newline="") as file:
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
