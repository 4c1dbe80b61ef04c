"""A text roll on which some people stand twice, in the ways KPU's lists have them, beside people who only seem to.

Who stands twice was entered again: at another TPS, after moving, from a wrong number, or with a second NIK (domain
5.5, 6 and 7). Twins grown up are the trap: born the same day, numbered one after the other, named alike.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from random import Random

from reconcile.generating import naming, places
from reconcile.generating.birth_damage import one_part_wrong, swapped
from reconcile.generating.damage import Damage, Dice
from reconcile.generating.identity_numbers import LAST_SERIAL, WOMAN
from reconcile.generating.name_damage import with_slips
from reconcile.generating.nik_damage import one_digit, transposed
from reconcile.generating.official_rolls import EKTP, SEX, piped
from reconcile.generating.text_rolls import write_text_roll
from reconcile.records import Sex

DOUBLED = 0.0019  # share of the roll: 390,070 of 205,853,518 were removed as doubles in 2023 (domain 11)
TWINS = 0.008  # share of the roll: about one birth in a hundred, most of them in two homes by now
FIRST_SERIAL = 9001  # of whoever is entered a second time; the crowd's serials begin higher
SECOND_DPID = 9_000_000
NAME_SLIPS = 0.5  # strength: a roll is copied from the civil registry, not written by hand
BIRTH_SLIPS = 0.06
OTHER_VILLAGE = 0.6  # of a second NIK's entries; the rest moved inside the village
# Of people with two NIK: recording for the electronic card compares fingerprints with everybody's and ends a second
# one as DUPLICATE (domain 6), so that such a person is recorded under one number, but for few.
RECORDED_TWICE = 0.1


class Story(StrEnum):
    """How somebody came to stand on the roll a second time."""

    COPIED = "copied"  # the same NIK and card, at another TPS of the village
    MOVED = "moved"  # the same NIK, another card and home
    MISTYPED = "mistyped"  # one digit of the NIK wrong or two exchanged, the same card
    RENUMBERED = "renumbered"  # registered anew after moving: another NIK, card and home


# No source tells the shares. A NIK is for life (PP 40/2019), so a second one is the exception, and the hardest to find.
SHARES = {Story.COPIED: 0.38, Story.MOVED: 0.38, Story.MISTYPED: 0.19, Story.RENUMBERED: 0.05}


@dataclass(frozen=True)
class Doubled:
    """Two lines (from 1, the heading counted) of a text roll that are one person, and how that came about."""

    first: int
    second: int
    story: Story
    slips: tuple[Damage, ...]


@dataclass(frozen=True)
class _Line:
    """One voter of the text roll, all fields as text."""

    district: str
    village: str
    tps: str
    dpid: str
    nkk: str
    nik: str
    name: str
    sex: str
    born: str
    birth: str
    marital: str
    street: str
    rt: str
    rw: str
    disability: str
    ektp: str
    rest: str  # source and remark

    @classmethod
    def read(cls, line: str) -> "_Line":
        return cls(*line.rstrip("\n").split("#", 16))

    @property
    def day(self) -> date:
        day, month, year = map(int, self.birth.split("|"))
        return date(year, month, day)

    def __str__(self) -> str:
        return "#".join(vars(self).values())


def write_doubled_roll(
    path: Path,
    *,
    seed: int,
    voters: int,
    doubled: float = DOUBLED,
    twins: float = TWINS,
    voting_day: date = date(2024, 11, 27),
) -> tuple[Doubled, ...]:
    """Write a `#` text roll of `voters` lines, of which the shares `doubled` and `twins` come last; return the doubles.

    The same arguments write the same bytes.
    """
    rng = Random(f"{seed}/doubled")
    seconds, pairs = round(voters * doubled), round(voters * twins / 2)
    write_text_roll(path, seed=seed, voters=voters - seconds - 2 * pairs, voting_day=voting_day)
    with path.open(encoding="utf-8", newline="") as file:
        lines = file.readlines()
    chosen = rng.sample(range(1, len(lines)), seconds + pairs)
    villages = places.villages_of(lines[1][:4])
    maker = _Maker(rng, villages, voting_day)
    made: list[_Line] = []
    found = []
    for place in chosen[:seconds]:
        second, story, slips = maker.second(_Line.read(lines[place]))
        found.append(Doubled(place + 1, len(lines) + len(made) + 1, story, slips))
        made.append(second)
    made += [twin for place in chosen[seconds:] for twin in maker.twins(_Line.read(lines[place]))]
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{replace(one, dpid=f'33-{SECOND_DPID + place}')}\n" for place, one in enumerate(made))
    return tuple(found)


def _stem(district: str, birth: date, sex: Sex) -> str:
    """Return the first twelve digits of a NIK."""
    return f"{district}{birth.day + (WOMAN if sex is Sex.FEMALE else 0):02}{birth:%m%y}"


class _Maker:
    """Makes the lines that are added to a roll, each from one that stands there."""

    def __init__(self, rng: Random, villages: tuple[str, ...], voting_day: date) -> None:
        self.rng, self.villages, self.voting_day = rng, villages, voting_day
        self.streets = [f"DK {name}" for name in places.HAMLETS]
        self.serials: dict[str, int] = {}

    def second(self, line: _Line) -> tuple[_Line, Story, tuple[Damage, ...]]:
        """Return somebody's second entry, how it came about, and the slips it holds besides."""
        story = self.rng.choices(list(SHARES), weights=list(SHARES.values()))[0]
        dice = Dice(self.rng, NAME_SLIPS)
        name = " ".join(with_slips(line.name.split(), dice))
        birth = self._written(line.day, dice) if story is not Story.RENUMBERED else line.day
        changes = {"name": name, "birth": piped(birth), **getattr(self, f"_{story.value}")(line)}
        return replace(line, **changes), story, tuple(dice.fallen)

    def _written(self, day: date, dice: Dice) -> date:
        """Return the birth date, sometimes with a slip; the NIK keeps the right one."""
        if self.rng.random() >= BIRTH_SLIPS:
            return day
        kind = self.rng.choice((Damage.BIRTH_SWAPPED, Damage.BIRTH_PART))
        wrong = swapped(day) if kind is Damage.BIRTH_SWAPPED else one_part_wrong(day, self.voting_day, self.rng)
        if wrong != day:
            dice.note(kind)
        return wrong

    def _copied(self, line: _Line) -> dict[str, str]:
        return {"tps": self._tps(line.tps)}

    def _mistyped(self, line: _Line) -> dict[str, str]:
        slip = one_digit if self.rng.random() < 0.7 else transposed
        return {"tps": self._tps(line.tps), "nik": slip(line.nik, self.rng)}

    def _moved(self, line: _Line) -> dict[str, str]:
        village = self.rng.choice(self.villages)
        issued = date(2015, 1, 1) + timedelta(days=self.rng.randrange(3200))
        return {
            "district": village[:6], "village": village, "tps": f"{self.rng.randint(1, 9):03}",
            "nkk": self._numbered(f"{village[:6]}{issued:%d%m%y}"),
            "street": self.rng.choice(self.streets), "rt": str(self.rng.randint(1, 9)),
            "rw": str(self.rng.randint(1, 6)),
            "marital": "S" if self.rng.random() < 0.5 else line.marital,
        }  # fmt: skip

    def _renumbered(self, line: _Line) -> dict[str, str]:
        moved = self._moved(line)
        if self.rng.random() >= OTHER_VILLAGE:
            moved |= {"district": line.district, "village": line.village}
        sex = Sex.FEMALE if line.sex == SEX[Sex.FEMALE] else Sex.MALE
        if self.rng.random() >= RECORDED_TWICE:
            moved["ektp"] = EKTP[False]
        return {**moved, "nik": self._numbered(_stem(moved["district"], line.day, sex))}

    def twins(self, line: _Line) -> Iterator[_Line]:
        """Yield the twin siblings of somebody: serials that follow, names a letter apart; one may have moved away."""
        sex = self.rng.choice(list(Sex))
        day = line.day - timedelta(days=self.rng.randint(400, 2500))
        stem = _stem(line.nik[:6], day, sex)
        names, apart = naming.twin_names(self.rng, sex, day.year), self.rng.random() < 0.5
        for name, has_moved in zip(names, (False, apart), strict=True):
            home = self._moved(line) if has_moved else {}
            changes = {"name": name, "sex": SEX[sex], "birth": piped(day), "nik": self._numbered(stem)}
            yield replace(line, **home, **changes)

    def _tps(self, other: str) -> str:
        return self.rng.choice([tps for number in range(1, 8) if (tps := f"{number:03}") != other])

    def _numbered(self, stem: str) -> str:
        serial = self.serials.get(stem, FIRST_SERIAL)
        assert serial <= LAST_SERIAL
        self.serials[stem] = serial + 1
        return f"{stem}{serial}"
