"""The crowd: as many as asked for, in order, nobody real, nobody twice."""

import re

import pytest

from reconcile.generating import generate_case, write_text_roll

pytestmark = pytest.mark.slow

LINE = re.compile(
    r"(33\d{4})#(\1\d{4})#\d{3}#33-\d+#\d{12}9\d{3}#\d{12}9\d{3}#[A-Z' ]+#[LP]#[A-Z ]+#\d\d\|\d\d\|\d{4}"
    r"#[BSP]#[A-Z0-9 ]+#\d#\d#\d#[SB]#DP4#0"
)


@pytest.fixture(scope="module")
def lines(tmp_path_factory):
    path = tmp_path_factory.mktemp("roll") / "roll.csv"
    write_text_roll(path, seed=8, voters=4000)
    return path.read_text(encoding="utf-8").splitlines()


def test_every_line_has_the_form_of_the_export(lines):
    assert lines[0].startswith("KEC_ID#KEL_ID#TPS_ID#") and len(lines) == 4001
    assert all(LINE.fullmatch(line) for line in lines[1:])


def test_nobody_is_there_twice(lines):
    fields = [line.split("#") for line in lines[1:]]
    assert len({field[5] for field in fields}) == len({field[3] for field in fields}) == 4000


def test_a_nik_tells_birth_and_sex(lines):
    for line in lines[1:]:
        fields = line.split("#")
        day, month, year = fields[9].split("|")
        day = int(day) + (40 if fields[7] == "P" else 0)
        assert fields[5][6:12] == f"{day:02}{month}{year[2:]}"
        assert 1900 < int(year) <= 2007


def test_lines_are_in_the_printed_order(lines):
    fields = [line.split("#") for line in lines[1:]]
    keys = [(f[1], int(f[13]), int(f[12]), f[4], f[6].split()) for f in fields]
    assert keys == sorted(keys)
    assert len({f[1] for f in fields}) > 200


def test_the_same_seed_gives_the_same_bytes(lines, tmp_path):
    write_text_roll(tmp_path / "again.csv", seed=8, voters=4000)
    assert (tmp_path / "again.csv").read_text(encoding="utf-8").splitlines() == lines


def test_a_case_can_stand_in_the_roll(tmp_path):
    case = generate_case(seed=4, voters=600, held=60, cells=12)
    path = tmp_path / "roll.csv"
    stands = write_text_roll(path, seed=8, voters=2000, case=case)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 2001 and len(stands) == 600
    voters = {voter.pid: voter for sheet in case.sheets for voter in sheet.voters}
    for (pid, village, tps), place in stands.items():
        fields = lines[int(place.rpartition("|")[2]) - 1].split("#")
        assert (fields[1], fields[2], fields[5]) == (village, tps, voters[pid].nik)
    others = {line.split("#")[1] for line in lines[601:]}
    assert not others & {sheet.village for sheet in case.sheets}


def test_a_roll_smaller_than_its_case_is_refused(tmp_path):
    case = generate_case(seed=4, voters=600, held=60, cells=12)
    with pytest.raises(ValueError):
        write_text_roll(tmp_path / "roll.csv", seed=8, voters=500, case=case)
