"""What is written can be found again: every row in the truth, every reference on the right person."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from openpyxl import load_workbook

from reconcile.generating import Layout, generate_case, write_case
from reconcile.generating.case_files import TRUTH_HEADER

pytestmark = pytest.mark.slow

LAYOUTS = list(Layout)


@pytest.fixture(scope="module")
def case():
    return generate_case(seed=21, voters=600, held=60, cells=12)


@pytest.fixture(scope="module")
def written(case, tmp_path_factory):
    folder = tmp_path_factory.mktemp("cases")
    return {layout: write_case(case, folder / layout, layout) for layout in LAYOUTS}


def cells(paths):
    """Return the cells of each row by "file|sheet|row"."""
    found = {}
    for path in paths:
        if path.suffix == ".csv":
            lines = path.read_text(encoding="utf-8").splitlines()
            found |= {f"{path.name}||{row}": line.split("#") for row, line in enumerate(lines, 1)}
            continue
        for sheet in load_workbook(path, read_only=True).worksheets:
            rows = enumerate(sheet.iter_rows(values_only=True), 1)
            found |= {f"{path.name}|{sheet.title}|{row}": list(values) for row, values in rows}
    return found


def table(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def bytes_by_name(folder):
    return {path.name: path.read_bytes() for path in Path(folder).rglob("*") if path.is_file()}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_seed_gives_the_same_bytes(layout, written, tmp_path):
    again = generate_case(seed=21, voters=600, held=60, cells=12)
    write_case(again, tmp_path, layout)
    assert bytes_by_name(tmp_path) == bytes_by_name(written[layout].truth.parent)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_register_row_is_in_the_truth_and_the_reverse(layout, written):
    files = written[layout]
    truth = table(files.truth)
    assert tuple(truth[0]) == TRUTH_HEADER
    for source, path in (("rutan", files.rutan), ("polres", files.polres)):
        sheet = load_workbook(path, read_only=True).worksheets[0]
        rows = enumerate(sheet.iter_rows(values_only=True), 1)
        numbered = [row for row, values in rows if values and isinstance(values[0], int)]
        assert numbered == [int(row["row"]) for row in truth if row["source"] == source]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_references_point_at_the_person(layout, case, written):
    files = written[layout]
    found = cells([*files.roll, files.moved])
    voters = {voter.pid: voter for sheet in case.sheets for voter in sheet.voters}
    voters |= {moved.person.pid: moved.person for moved in case.moved}
    for row in table(files.truth):
        places = [place for place in (*row["dpt"].split(";"), row["dptb"]) if place]
        for place in places:
            voter = voters[int(row["pid"])]
            assert voter.nik in found[place] and voter.name in found[place]
    for row in table(files.gone):
        assert row["nik"] in found[row["dpt"]] and row["name"] in found[row["dpt"]]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_roll_holds_every_voter_once_an_entry(layout, case, written):
    niks = Counter(voter.nik for sheet in case.sheets for voter in sheet.voters)
    values = [str(value) for row in cells(written[layout].roll).values() for value in row]
    assert Counter(value for value in values if value in niks) == niks


def test_the_official_roll_has_a_workbook_a_village_and_a_sheet_a_tps(case, written):
    sheets = {
        (path.name, sheet.title): sheet for path in written["official"].roll for sheet in load_workbook(path).worksheets
    }
    assert len(written["official"].roll) == len({sheet.village for sheet in case.sheets})
    assert len(sheets) == len(case.sheets)
    special = sheets["DPT_BLORA_KUNDEN.xlsx", "TPS 901"]
    assert "I10:K10" in special.merged_cells
    assert [special.cell(row, 1).value for row in (4, 5, 6, 7, 8)] == [
        "PROVINSI",
        "KABUPATEN/KOTA",
        "KECAMATAN",
        "DESA/KELURAHAN",
        "TPS",
    ]
    assert [cell.value for cell in special[12]] == list(range(1, 15))
    total = f"L+P: {len(case.sheets[-1].voters)}"
    assert total in special.cell(12 + len(case.sheets[-1].voters) + 2, 4).value


def test_a_nik_kept_as_a_number_is_a_number_in_the_cell(written):
    files = written["official"]
    numbers = [int(row["row"]) for row in table(files.truth) if "nik_number" in row["damage"]]
    sheet = load_workbook(files.rutan).worksheets[0]
    kept = [row for row in range(6, sheet.max_row) if isinstance(sheet.cell(row, 4).value, int)]
    assert set(kept) <= set(numbers)
    assert all(sheet.cell(row, 4).value % 10 == 0 for row in kept)


def test_births_stand_apart_or_in_one_text(written):
    apart = load_workbook(written["official"].rutan).worksheets[0]
    assert [cell.value for cell in apart[5]][4:6] == ["TEMPAT LAHIR", "TGL LAHIR"]
    together = load_workbook(written["sidalih"].rutan).worksheets[0]
    assert together.cell(3, 4).value == "Tempat, Tanggal Lahir"


def test_the_text_roll_can_be_filled_with_others(case, tmp_path):
    files = write_case(case, tmp_path, "sidalih", voters=1500)
    lines = files.roll[0].read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1501
    assert len({line.split("#")[3] for line in lines}) == 1 + 1500 - len(doubles(case))


def doubles(case):
    counts = Counter(voter.pid for sheet in case.sheets for voter in sheet.voters)
    return [pid for pid, count in counts.items() if count > 1]


def test_only_the_text_roll_can_be_filled(case, tmp_path):
    with pytest.raises(ValueError):
        write_case(case, tmp_path, "official", voters=1500)
