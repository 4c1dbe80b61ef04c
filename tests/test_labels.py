"""Every code of the pure side has words, in both languages."""

from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from django.utils import translation

from reconcile import labels
from reconcile.access import SIGHT
from reconcile.deciding import ConflictCode
from reconcile.deciding.codes import Action, Actor, DiscrepancyCode, Note
from reconcile.deciding.custody import Forecast
from reconcile.deciding.election_parts import Point
from reconcile.deciding.fields import FaultCode
from reconcile.diffing import FAULTS
from reconcile.diffing import Group as StageGroup
from reconcile.diffing.recap import MEASURES
from reconcile.inspecting import Check
from reconcile.labels.matching import FIELDS, LEVELS
from reconcile.matching import Caution
from reconcile.matching import options as matching_options
from reconcile.models import (
    Answer,
    Clearing,
    CountedAt,
    DecisionReason,
    FindingStatus,
    HandKind,
    ListStatus,
    LoanStatus,
    NotVoted,
    PaperKind,
    PlaceKind,
    Role,
    RunStatus,
    StayKind,
    VersionEnd,
    VersionStatus,
    VoteKind,
)
from reconcile.queries.comparing import Sign
from reconcile.queries.consequences import NO_LIST, NOT_THIS, SAME, UNSURE
from reconcile.queries.fields import FIELDS as ROWS
from reconcile.queries.gaps import GAPS
from reconcile.queries.groups import OF_CERTAIN, Group
from reconcile.queries.meanings import Meaning
from reconcile.queries.roll_work import STEPS
from reconcile.reading.problems import Ending, ProblemCode, Refusal
from reconcile.records import DateQuality, ListKind, Marital, MatchStatus, NikQuality, Outcome, Sex
from reconcile.versions import PersonChangeKind
from reconcile.writing.papers import BY_CODE, Audience
from reconcile.writing.papers import words as paper_words

TABLES: list[tuple[Mapping[Any, Any], Iterable[str]]] = [
    (labels.ACTIONS, Action),
    (labels.ACTORS, Actor),
    (labels.CAUTIONS, Caution),
    (labels.CONFLICTS, ConflictCode),
    (labels.COUNTED_AT, CountedAt.values),
    (labels.ROLL_CHECKS, Check),
    (labels.DATE_QUALITIES, DateQuality),
    (labels.DISCREPANCIES, DiscrepancyCode),
    (labels.ENDINGS, Ending),
    (labels.FAULTS, FaultCode),
    (labels.FIELD_NAMES, [*ROWS, "age"]),
    (labels.GAPS, GAPS),
    (labels.CLEARINGS, Clearing.values),
    (labels.FINDING_STATUSES, FindingStatus.values),
    (labels.FORECASTS, Forecast),
    (labels.TRUSTS, Forecast),
    (labels.POINTS, Point),
    (labels.STAYS, StayKind.values),
    (labels.GROUPS, Group),
    (labels.HAND_KINDS, HandKind.values),
    (labels.KINDS, ListKind),
    (labels.LIST_STATUSES, ListStatus.values),
    (labels.LOAN_STATUSES, LoanStatus.values),
    (labels.MARITALS, Marital),
    (labels.MATCH_STATUSES, MatchStatus),
    (labels.MEANINGS, Meaning),
    (labels.MEASURES, MEASURES),
    (labels.NIK_QUALITIES, NikQuality),
    (labels.NOTES, Note),
    (labels.NOT_VOTED, NotVoted.values),
    (labels.OUTCOMES, Outcome),
    (labels.PAPER_KINDS, PaperKind.values),
    (labels.PERSON_CHANGES, PersonChangeKind),
    (labels.PLACE_KINDS, PlaceKind.values),
    (labels.PROBLEMS, ProblemCode),
    (labels.REFUSALS, Refusal),
    (labels.ROLES, Role.values),
    (labels.RUN_STATUSES, RunStatus.values),
    (labels.ROLL_STEPS, {step for steps in STEPS.values() for step in steps}),
    (labels.SEXES, Sex),
    (labels.STAGE_FAULTS, FAULTS),
    (labels.STAGE_GROUPS, StageGroup),
    (labels.SIGNS, Sign),
    (labels.SUPPOSITIONS, [SAME, NOT_THIS, NO_LIST, UNSURE]),
    (labels.AUDIENCES, Audience),
    (labels.PAPERS, [*BY_CODE, "contents"]),
    (labels.VERSION_ENDS, VersionEnd.values),
    (labels.VERSION_STATUSES, ["draft", *VersionStatus.values]),
    (paper_words.ANSWERS, Answer.values),
    (paper_words.REASONS, DecisionReason.values),
    (labels.VOTE_KINDS, VoteKind.values),
    (FIELDS, matching_options.LEVELS),
    *((LEVELS.get(name, {}), levels) for name, levels in matching_options.LEVELS.items()),
]


@pytest.mark.parametrize(("words", "codes"), TABLES)
def test_every_code_has_words_and_every_word_a_code(words: Mapping[Any, Any], codes: Iterable[str]) -> None:
    assert {str(code) for code in words} == {str(code) for code in codes}
    assert all(words.values())


def test_every_outcome_has_three_texts_and_a_group() -> None:
    assert all(words.short and words.sentence and words.meaning for words in labels.OUTCOMES.values())
    assert OF_CERTAIN.keys() == set(Outcome)


def test_every_problem_says_what_and_what_to_do() -> None:
    assert all(words.what and words.remedy for words in labels.PROBLEMS.values())


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_refusal_names_the_file_and_ends_with_what_to_do(language: str) -> None:
    with translation.override(language):
        for code in Refusal:
            sentence = labels.refusal_text(code, "daftar.xlsx")
            assert sentence.startswith("daftar.xlsx: ")
            assert sentence.endswith(".") and ". " not in sentence and "%" not in sentence


def test_a_problem_says_where() -> None:
    with translation.override("id"):
        assert labels.problem_text("nik_short", "DATA WBP", 7, "NIK").startswith(
            "Lembar DATA WBP, baris 7, kolom NIK: NIK kurang dari 16 angka; "
        )
        assert labels.problem_text("hidden_sheet", "Sheet2", 0, "").startswith("Lembar Sheet2: ")
        assert labels.problem_text("nik_short", "", 0, "").startswith("NIK kurang")


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("code", ProblemCode)
def test_a_problem_is_one_sentence(code: ProblemCode, language: str) -> None:
    with translation.override(language):
        sentence = labels.problem_text(code, "DATA", 7, "NIK", said="14-03-1980")
        assert sentence.endswith(".") and ". " not in sentence and "%" not in sentence


def test_a_doubtful_date_is_shown_with_the_one_in_the_nik() -> None:
    with translation.override("en"):
        assert labels.problem_text("date_swapped", "", 7, "TGL LAHIR", said="03-12-1980") == (
            "Row 7, column TGL LAHIR: By the NIK, day and month stand the other way round (the NIK says 03-12-1980); "
            "check the date on the KTP-el."
        )
        assert "the NIK says" not in labels.problem_text("date_swapped", "", 7, "TGL LAHIR")


@pytest.mark.parametrize(("language", "text"), [("id", "NIK dua angka tertukar"), ("en", "NIK: two digits swapped")])
def test_a_reason_in_plain_words(language: str, text: str) -> None:
    with translation.override(language):
        assert labels.reason_text("nik", "transposed") == text


@pytest.mark.parametrize(
    ("language", "told", "text"),
    [
        ("id", ("nik", "equal", "one_digit", 9), "NIK: sama di sini, satu angka beda di sana"),
        ("en", ("nik", "equal", "missing", 9), "NIK: the same here, not compared there"),
        ("en", ("region", "village", "elsewhere", 9), "home: the same village here, another regency there"),
        ("en", ("name", "partial", "partial", 9), "name: only a part fits with both, and it weighs more here"),
        (
            "id",
            ("name", "partial", "partial", -9),
            "nama: hanya sebagian cocok pada keduanya, tetapi lebih berbobot di sana",
        ),
    ],
)
def test_what_tells_two_voters_apart_in_plain_words(language: str, told: tuple[Any, ...], text: str) -> None:
    with translation.override(language):
        assert labels.contrast_text(*told) == text


def test_a_code_without_words_is_shown_as_it_is() -> None:
    with translation.override("en"):
        assert labels.reason_text("shoe_size", "bigger") == "shoe_size: bigger"


def test_every_role_has_its_sight() -> None:
    assert SIGHT.keys() == set(Role)
