"""What minutes of change say of two versions."""

from dataclasses import replace

from reconcile.deciding import load_election
from reconcile.records import Outcome
from reconcile.versions import changes_between
from reconcile.writing.papers.changes import is_told, line
from reconcile.writing.papers.documents import change_minutes
from tests.writing.papers import builders
from tests.writing.papers.builders import of_outcome, row, version

ELECTION = load_election("pilkada-2024")


def found(before, now):
    return [line(one, ELECTION) for one in changes_between(version(before), version(now)) if is_told(one)]


def test_nothing_is_told_where_only_the_order_or_the_block_is_another():
    rows = (row(1), of_outcome(2, Outcome.LEFT))
    again = (replace(rows[1], number=1), replace(rows[0], number=2, block="C9"))
    assert found(rows, again) == []


def test_who_came_who_went_and_what_is_different():
    moved = of_outcome(2, Outcome.NEEDS_TRANSFER)
    now = (replace(of_outcome(2, Outcome.MOVED_HERE), nik="3316091402809999", ballots=("governor",)), row(3, rt="009"))
    assert found((row(1), moved), now) == [
        [
            moved.name,
            "berubah",
            "hasil: Terdaftar di TPS lain, perlu surat pindah memilih; NIK: lama; "
            "surat suara: Gubernur dan Wakil Gubernur, Bupati/Wali Kota dan wakilnya",
            "hasil: Sudah terdaftar pindah memilih ke TPS ini; NIK: baru; surat suara: Gubernur dan Wakil Gubernur",
            "data daftar",
        ],
        [now[1].name, "bertambah", "-", "Terdaftar sebagai pemilih tetap di TPS ini", "data daftar"],
        [row(1).name, "berkurang", "Terdaftar sebagai pemilih tetap di TPS ini", "-", "data daftar"],
    ]


def test_a_number_that_came_is_not_printed_and_unknown_ballots_are_not_none():
    before, now = row(1, nik="", ballots=None), row(1, nik="3316091402809999", ballots=())
    ((_, _, was, says, _),) = found((before,), (now,))
    assert was == "NIK: tidak ada; surat suara: belum dapat ditentukan"
    assert says == "NIK: baru; surat suara: tidak ada"


def test_who_decided_and_why_in_words():
    (change,) = changes_between(version((row(1),)), version((row(1, rt="1"),)))
    decided = replace(change, officer="Budi", answer="not_this", reason="namesake", note="ayahnya KASDI")
    assert line(decided, ELECTION)[-1] == "Budi: bukan orang ini, nama sama, orang lain, ayahnya KASDI"


def test_the_counts_of_the_minutes_close():
    matter = builders.matter()
    numbers = [int(count) for _, count in change_minutes(matter)["counts"]["rows"]]
    before, added, gone, _, now = numbers
    assert before + added - gone == now
