"""How a register gets a NIK wrong. A wrong NIK of 16 digits still carries a serial from 9001 on."""

from collections.abc import Sequence
from random import Random

from reconcile.generating.damage import Damage, Dice
from reconcile.generating.people import Person

SERIAL_HEAD = 12  # place of the 9 that marks a made-up serial: never changed in a full NIK

# The words of truth.csv. A NIK with marks is still the right NIK; one lost to "E+15" was kept as a number.
TRUTH_WORD: dict[Damage | None, str] = {
    None: "ok",
    Damage.NIK_MISSING: "missing",
    Damage.NIK_NUMBER: "float",
    Damage.NIK_LOST: "float",
    Damage.NIK_DIGIT: "typo",
    Damage.NIK_TRANSPOSED: "transposed",
    Damage.NIK_KIN: "kin",
    Damage.NIK_SHORT: "short",
}
WRONG = tuple(kind for kind in TRUTH_WORD if kind is not None)


def write_nik(nik: str, kin: Sequence[Person], dice: Dice) -> tuple[str | int, str]:
    """Return the cell (an int where the office kept a number) and the word for truth.csv."""
    rng = dice.rng
    kind = dice.one_of(*WRONG)
    if kind is Damage.NIK_KIN and not kin:
        kind = Damage.NIK_DIGIT
    cell = _wrong(nik, kind, kin, rng) if kind else nik
    if kind:
        dice.note(kind)
    if kind in (None, Damage.NIK_DIGIT) and isinstance(cell, str) and dice.falls(Damage.NIK_MARKS):
        dice.note(Damage.NIK_MARKS)
        cell = _with_marks(cell, rng)
    return cell, TRUTH_WORD[kind]


def _wrong(nik: str, kind: Damage, kin: Sequence[Person], rng: Random) -> str | int:
    if kind is Damage.NIK_MISSING:
        return rng.choices(("", "-", "0"), weights=(0.75, 0.17, 0.08))[0]
    if kind is Damage.NIK_NUMBER:
        return int(nik[:15] + "0")
    if kind is Damage.NIK_LOST:
        return f"{nik[0]}{rng.choice(',.')}{nik[1:6]}E+15"
    if kind is Damage.NIK_KIN:
        return rng.choice(kin).nik
    if kind is Damage.NIK_SHORT:
        place = rng.randrange(16)
        return nik[:place] + nik[place + 1 :]
    return transposed(nik, rng) if kind is Damage.NIK_TRANSPOSED else one_digit(nik, rng)


def one_digit(nik: str, rng: Random) -> str:
    place = rng.choice([place for place in range(16) if place != SERIAL_HEAD])
    other = rng.choice([digit for digit in "0123456789" if digit != nik[place]])
    return nik[:place] + other + nik[place + 1 :]


def transposed(nik: str, rng: Random) -> str:
    """Exchange two neighbouring digits that differ; every NIK has such a pair ("33", "16")."""
    fit = [place for place in range(15) if nik[place] != nik[place + 1] and SERIAL_HEAD not in (place, place + 1)]
    place = rng.choice(fit)
    return nik[:place] + nik[place + 1] + nik[place] + nik[place + 2 :]


def _with_marks(nik: str, rng: Random) -> str:
    parts = nik[:6], nik[6:12], nik[12:]
    return rng.choice(
        (
            " ".join(parts),
            "'" + nik,
            ".".join((nik[:2], nik[2:4], nik[4:6], *parts[1:])),
            nik + " ",
            "-".join(parts),
        )
    )
