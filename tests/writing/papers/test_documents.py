"""The PDFs: what stands on them and where, in which letters, and that nothing runs off a page."""

import re
import subprocess
from dataclasses import replace

import pytest

from reconcile.deciding import load_election
from reconcile.records import Outcome
from reconcile.versions import in_groups
from reconcile.writing.papers import BY_CODE, PAPERS, Audience, Matter, TypesettingFailed, letter_of, papers_of
from reconcile.writing.papers.people import attending, needing_letters
from reconcile.writing.papers.typesetting import REPLACED, pages, typeset
from tests.writing.papers import builders
from tests.writing.papers.builders import LONGEST, SHORT, crowd, of_outcome, row, version
from tests.writing.papers.conftest import program

pytestmark = pytest.mark.slow  # whole files

PDFS = [paper.code for paper in PAPERS if paper.file.endswith(".pdf")]
A4 = (595, 842)  # points
MARGIN = 48  # of 51; signs at the end of a line may hang out a little
MANY = 300


def squeezed(text: str) -> str:
    return " ".join(text.replace("\u200b", "").split())


def whole(pdf_text, content: bytes) -> str:
    return squeezed(" ".join(pdf_text(content)))


@pytest.mark.parametrize("code", PDFS)
def test_every_page_has_its_marks_its_number_and_the_version(code, papers, pdf_text):
    matter = builders.matter()
    found = pdf_text(papers[code].content)
    assert len(found) == papers[code].pages == pages(papers[code].content)
    groups = in_groups(matter.version.mark).split()
    for n, page in enumerate(found, start=1):
        text = squeezed(page)
        assert "KERTAS KERJA bukan dokumen resmi KPU" in text
        assert f"Halaman {n} dari {len(found)}" in text
        assert squeezed(matter.edition) in text
        foot = text[text.index("Halaman") :]
        assert [group for group in re.findall(r"\b[0-9a-f]{4}\b", foot) if group in groups][-16:] == groups


@pytest.mark.parametrize("code", PDFS)
def test_pdf_for_archives_without_the_time_of_making(code, papers):
    content = papers[code].content
    assert b"<pdfaid:part>2</pdfaid:part>" in content
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in content
    assert b"2024-11-12T07:05:00" in content  # of the approval, in UTC
    assert not re.search(rb"/(JavaScript|Launch|EmbeddedFile|URI)\b", content)


def test_minutes_of_the_meeting_carry_the_counts_of_the_version(papers, pdf_text):
    text = whole(pdf_text, papers["meeting"].content)
    assert "Jumlah 23 12 1 36" in text
    assert "Terdaftar di TPS lain, perlu surat pindah memilih 2 1 0 3" in text
    assert "Gubernur dan Wakil Gubernur 6 5 11 4" in text
    assert "Tidak termasuk 1 pemilih yang surat suaranya belum dapat ditentukan." in text
    assert "KPU Menerbitkan surat pindah memilih 3 20-11-2024" in text
    for office in ("Bawaslu Kabupaten Blora", "Rutan Kelas IIB Blora", "Polres Blora", "Kejaksaan Negeri Blora"):
        assert office in text


def test_minutes_of_the_list_name_everybody_and_the_recap_closes(papers, pdf_text):
    matter = builders.matter()
    text = whole(pdf_text, papers["list_minutes"].content)
    assert text.count("Jumlah 23 12 1 36") == 2
    annex = text[text.index("LAMPIRAN") :]
    for n, one in enumerate(matter.version.rows, start=1):
        assert squeezed(f"{n} {one.nik} {one.name}") in annex


def test_minutes_of_change_name_both_versions(papers, pdf_text):
    matter = builders.matter()
    text = whole(pdf_text, papers["change"].content)
    assert "daftar versi 2 menjadi daftar versi 3" in text
    assert in_groups(matter.previous.mark) in text
    assert "bertambah" in text


def test_no_minutes_of_change_for_a_first_version():
    assert "change" not in {one.code for one in papers_of(builders.matter(previous=None))}
    with pytest.raises(ValueError, match="change"):
        BY_CODE["change"].make(builders.matter(previous=None))


LETTER = (
    "No. KK", "NIK", "Nama Lengkap", "Alamat Lengkap", "Terdaftar dalam DPT", "TPS", "Desa/Kelurahan", "Kecamatan",
    "Kabupaten/Kota", "Provinsi", "digunakan untuk memilih di", "TPS", "Desa/Kelurahan", "Kecamatan",
    "Kabupaten/Kota", "Provinsi", "Alasan pindah memilih", "Jenis surat suara",
)  # fmt: skip
BALLOTS = {
    "pemilu-2024": ("DPR", "DPD", "Presiden dan Wakil Presiden", "DPRD Provinsi", "DPRD Kabupaten/Kota"),
    "pilkada-2024": ("Gubernur dan Wakil Gubernur", "Bupati/Wali Kota dan wakilnya"),
}


@pytest.mark.parametrize("election", BALLOTS)
def test_letters_have_the_fields_of_the_form_in_its_order(election, pdf_text):
    matter = builders.matter(election=election)
    made = BY_CODE["letters"].make(matter)
    found = pdf_text(made.content)
    assert len(found) == made.rows == len(needing_letters(matter)) == 3
    for page, one in zip(found, needing_letters(matter), strict=True):
        text = squeezed(page)
        at = 0
        for label in (*LETTER, *(f"{n}. {name}" for n, name in enumerate(BALLOTS[election], start=1))):
            at = text.index(label, at) + len(label)
        for value in (one.nik, one.nkk, one.name, "CEPU", "KUNDEN", "Tahanan atau terpidana (5)"):
            assert value in text


def ticks(page: str) -> list[bool]:
    lines = [line.strip() for line in page.splitlines() if re.match(r"\s*✓?\s*\d\. ", line)]
    return [line.startswith("✓") for line in lines]


def test_only_the_ballots_that_are_due_are_ticked_and_none_where_nobody_knows(pdf_text):
    rows = (
        of_outcome(1, Outcome.NEEDS_TRANSFER, "pemilu-2024"),
        of_outcome(2, Outcome.NEEDS_TRANSFER, "pemilu-2024", ballots=("ppwp",)),
        of_outcome(3, Outcome.NEEDS_TRANSFER, "pemilu-2024", ballots=None),
    )
    found = pdf_text(BY_CODE["letters"].make(builders.matter(rows, "pemilu-2024")).content)
    # Cepu shares all districts with Kunden but that of the regency's council (domain 3.4).
    assert [ticks(page) for page in found] == [
        [True, True, True, True, False], [False, False, True, False, False], [False] * 5,
    ]  # fmt: skip
    assert ["Jangan diserahkan sebelum diisi KPU" in page for page in found] == [False, False, True]


def test_the_letter_of_one_person_is_that_persons_alone(pdf_text):
    matter = builders.matter()
    one, other, *_ = needing_letters(matter)
    made = letter_of(matter, one)
    text = whole(pdf_text, made.content)
    assert (made.pages, made.rows) == (1, 1)
    assert one.nik in text and other.nik not in text and one.nik not in made.name
    for refused in (row(1), replace(one, ballots=())):
        with pytest.raises(ValueError, match="no letter"):
            letter_of(matter, refused)
    with pytest.raises(ValueError, match="no letter"):
        letter_of(replace(matter, audience=Audience.OFFICE), one)


def test_attendance_lists_who_may_come_and_gives_who_left_nowhere_to_sign(papers, pdf_text):
    found = pdf_text(papers["attendance"].content)
    text = squeezed(" ".join(found))
    for title in ("C.DAFTAR HADIR DPT:", "C.DAFTAR HADIR PINDAHAN:", "C.DAFTAR HADIR TAMBAHAN:"):
        assert title in text
    assert text.count("tidak lagi ditahan") == 3
    (_, fixed), *_ = attending(builders.matter())
    assert f"Tercetak L+P : {len(fixed)}" in text


def test_visits_and_hand_overs_say_what_is_carried(papers, pdf_text):
    text = whole(pdf_text, papers["visit_sheets"].content)
    for said in ("TPS 003 Kunden, Kecamatan Blora", "Rabu, 27 November 2024", "11.00 sampai 13.00", "B/123/XI/2024"):
        assert said in text
    text = whole(pdf_text, papers["hand_overs"].content)
    for said in (
        "116 seratus enam belas",
        "Jumlah 123 seratus dua puluh tiga",
        "A-0917",
        "pukul 09.30",
        "12/BA/XI/2024",
    ):
        assert said in text


def test_what_is_not_planned_yet_is_left_open(pdf_text):
    visit, hand_over = builders.visit(version()), builders.hand_over()
    blank = replace(hand_over, number="", day=None, at=None, carrier="", receiver="", seal="")
    matter = builders.matter(visits=(replace(visit, begins=None, ends=None, permission=""),), hand_overs=(blank,))
    text = whole(pdf_text, BY_CODE["visit_sheets"].make(matter).content)
    assert re.search(r"Pukul : _* ?Surat izin : _* ?Jumlah pemilih", text)
    text = whole(pdf_text, BY_CODE["hand_overs"].make(matter).content)
    assert "Pada hari ......" in text and "12/BA" not in text


@pytest.mark.parametrize("code", PDFS)
def test_other_offices_get_no_whole_number(code, pdf_text):
    matter = builders.matter(audience=Audience.OFFICE)
    if Audience.OFFICE not in BY_CODE[code].audiences:
        assert code == "letters"
        return
    text = whole(pdf_text, BY_CODE[code].make(matter).content)
    assert not any(number in text for one in matter.version.rows for number in (one.nik, one.nkk) if number)
    assert "Salinan dengan NIK dan NKK disamarkan" in text


def test_a_draft_says_so_on_every_page(pdf_text):
    now = version(approved=None, approver="", mark="")
    for page in pdf_text(BY_CODE["meeting"].make(Matter(now, load_election("pilkada-2024"))).content):
        assert "RANCANGAN belum disetujui" in squeezed(page)
        assert "SHA-256" not in page


# Sizes and places


@pytest.fixture(scope="module")
def crowded() -> Matter:
    """Three hundred people with the longest names and places there are, the office's and the approver's too."""
    matter = builders.matter(crowd(MANY, LONGEST))
    place = "Rumah Tahanan Negara Kelas IIB Kepulauan Siau Tagulandang Biaro"
    matter = replace(matter, version=replace(matter.version, place=place, approver=LONGEST[0]))
    return replace(matter, visits=(builders.visit(matter.version),))


def boxes(content: bytes) -> list[list[tuple[float, float, float, float, str]]]:
    """Return each word of each page with its box: left, top, right, bottom in points."""
    command = [program("pdftotext", "poppler-utils"), "-bbox", "-", "-"]
    done = subprocess.run(command, input=content, capture_output=True, check=True, timeout=120)
    found = []
    for page in done.stdout.decode().split("<page ")[1:]:
        words = re.findall(r'<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)</word>', page)
        found.append([(*map(float, word[:4]), word[4]) for word in words])
    return found


@pytest.mark.parametrize("code", PDFS)
def test_the_longest_names_stay_in_their_place_on_every_page(code, crowded):
    made = BY_CODE[code].make(crowded)
    for page in boxes(made.content):
        assert page, "no page is empty"
        for left, top, right, bottom, _ in page:
            assert MARGIN <= left < right <= A4[0] - MARGIN
            assert 15 <= top < bottom <= A4[1] - 15
        body = [box for box in page if box[3] < A4[1] - 100]
        assert not [pair for pair in zip(body, body[1:], strict=False) if overlap(*pair)]


def overlap(one, other) -> bool:
    """Say whether two neighbouring words are printed over each other; boxes of lines may touch."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide > 1.5 and high > 4


@pytest.mark.parametrize("code", ["list_minutes", "attendance", "letters", "visit_sheets"])
def test_three_hundred_people_are_all_there_and_each_once(code, pdf_text):
    people = crowd(MANY, SHORT)
    matter = builders.matter(people)
    matter = replace(matter, visits=(builders.visit(matter.version),))
    made = BY_CODE[code].make(matter)
    text = squeezed(" ".join(pdf_text(made.content)))
    wanted = {
        "list_minutes": [one.nik for one in people],
        "attendance": [one.nik for one in people],
        "letters": [one.nik for one in needing_letters(matter)],
        "visit_sheets": [],
    }[code]
    assert [text.count(nik) for nik in wanted] == [1] * len(wanted)
    if code == "letters":
        assert made.pages == len(wanted) == MANY // 4
    heading = {"list_minutes": "No NIK Nama L/P", "attendance": "No NIK Nama L/P"}.get(code)
    if heading:
        pages_with_rows = [page for page in pdf_text(made.content) if re.search(r"\d{16}", page)]
        assert all(heading in squeezed(page) for page in pages_with_rows)


@pytest.mark.parametrize("code", PDFS)
def test_no_letter_is_smaller_than_eleven_points(code, papers, tmp_path):
    (tmp_path / "a.pdf").write_bytes(papers[code].content)
    command = [program("pdftohtml", "poppler-utils"), "-xml", "-i", "-stdout", "-zoom", "1", str(tmp_path / "a.pdf")]
    done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    sizes = {int(size) for size in re.findall(r'<fontspec [^>]*size="(\d+)"', done.stdout.decode())}
    assert sizes and min(sizes) >= 11


# What cannot be printed


@pytest.mark.parametrize("name", ["漢字", "😀", "A\u0001B", "\u202eABC", "عبد", "A\nB"])
def test_a_name_the_font_has_not_is_shown_as_such_and_breaks_nothing(name, pdf_text):
    rows = (of_outcome(1, Outcome.NEEDS_TRANSFER, name=name),)
    assert REPLACED in whole(pdf_text, BY_CODE["letters"].make(builders.matter(rows)).content)


@pytest.mark.parametrize(
    "name", ["MUḤAMMAD ʿABD AL-QĀDIR", "SITI ’AISYAH", "N\u0303I MADE", "#strong[A] $x$ *b* _c_ @d <e> `f` \\ // g"]
)
def test_letters_of_transliteration_and_marks_of_markup_stay_as_they_are(name, pdf_text):
    rows = (of_outcome(1, Outcome.NEEDS_TRANSFER, name=name),)
    text = whole(pdf_text, BY_CODE["letters"].make(builders.matter(rows)).content)
    assert REPLACED not in text
    assert name.replace("N\u0303", "Ñ") in text


def test_a_fault_names_the_template_and_never_the_data():
    with pytest.raises(TypesettingFailed) as failed:
        typeset("letter", {"title": "SITI AMINAH"}, builders.matter().moment)
    assert "letter" in str(failed.value)
    assert "SITI" not in str(failed.value)


def test_every_letter_that_is_let_through_can_be_printed(pdf_text):
    printable = "".join(chr(n) for n in range(0x20, 0x2800))
    rows = (of_outcome(1, Outcome.NEEDS_TRANSFER, address=printable),)
    assert pages(BY_CODE["letters"].make(builders.matter(rows)).content) >= 1
