"""Kinds of damage that registers do to people, how often, and the dice that decide (domain 5.5 and 7)."""

import math
from enum import StrEnum
from random import Random


class Damage(StrEnum):
    """What a register row says otherwise than the voter roll; several may hold at once."""

    NIK_MISSING = "nik_missing"
    NIK_NUMBER = "nik_number"  # kept as a number: the last digit became 0
    NIK_DIGIT = "nik_digit"
    NIK_TRANSPOSED = "nik_transposed"
    NIK_KIN = "nik_kin"
    NIK_SHORT = "nik_short"
    NIK_MARKS = "nik_marks"  # right, with spaces, dots or an apostrophe
    NIK_LOST = "nik_lost"  # 3,31609E+15 as text
    NAME_LETTER = "name_letter"
    NAME_SPELLING = "name_spelling"
    NAME_JOINED = "name_joined"
    NAME_SPLIT = "name_split"
    NAME_ORDER = "name_order"
    NAME_WORD = "name_word"  # a word missing
    NAME_INITIAL = "name_initial"
    NAME_CUT = "name_cut"
    NAME_TITLE = "name_title"
    NAME_ALIAS = "name_alias"
    NAME_FATHER = "name_father"
    NAME_CASE = "name_case"
    BIRTH_SWAPPED = "birth_swapped"
    BIRTH_PART = "birth_part"
    BIRTH_FILLER = "birth_filler"
    BIRTH_YEAR = "birth_year"
    BIRTH_AGE = "birth_age"
    BIRTH_MISSING = "birth_missing"
    PLACE_OTHER = "place_other"
    PLACE_MISSING = "place_missing"
    SEX_WRONG = "sex_wrong"
    ADDRESS_VILLAGE = "address_village"  # village and district only
    ADDRESS_REGENCY = "address_regency"
    ADDRESS_ARREST = "address_arrest"  # where the arrest found the person: another village
    ADDRESS_MISSING = "address_missing"


# Chance at strength 1.0. NIK and name shares follow the offices' own reports where there are any.
CHANCE: dict[Damage, float] = {
    Damage.NIK_MISSING: 0.28,
    Damage.NIK_NUMBER: 0.05,
    Damage.NIK_DIGIT: 0.075,
    Damage.NIK_TRANSPOSED: 0.028,
    Damage.NIK_KIN: 0.014,
    Damage.NIK_SHORT: 0.035,
    Damage.NIK_LOST: 0.006,
    Damage.NIK_MARKS: 0.12,
    Damage.NAME_LETTER: 0.20,
    Damage.NAME_SPELLING: 0.24,
    Damage.NAME_JOINED: 0.05,
    Damage.NAME_SPLIT: 0.03,
    Damage.NAME_ORDER: 0.025,
    Damage.NAME_WORD: 0.07,
    Damage.NAME_INITIAL: 0.055,
    Damage.NAME_CUT: 0.30,  # of those longer than 20 characters
    Damage.NAME_TITLE: 0.10,
    Damage.NAME_ALIAS: 0.22,
    Damage.NAME_FATHER: 0.43,
    Damage.NAME_CASE: 0.34,
    Damage.BIRTH_SWAPPED: 0.05,
    Damage.BIRTH_PART: 0.08,
    Damage.BIRTH_FILLER: 0.025,
    Damage.BIRTH_YEAR: 0.02,
    Damage.BIRTH_AGE: 0.06,
    Damage.BIRTH_MISSING: 0.045,
    Damage.PLACE_OTHER: 0.03,
    Damage.PLACE_MISSING: 0.045,
    Damage.SEX_WRONG: 0.008,
    Damage.ADDRESS_VILLAGE: 0.22,
    Damage.ADDRESS_REGENCY: 0.05,
    Damage.ADDRESS_ARREST: 0.045,
    Damage.ADDRESS_MISSING: 0.02,
}


# Habits of an office rather than slips of a hand: strength above 1.0 leaves their share as it is.
HABITS = frozenset(
    {
        Damage.NIK_MISSING,
        Damage.NIK_NUMBER,
        Damage.NIK_LOST,
        Damage.NIK_MARKS,
        Damage.NAME_TITLE,
        Damage.NAME_ALIAS,
        Damage.NAME_FATHER,
        Damage.NAME_CASE,
        Damage.BIRTH_YEAR,
        Damage.BIRTH_AGE,
        Damage.BIRTH_MISSING,
        Damage.PLACE_MISSING,
        Damage.ADDRESS_VILLAGE,
        Damage.ADDRESS_REGENCY,
        Damage.ADDRESS_ARREST,
        Damage.ADDRESS_MISSING,
    }
)


class Dice:
    """Decides what falls on one row. `strength` 1.0 is usual, 1.7 strong, 0.0 leaves everything right."""

    def __init__(self, rng: Random, strength: float) -> None:
        self.rng = rng
        self._strength = strength
        self.fallen: list[Damage] = []

    def _chance(self, kind: Damage) -> float:
        """Return the chance of at least one fall in `strength` throws: never above 1."""
        strength = min(self._strength, 1.0) if kind in HABITS else self._strength
        return 1.0 - math.pow(1.0 - CHANCE[kind], strength)

    def falls(self, kind: Damage) -> bool:
        """Throw for one kind; what falls must be noted by `note` once it is really done."""
        return self.rng.random() < self._chance(kind)

    def one_of(self, *kinds: Damage) -> Damage | None:
        """Throw for kinds of which at most one can hold."""
        lot = self.rng.random()
        for kind in kinds:
            lot -= self._chance(kind)
            if lot < 0:
                return kind
        return None

    def note(self, kind: Damage) -> None:
        self.fallen.append(kind)
