"""The sums on the papers of one pack tie with the lists of names in the same pack, paper by paper, for every reader.

Nothing here asks the program how many there should be: what a recap says is held against the names that are printed.
"""

import re
from collections import Counter

import pytest

from reconcile.writing.papers import Audience, MadePaper, papers_of
from reconcile.writing.papers.fields import TICK
from tests.writing.papers import builders
from tests.writing.papers.test_documents import whole
from tests.writing.papers.test_workbooks import BOOKS, Cells, sheets, table

pytestmark = pytest.mark.slow  # whole files

SUMS = {"JUMLAH L": "L", "JUMLAH P": "P", "JUMLAH tidak tercatat": ""}  # the last stands there where it is not 0


@pytest.fixture(scope="module")
def packs() -> dict[Audience, dict[str, MadePaper]]:
    matters = {audience: builders.matter(audience=audience) for audience in Audience}
    return {who: {paper.code: paper.make(matter) for paper in papers_of(matter)} for who, matter in matters.items()}


@pytest.fixture(params=list(Audience))
def pack(request, packs) -> dict[str, MadePaper]:
    return packs[request.param]


@pytest.fixture(params=[Audience.KPU, Audience.OFFICE])
def named_pack(request, packs) -> dict[str, MadePaper]:
    """A pack with lists of everybody's names, as the public has none."""
    return packs[request.param]


def by_name(lines: Cells) -> list[dict[str, str]]:
    """Return the people of a sheet by the heading of each column; what is empty to the right is ""."""
    heading, rows = table(lines)
    return [dict(zip(heading, [*row, *[""] * len(heading)], strict=False)) for row in rows]


def summed(lines: Cells) -> dict[str, int]:
    texts = [[cell for cell in line if cell] for line in lines]
    return {line[0]: int(line[1]) for line in texts if len(line) == 2 and line[0] in {*SUMS, "JUMLAH L+P"}}


def ticks(people: list[dict[str, str]]) -> Counter[str]:
    """Count the ballots that are ticked in a list of people, by type."""
    at = "Surat suara "
    return Counter(name.removeprefix(at) for one in people for name, cell in one.items() if cell == TICK and at in name)


def test_the_sums_below_every_list_are_those_of_the_names_above(pack):
    checked = []
    for code in sorted(set(BOOKS) & pack.keys()):
        for name, lines in sheets(pack[code].content).items():
            said = summed(lines)
            if "JUMLAH L+P" not in said or name == "REKAP":  # of the recap the next test says more
                continue
            people = by_name(lines)
            sexes = Counter(one["Jenis Kelamin (L/P)"] for one in people)
            assert said == {sum_: sexes[SUMS[sum_]] if sum_ in SUMS else len(people) for sum_ in said}, (code, name)
            assert sum(said.values()) == 2 * len(people), (code, name)
            checked.append(name)
    assert checked


def roll_call(pack: dict[str, MadePaper]) -> dict[str, list[dict[str, str]]]:
    """Return the people of the roll call by block: everybody with a category and a ballot, each once."""
    book = sheets(pack["roll_call"].content)
    return {name.removeprefix("BLOK "): by_name(lines) for name, lines in book.items() if name.startswith("BLOK ")}


def test_the_recap_of_the_roll_call_is_its_blocks(named_pack):
    blocks = roll_call(named_pack)
    recap = sheets(named_pack["roll_call"].content)["REKAP"]
    _, rows = table(recap)
    assert {row[1] for row in rows} == blocks.keys()
    for _n, block, people, first, second, unknown in rows:
        listed = blocks[block]
        assert (int(people), int(unknown)) == (len(listed), sum("?" in one.values() for one in listed))
        assert [int(first), int(second)] == [ticks(listed)[ballot] for ballot in BALLOTS]
    assert summed(recap)["JUMLAH L+P"] == sum(map(len, blocks.values()))


BALLOTS = ("Gubernur dan Wakil Gubernur", "Bupati/Wali Kota dan wakilnya")
SURE = {"DPT": "", "Pindahan": "sudah pindah memilih"}


def test_the_ballots_needed_are_those_ticked_beside_the_names(named_pack):
    """Whoever is on no roll waits for the last hour and gets what is left: no ballots are counted for them."""
    book = sheets(named_pack["ballots"].content)
    people = [one for block in roll_call(named_pack).values() for one in block if one["Daftar"] in SURE]
    kinds = {
        kind: [one for one in people if one["Daftar"] == kind and one["Keterangan"] == SURE[kind]] for kind in SURE
    }
    _, rows = table(book["KEBUTUHAN"])
    for _n, ballot, _colour, fixed, moved, expected, needed, *_rest in rows:
        assert int(fixed) + int(moved) + int(expected) == int(needed) == ticks(people)[ballot]
        assert (int(fixed), int(moved)) == tuple(ticks(kinds[kind])[ballot] for kind in SURE)
    assert len(rows) == len(BALLOTS)
    (told,) = [int(line[-1]) for line in book["KEBUTUHAN"] if line[:1] == ["PEMILIH BELUM DAPAT DITENTUKAN"]]
    unknown = by_name(book["BELUM DITENTUKAN"])
    assert [one["Nama"] for one in unknown] == [one["Nama"] for one in people if "?" in one.values()]
    assert told == len(unknown)


def test_the_schedule_of_visits_is_the_sheets_of_their_people(named_pack):
    schedule, *visits = sheets(named_pack["visits"].content).values()
    _, rows = table(schedule)
    assert len(rows) == len(visits)
    for row, lines in zip(rows, visits, strict=True):
        people = by_name(lines)
        assert [int(n) for n in row[-3:]] == [len(people), *(ticks(people)[ballot] for ballot in BALLOTS)]


def test_the_recap_of_the_minutes_adds_up_to_the_names_behind_it(pack, pdf_text):
    minutes = whole(pdf_text, pack["meeting"].content)
    recap, said = re.search(r"(.*?)Jumlah (\d+ \d+ \d+ \d+)", minutes).groups()
    lines = [[int(n) for n in line] for line in re.findall(r" (\d+) (\d+) (\d+) (\d+)(?= |$)", recap)]
    total = [int(n) for n in said.split()]
    assert [sum(column) for column in zip(*lines, strict=True)] == total
    assert all(men + women + unstated == people for men, women, unstated, people in (*lines, total))
    assert total[-1] == len(builders.matter().version.rows)
    if "list_minutes" in pack:  # whose annex names all of them: tests of the documents
        assert f"Jumlah {said}" in whole(pdf_text, pack["list_minutes"].content)
