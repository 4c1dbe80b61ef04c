"""`evaluate`: tables on the screen, JSON for programs, one sentence and status 2 for a folder that is no case."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils.translation import override

from reconcile.evaluating import CaseFault, Trait
from reconcile.evaluating.figures import FIGURES
from reconcile.generating import generate_case, write_case
from reconcile.labels.evaluating import CASE_FAULTS, TRAITS, VALUES
from reconcile.labels.evaluating import FIGURES as FIGURE_WORDS


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made-up")
    write_case(generate_case(seed=31, voters=700, held=50, cells=12), folder, "sidalih")
    return folder


def run(*cases: Path, **options: Any) -> str:
    out = io.StringIO()
    call_command("evaluate", *map(str, cases), stdout=out, **{"language": "en", **options})
    return out.getvalue()


def refusal(*cases: Path, **options: Any) -> str:
    said = io.StringIO()
    with pytest.raises(SystemExit) as stopped:
        run(*cases, stderr=said, **options)
    assert stopped.value.code == 2
    return said.getvalue()


def test_a_table_and_json(case: Path, tmp_path: Path) -> None:
    printed = run(case, case, json=tmp_path / "figures.json")
    written = (tmp_path / "figures.json").read_text(encoding="utf-8")
    found = json.loads(written)
    assert found["all"]["people"] == 124
    assert [one["name"] for one in found["cases"]] == [case.name] * 2
    assert found["tps"] == "33.16.09.1015/901"
    assert list(found) == sorted(found)
    assert written == json.dumps(found, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    line = next(line for line in printed.splitlines() if line.startswith("all"))
    share = found["all"]["figures"]["automatic"]["share"]
    assert line.split()[1] == "124"
    assert f"{100 * share:.2f}" in line
    assert "Automatic matches:" in printed


def test_the_same_case_gives_the_same_bytes(case: Path, tmp_path: Path) -> None:
    for name in ("one.json", "two.json"):
        run(case, json=tmp_path / name)
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


def test_columns_stand_below_their_heads(case: Path) -> None:
    for language in ("id", "en"):
        with override(language):
            assert all(len(str(word)) <= 20 for word in FIGURE_WORDS.values())
        lines = run(case, language=language).splitlines()
        start = lines.index("") + 1
        head, whole = lines[start : start + 2]
        assert len(head) == len(whole)


def test_a_folder_that_is_no_case(case: Path, tmp_path: Path) -> None:
    assert refusal(case, tmp_path).strip() == f"{tmp_path}: this is no labelled case, because it holds no truth.csv."
    assert "tidak ada" in refusal(tmp_path / "nowhere", language="id")


def test_a_file_that_is_no_list(case: Path, tmp_path: Path) -> None:
    for path in case.rglob("*"):
        if path.is_file():
            target = tmp_path / path.relative_to(case)
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(path.read_bytes())
    (tmp_path / "rutan.xlsx").write_bytes(b"no workbook")
    assert "rutan.xlsx" in refusal(tmp_path)


def test_json_into_a_folder_that_is_not_there(case: Path, tmp_path: Path) -> None:
    assert "cannot be written" in refusal(case, json=tmp_path / "nowhere" / "figures.json")


def test_every_code_has_words() -> None:
    assert CASE_FAULTS.keys() == set(CaseFault)
    assert TRAITS.keys() == VALUES.keys() == set(Trait)
    assert FIGURE_WORDS.keys() == set(FIGURES)
