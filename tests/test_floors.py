"""From office files to answers on small generated cases: no figure falls below its floor (matching/floors.toml)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from scoring import Score, read_rows, score

from reconcile.deciding import TpsRef, load_election
from reconcile.generating import GeneratedCase, generate_case, write_case
from reconcile.generating.case_files import CaseFiles
from reconcile.reading import ReadResult, read_lists
from reconcile.reconciling import reconcile
from reconcile.records import HELD_KINDS, ROLL_KINDS, ListKind
from reconcile.writing.results import candidate_rows, people_rows

FLOORS = tomllib.loads((Path(__file__).parent / "matching" / "floors.toml").read_text(encoding="utf-8"))
STRENGTHS = {name: table for name, table in FLOORS.items() if isinstance(table, dict)}
FIGURES = ("precision", "automatic", "first", "among_five", "outcome")


@dataclass(frozen=True)
class Written:
    """One case and its files."""

    case: GeneratedCase
    files: CaseFiles

    @property
    def lists(self) -> list[Path]:
        return [*self.files.roll, self.files.moved, self.files.rutan, self.files.polres]


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Score]]:
    """Scores of all cases by strength. All files are read at once, for starting a reader takes longer than reading."""
    made = [
        (name, _write(tmp_path_factory.mktemp(name), seed, table["strength"]))
        for name, table in STRENGTHS.items()
        for seed in FLOORS["seeds"]
    ]
    paths = [path for _, written in made for path in written.lists]
    read = iter(read_lists(paths, names=[path.name for path in paths], near="3316"))  # several cases at once
    found: dict[str, list[Score]] = {name: [] for name in STRENGTHS}
    for name, written in made:
        results = [next(read) for _ in written.lists]
        found[name].append(_score(written, [one for one in results if isinstance(one, ReadResult)]))
    return found


def _write(folder: Path, seed: int, strength: float) -> Written:
    sizes = {size: FLOORS[size] for size in ("voters", "held", "cells")}
    case = generate_case(seed=seed, strength=strength, **sizes)
    return Written(case, write_case(case, folder, "sidalih"))


def _score(written: Written, read: list[ReadResult]) -> Score:
    case = written.case
    held, roll = (_together(read, kinds) for kinds in (HELD_KINDS, ROLL_KINDS))
    result = reconcile(held, roll, load_election("pilkada-2024"), TpsRef(*case.tps), case.as_of)
    people = people_rows(result, lambda kind, code: code)
    return score(read_rows(written.files.truth), people, candidate_rows(result))


def _together(read: list[ReadResult], kinds: frozenset[ListKind]) -> pa.Table:
    tables = [one.table for one in read if one.kind in kinds]
    return pa.concat_tables(tables, promote_options="default").unify_dictionaries().combine_chunks()


def _mean(scores: list[Score], figure: str) -> float:
    """Return the figure over all people of all cases together."""
    return _whole(scores).figures[figure]


def _whole(scores: list[Score]) -> Score:
    counts: Mapping[str, Any] = {
        name: sum((getattr(one, name) for one in scores), start=type(getattr(scores[0], name))())
        for name in Score.__dataclass_fields__
    }
    return Score(**counts)


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize("strength", STRENGTHS)
def test_no_figure_falls_below_its_floor(scores: dict[str, list[Score]], strength: str, figure: str) -> None:
    assert round(_mean(scores[strength], figure), 4) >= STRENGTHS[strength][figure]


@pytest.mark.parametrize("strength", STRENGTHS)
def test_every_register_row_is_answered_once_and_no_automatic_match_is_wrong(
    scores: dict[str, list[Score]], strength: str
) -> None:
    for one in scores[strength]:
        assert (one.lost, one.extra, one.wrong) == (0, 0, ())
        assert one.people == FLOORS["held"] + FLOORS["cells"]
