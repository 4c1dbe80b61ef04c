"""The result folder: its columns, its sums, cells that no spreadsheet takes for a formula, all files or none."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from matching.builders import NUMBER, RELATIVE, crowd, held, numbered, table, voter

from reconcile.deciding import TpsRef, load_election
from reconcile.matching import MatchOptions
from reconcile.reading import Ending, ReadResult, RowEnd, SheetSeen
from reconcile.reconciling import Result, reconcile
from reconcile.records import ListKind
from reconcile.writing.results import bits, people_rows, summarise, write_result

TPS = TpsRef.parse("33.16.09.1015/901")
FILES = ("people.csv", "candidates.csv", "summary.json")
# The two headers as the architecture page has them: scripts of others read by these names.
PEOPLE = {
    "source_file", "sheet", "row", "name", "match_status", "voter_file", "voter_sheet", "voter_row", "probability",
    "category", "outcome", "ballots", "next_action", "due", "discrepancies",
}  # fmt: skip
CANDIDATES = [
    "source_file", "sheet", "row", "rank", "voter_file", "voter_sheet", "voter_row", "weight", "probability", "reasons",
]  # fmt: skip
WIFE = voter(name="SRI WAHYUNI", sex="female", nik=RELATIVE, birth_date=date(1983, 6, 17))
VOTER = voter()
REGISTER = [
    held(),
    held(source_file="polres.xlsx", sheet="TAHANAN", kind="polres", name="WAGIO LEGAWA"),
    held(name="SLAMET", nik=None, birth_date=None),
    held(name="SRI WAHYUNI", sex="female", nik=None, birth_date=date(1983, 6, 17), region_code=None),
    held(name="TARMUDI", nik="3517022002919001", birth_date=date(1991, 2, 20), region_code="3517010001"),
]


def plain(kind: str, code: str) -> str:
    return code


def answer(register=REGISTER, first=VOTER) -> Result:
    roll = [first, WIFE, *crowd(40), voter(name="SUKARDI", nik=None, tps="901", sheet="TPS 901", row=1)]
    tables = table(numbered(register)), table(roll)
    return reconcile(*tables, load_election("pilkada-2024"), TPS, date(2024, 11, 1))


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def result() -> Result:
    return answer()


@pytest.fixture
def folder(result: Result, tmp_path: Path) -> Path:
    write_result(tmp_path / "new" / "out", result, summarise(result, []), plain)
    return tmp_path / "new" / "out"


def test_three_files_are_written_and_nothing_else(folder):
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)


def test_columns_are_those_promised(folder):
    people, candidates = rows(folder / "people.csv"), rows(folder / "candidates.csv")
    assert set(people[0]) >= PEOPLE
    assert list(candidates[0]) == CANDIDATES


def test_one_row_of_people_for_each_register_row_in_order(folder):
    found = [(row["source_file"], row["sheet"], row["row"], row["name"]) for row in rows(folder / "people.csv")]
    assert found == [
        (row["source_file"], row["sheet"], str(place), row["name"]) for place, row in enumerate(REGISTER, start=6)
    ]


def test_who_has_no_voter_has_an_empty_place(folder):
    last = rows(folder / "people.csv")[-1]
    assert last["match_status"] == "none"
    assert (last["voter_file"], last["voter_sheet"], last["voter_row"]) == ("", "", "")


def test_up_to_five_candidates_ranked_and_weights_that_add_up(folder):
    places = {}
    for row in rows(folder / "candidates.csv"):
        places.setdefault(row["row"], []).append(int(row["rank"]))
        parts = [part.rpartition("(")[2].rstrip(")") for part in row["reasons"].split("; ")]
        assert sum(round(float(part) * 1000) for part in parts) == round(float(row["weight"]) * 1000)
        assert all(part[0] in "+-" for part in parts)
    assert all(ranks == list(range(1, len(ranks) + 1)) and len(ranks) <= 5 for ranks in places.values())


def test_a_negative_weight_stays_a_number(folder):
    weights = [row["weight"] for row in rows(folder / "candidates.csv")]
    assert min(map(float, weights)) < 0


@pytest.mark.parametrize(
    ("thousandths", "text"), [(12345, "12.345"), (-263, "-0.263"), (0, "0.000"), (5, "0.005"), (120000, "120.000")]
)
def test_bits_have_three_decimals(thousandths, text):
    assert str(bits(thousandths)) == text


# Sums


def test_outcomes_and_statuses_add_up_to_the_register_rows(result):
    summary = summarise(result, [])
    assert summary["register_rows"] == len(REGISTER)
    assert sum(summary["outcomes"].values()) == len(REGISTER)
    assert sum(summary["match_status"].values()) == len(REGISTER)
    assert summary["provisional"] == sum(row["provisional"] == "yes" for row in people_rows(result, plain))


def test_somebody_in_two_registers_is_one_person(result):
    assert summarise(result, [])["people"] == len(REGISTER) - 1
    first, second = list(people_rows(result, plain))[:2]
    assert (first["same_person"], second["same_person"]) == ("polres.xlsx|TAHANAN|7", "rutan.xlsx|DATA WBP|6")


def test_ballots_are_counted_once_a_person_and_unknown_homes_apart(result):
    ballots = summarise(result, [])["ballots"]
    assert ballots["governor"] >= 2
    assert ballots["governor"] <= summarise(result, [])["people"]


def test_voters_who_left_are_named_by_file_sheet_and_row(result):
    assert summarise(result, [])["left"] == [
        {"voter_file": "DPT_KUNDEN.xlsx", "voter_sheet": "TPS 901", "voter_row": 1}
    ]


def test_rows_of_each_file_add_up(result):
    ends = (RowEnd("S", 1, Ending.TITLE), RowEnd("S", 2, Ending.HEADER), RowEnd("S", 9, Ending.NO_NAME))
    seen = (SheetSeen("S", 2, False, 8, 5),)
    read = ReadResult("rutan.xlsx", ListKind.RUTAN, table(REGISTER), seen, ends, ())
    (file,) = summarise(result, [read])["files"]
    assert file["rows"] == file["records"] + file["rejected"] + file["skipped"] == 8
    assert (file["records"], file["rejected"], file["skipped"]) == (5, 1, 2)


def test_the_summary_can_be_read_again_with_the_options_of_the_run(result, tmp_path):
    summary = summarise(result, []) | {"options": MatchOptions().to_dict()}
    write_result(tmp_path, result, summary, plain)
    again = json.loads((tmp_path / "summary.json").read_text(encoding="utf-8"))
    assert MatchOptions.from_json(json.dumps(again["options"])) == MatchOptions()


# Cells


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_of_an_office_starts_a_formula_in_ours(tmp_path, start):
    read_as = start.replace("\r", "\n")
    name = f"{start}HYPERLINK(1)"
    result = answer([held(name_raw=name, sheet=name)], voter(sheet=name, source_file=f"{start}dpt.xlsx"))
    write_result(tmp_path, result, summarise(result, []), plain)
    person = rows(tmp_path / "people.csv")[0]
    assert person["name"] == person["sheet"] == person["voter_sheet"] == f"'{read_as}HYPERLINK(1)"
    assert person["voter_file"] == f"'{read_as}dpt.xlsx"


def test_no_number_of_anybody_is_written(folder):
    written = "".join((folder / name).read_text(encoding="utf-8") for name in FILES)
    assert NUMBER not in written
    assert RELATIVE not in written


def test_names_with_commas_quotes_and_line_breaks_come_back_whole(tmp_path):
    name = 'WAGIYO "KEBO"\nLEGAWA, S.H.'
    result = answer([held(name_raw=name)])
    write_result(tmp_path, result, summarise(result, []), plain)
    assert rows(tmp_path / "people.csv")[0]["name"] == name


# All or none


def test_the_same_result_gives_the_same_bytes(result, folder, tmp_path):
    write_result(tmp_path / "again", answer(), summarise(answer(), []), plain)
    for name in FILES:
        assert (tmp_path / "again" / name).read_bytes() == (folder / name).read_bytes()


def test_a_failure_half_way_leaves_the_old_files_and_no_scraps(folder):
    before = {name: (folder / name).read_bytes() for name in FILES}

    def failing(kind: str, code: str) -> str:
        if code == "issue_transfer_letter":
            raise RuntimeError("no word for this")
        return "another word"

    with pytest.raises(RuntimeError):
        write_result(folder, answer(), {}, failing)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_summary_that_cannot_be_written_leaves_no_new_people(folder):
    before = {name: (folder / name).read_bytes() for name in FILES}
    with pytest.raises(TypeError):
        write_result(folder, answer(), {"left": object()}, lambda kind, code: "another word")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
