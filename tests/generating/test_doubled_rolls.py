"""A roll on which people stand twice: as many as asked for, each as its story says."""

from collections import Counter
from pathlib import Path

import pytest

from reconcile.generating.doubled_rolls import Doubled, Story, write_doubled_roll

pytestmark = pytest.mark.slow

VOTERS = 4_000


@pytest.fixture(scope="module")
def roll(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[Doubled, ...]]:
    path = tmp_path_factory.mktemp("roll") / "roll.csv"
    return path, write_doubled_roll(path, seed=3, voters=VOTERS, doubled=0.05, twins=0.02)


def lines(path: Path) -> list[list[str]]:
    return [line.split("#") for line in path.read_text(encoding="utf-8").splitlines()]


def test_there_are_as_many_as_asked_for(roll: tuple[Path, tuple[Doubled, ...]]) -> None:
    path, doubled = roll
    assert len(lines(path)) == VOTERS + 1 and len(doubled) == VOTERS * 0.05
    assert {one.story for one in doubled} == set(Story)


def test_each_double_is_what_its_story_says(roll: tuple[Path, tuple[Doubled, ...]]) -> None:
    path, doubled = roll
    listed = lines(path)
    for one in doubled:
        first, second = listed[one.first - 1], listed[one.second - 1]
        same_nik, same_card = first[5] == second[5], first[4] == second[4]
        assert same_nik == (one.story in (Story.COPIED, Story.MOVED))
        assert same_card == (one.story in (Story.COPIED, Story.MISTYPED))
        assert (first[6] == second[6] and first[9] == second[9]) or one.slips


def test_twins_are_born_the_same_day_and_numbered_one_after_the_other(
    roll: tuple[Path, tuple[Doubled, ...]],
) -> None:
    path, _ = roll
    twins = lines(path)[-80:]
    for one, other in zip(twins[::2], twins[1::2], strict=True):
        assert one[9] == other[9] and one[7] == other[7] and one[6] != other[6]
        assert int(other[5]) - int(one[5]) == 1


def test_every_number_is_made_up_and_nobody_else_is_there_twice(roll: tuple[Path, tuple[Doubled, ...]]) -> None:
    path, doubled = roll
    listed = lines(path)[1:]
    assert all(line[5][12] == "9" for line in listed)
    niks = Counter(line[5] for line in listed)
    copied = sum(one.story in (Story.COPIED, Story.MOVED) for one in doubled)
    assert sum(count > 1 for count in niks.values()) == copied


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    assert write_doubled_roll(one, seed=5, voters=800) == write_doubled_roll(other, seed=5, voters=800)
    assert one.read_bytes() == other.read_bytes()
