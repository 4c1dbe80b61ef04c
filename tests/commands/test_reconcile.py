"""`manage.py reconcile`: files in, three files out; one sentence and status 2 for what cannot be used. No database."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from office_files import PEOPLE, roll_text

from reconcile.generating import CaseFiles, generate_case, write_case

from .desk import FILES, WORDS, Desk

ROOT = Path(__file__).resolve().parents[2]
LAYOUTS = ("official", "flat", "sidalih")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_roll_and_a_register_give_three_files_and_counts_that_add_up(desk: Desk) -> None:
    desk.run("--roll", desk.roll, "--rutan", desk.rutan)
    assert sorted(path.name for path in desk.out.iterdir()) == FILES
    assert [row["name"] for row in desk.rows()] == [name for name, _, _ in PEOPLE]
    assert {row["match_status"] for row in desk.rows()} == {"auto"}
    *counts, last, folder = desk.said.splitlines()
    assert sum(int(line.split()[0]) for line in counts) == int(last.split()[0]) == len(PEOPLE)
    assert str(desk.out) in folder
    assert desk.faults == ""


def test_the_summary_says_what_the_run_was_about(desk: Desk) -> None:
    desk.run("--roll", desk.roll, "--rutan", desk.rutan)
    about = ("pilkada-2024", "33.16.09.1015/901", "2024-11-01", len(PEOPLE), len(PEOPLE))
    assert tuple(desk.summary[name] for name in ("election", "tps", "as_of", "voter_rows", "register_rows")) == about


def test_the_same_files_give_the_same_bytes(desk: Desk) -> None:
    desk.run("--roll", desk.roll, "--rutan", desk.rutan)
    before = {name: (desk.out / name).read_bytes() for name in FILES}
    desk.run("--rutan", desk.rutan, "--roll", desk.roll)
    assert {name: (desk.out / name).read_bytes() for name in FILES} == before


@pytest.mark.parametrize(
    ("language", "action"), [("id", "terbitkan surat pindah memilih"), ("en", "issue the moved-voter letter")]
)
def test_sentences_come_in_the_language_asked_for(desk: Desk, language: str, action: str) -> None:
    desk.run("--roll", desk.roll, "--rutan", desk.rutan, "--language", language)
    assert desk.rows()[0]["next_action"].startswith(action)


def test_codes_are_the_same_in_every_language(desk: Desk) -> None:
    codes = []
    for language in ("id", "en"):
        desk.run("--roll", desk.roll, "--rutan", desk.rutan, "--language", language)
        codes.append([(row["outcome"], row["discrepancies"], row["ballots"]) for row in desk.rows()])
    assert codes[0] == codes[1]


# Whole cases


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, CaseFiles]:
    case = generate_case(seed=5, voters=600, held=60, cells=12)
    return {layout: write_case(case, tmp_path_factory.mktemp(layout), layout) for layout in LAYOUTS}


@pytest.fixture(scope="module")
def answers(cases: dict[str, CaseFiles], tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Desk]]:
    desks = {layout: Desk(tmp_path_factory.mktemp("desk")) for layout in LAYOUTS}
    for layout, files in cases.items():
        desks[layout].run("--roll", files.roll[0].parent, "--rutan", files.rutan, "--polres", files.polres)
    yield desks


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_of_an_office_is_answered_row_by_row(answers: dict[str, Desk], layout: str) -> None:
    desk = answers[layout]
    assert len(desk.rows()) == desk.summary["register_rows"] == 72
    chosen = [(row["voter_file"], row["voter_sheet"], row["voter_row"]) for row in desk.rows() if row["voter_file"]]
    assert len(chosen) > 50
    assert all((sheet == "") == file.endswith(".csv") for file, sheet, _ in chosen)  # a text has no sheets
    assert all(int(row) > 1 for _, _, row in chosen)  # row 1 is a title or a heading


def test_a_folder_of_rolls_may_hold_the_moved_list_which_is_said(answers: dict[str, Desk]) -> None:
    (said,) = answers["official"].faults.splitlines()
    assert said.startswith("DPTb_TPS901.xlsx:")
    assert {"moved_here"} <= {row["outcome"] for row in answers["official"].rows()}


def test_how_the_roll_is_laid_out_changes_no_answer(answers: dict[str, Desk]) -> None:
    official, flat = (
        [(row["row"], row["name"], row["match_status"], row["outcome"]) for row in answers[layout].rows()]
        for layout in ("official", "flat")
    )
    assert official == flat


# Files of one name


def test_two_files_of_one_name_keep_their_folders(desk: Desk) -> None:
    one, other = (
        desk.put(f"{place}/DPT.csv", roll_text(half)) for place, half in (("a", PEOPLE[:3]), ("b", PEOPLE[3:]))
    )
    desk.run("--roll", one, other, "--rutan", desk.rutan)
    assert [row["voter_file"] for row in desk.rows()] == ["a/DPT.csv"] * 3 + ["b/DPT.csv"] * 3


def test_a_file_named_twice_is_read_once(desk: Desk) -> None:
    folder = desk.put("kpu/DPT.csv", roll_text()).parent
    desk.run("--roll", folder, folder / "DPT.csv", folder / ".." / "kpu" / "DPT.csv", "--rutan", desk.rutan)
    assert desk.summary["voter_rows"] == len(PEOPLE)


def test_lock_files_and_hidden_files_of_a_folder_are_passed_over(desk: Desk) -> None:
    folder = desk.put("kpu/DPT.csv", roll_text()).parent
    for name in ("~$DPT.xlsx", ".DS_Store"):
        desk.put(f"kpu/{name}", b"no list")
    desk.run("--roll", folder, "--rutan", desk.rutan)
    assert desk.faults == ""


# As an office runs it


def manage(desk: Desk, *words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "reconcile", *WORDS, *map(str, words), "--out", str(desk.out)],
        cwd=desk.folder, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_from_a_shell_files_go_in_and_answers_come_out(desk: Desk) -> None:
    done = manage(desk, "--roll", "DPT.csv", "--rutan", "rutan.xlsx")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(desk.rows()) == len(PEOPLE)


def test_from_a_shell_a_bad_file_ends_with_status_2_and_no_traceback(desk: Desk) -> None:
    desk.put("empty.csv", b"")
    done = manage(desk, "--roll", "empty.csv", "--rutan", "rutan.xlsx")
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert not desk.out.exists()
