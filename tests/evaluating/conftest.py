"""Two small cases on disk, and how they are answered."""

from datetime import date
from pathlib import Path

import pytest

from reconcile.deciding import TpsRef, load_election
from reconcile.evaluating import Answered, Setting, answer_case, read_case
from reconcile.generating import generate_case, write_case
from reconcile.matching import MatchOptions


@pytest.fixture(scope="session")
def setting() -> Setting:
    election = load_election("pilkada-2024")
    return Setting(election, TpsRef.parse("33.16.09.1015/901"), date(2024, 11, 1), MatchOptions())


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    made = []
    for seed, layout in ((21, "flat"), (22, "sidalih")):
        folder = tmp_path_factory.mktemp(layout)
        write_case(generate_case(seed=seed, voters=900, held=60, cells=12, strength=1.7), folder, layout)
        made.append(folder)
    return made


@pytest.fixture(scope="session")
def answered(folders: list[Path], setting: Setting) -> list[Answered]:
    return [answer_case(read_case(folder), setting) for folder in folders]
