"""The pack: every paper there is, one contents page that tells them apart, and all or nothing."""

import hashlib
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest

from reconcile.reading.marks import marks_in
from reconcile.versions import in_groups
from reconcile.writing.papers import Audience, TypesettingFailed, catalogue, make_pack, papers_of
from reconcile.writing.papers.packing import CHECKSUMS, CONTENTS
from tests.writing.papers import builders

pytestmark = pytest.mark.slow  # whole files


@pytest.fixture(scope="module")
def pack():
    return make_pack(builders.matter())


@pytest.fixture(scope="module")
def archive(pack):
    return ZipFile(BytesIO(pack.content))


def test_all_papers_are_in_it_in_their_order(pack, archive):
    names = archive.namelist()
    assert (names[0], names[-1]) == (CONTENTS, CHECKSUMS)
    expected = [paper.file_name(builders.matter()) for paper in papers_of(builders.matter())]
    assert [name.partition("-")[2] for name in names[1:-1]] == expected
    assert len(expected) == len(catalogue.PAPERS)
    assert [one.code for one in pack.papers] == ["contents", *(one.code for one in catalogue.PAPERS)]


def test_the_checksums_are_those_of_the_files(archive):
    lines = [line.split("  ") for line in archive.read(CHECKSUMS).decode().splitlines()]
    assert {name: hashlib.sha256(archive.read(name)).hexdigest() for _, name in lines} == {
        name: mark for mark, name in lines
    }
    assert len(lines) == len(archive.namelist()) - 1


def test_the_contents_name_each_file_with_pages_rows_and_fingerprint(pack, archive, pdf_text):
    text = " ".join(" ".join(pdf_text(archive.read(CONTENTS))).replace("\u200b", "").split())
    for one in pack.papers[1:]:
        assert one.name in text
        first, second = in_groups(one.sha256)[:39], in_groups(one.sha256)[40:]
        assert first in text and second in text
    assert "berisi 14 dokumen" in text


def test_whoever_checks_a_paper_finds_its_version(pack, tmp_path):
    matter = builders.matter()
    for one in pack.papers:
        path = tmp_path / one.name
        path.write_bytes(one.content)
        found = marks_in(path)
        wanted = {matter.version.mark}
        wanted |= {matter.previous.mark} if one.code == "change" else set()
        # The contents page names the fingerprints of files beside that of the data.
        assert found >= wanted if one.code == "contents" else found == wanted


def test_same_version_same_bytes(pack):
    assert make_pack(builders.matter()).content == pack.content


def test_another_version_is_another_pack(pack):
    other = builders.matter()
    changed = replace(other, version=replace(other.version, mark="0" * 64))
    assert make_pack(changed).sha256 != pack.sha256


def test_nothing_in_it_has_the_time_of_making(archive):
    assert {info.date_time for info in archive.infolist()} == {(2024, 1, 1, 0, 0, 0)}


def test_one_paper_that_fails_leaves_no_pack(monkeypatch):
    *others, last = catalogue.PAPERS

    def fail(matter):
        raise TypesettingFailed("visit: out of paper")

    monkeypatch.setattr(catalogue, "PAPERS", (*others, replace(last, write=fail)))
    with pytest.raises(TypesettingFailed):
        make_pack(builders.matter())


def test_there_are_no_papers_of_what_there_is_nothing_of(archive):
    small = make_pack(builders.matter((builders.row(1),), previous=None, visits=(), hand_overs=()))
    missing = {one.code for one in catalogue.PAPERS} - {one.code for one in small.papers}
    assert missing == {"change", "letters", "visits", "visit_sheets", "hand_overs"}


def test_a_pack_for_the_public_holds_only_public_papers():
    found = make_pack(builders.matter(audience=Audience.PUBLIC))
    assert [one.code for one in found.papers] == ["contents", "meeting", "voters", "ballots"]
