"""A whole made-up election around one Rutan: rolls, registers and the truth about every row."""

from collections import defaultdict
from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import chain
from random import Random

from reconcile.generating import places, traps
from reconcile.generating.casting import Cast, Held, cast, make_plan
from reconcile.generating.families import World, make_families, numbered
from reconcile.generating.groups import Group
from reconcile.generating.people import Family, Person
from reconcile.generating.registers import Office, RegisterRow, write_register
from reconcile.generating.rolls import MovedVoter, RollSheet, make_moved, make_sheets

PEOPLE_A_VILLAGE = 1650
TITLE = "PEMILIHAN GUBERNUR DAN WAKIL GUBERNUR, BUPATI DAN WAKIL BUPATI TAHUN {year}"


@dataclass(frozen=True)
class GeneratedCase:
    """Everything the files are written from. `sheets` end with the special TPS's roll.

    `gone` stand on that roll and are in custody no more. `traps` name, by kind, the people who are
    easily taken for each other; `parts` is who plays what, for writing the registers anew.
    """

    seed: int
    regency: str
    tps: tuple[str, str]
    as_of: date
    voting_day: date
    title: str
    sheets: tuple[RollSheet, ...]
    moved: tuple[MovedVoter, ...]
    rutan: tuple[RegisterRow, ...]
    polres: tuple[RegisterRow, ...]
    gone: tuple[Person, ...]
    traps: Mapping[str, tuple[tuple[int, ...], ...]]
    strength: float
    parts: Cast = field(repr=False)

    @property
    def roll_rows(self) -> int:
        return sum(len(sheet.voters) for sheet in self.sheets)


def generate_case(
    *,
    seed: int,
    voters: int = 20_000,
    held: int = 200,
    cells: int = 20,
    strength: float = 1.0,
    regency: str = "3316",
    tps: tuple[str, str] = ("3316091015", "901"),
    as_of: date = date(2024, 11, 1),
    voting_day: date = date(2024, 11, 27),
    title: str = TITLE,
) -> GeneratedCase:
    """Return a made-up case: `voters` rows on the fixed roll, `held` rows in the Rutan's register, `cells` in
    the Polres's. The same arguments give the same case.

    `strength` scales damage: 1.0 usual, 1.7 strong, 0.0 none; above 1.0 slips alone become more. `tps` is
    the special TPS: its village's code, which lies in `regency`, and its number. ValueError when the
    registers are too small to hold every group, the roll too small to fill them, or `as_of` less than two
    days before `voting_day`.
    """
    if (voting_day - as_of).days < 2:
        raise ValueError("nobody can leave between the register's date and voting day")
    world = World(Random(f"{seed}/people"), regency, voting_day)
    plan = make_plan(held, cells)
    families, trapped = _electorate(world, voters - plan.special + plan.struck, tps[0])
    inside = {person.pid: person for person in chain.from_iterable(families)}
    parts = cast(world, plan, inside, trapped)
    sheets = make_sheets(parts.inside.values(), tps, parts)
    office = Office(seed, strength, regency, as_of, voting_day, _kin(parts))
    return GeneratedCase(
        seed=seed,
        regency=regency,
        tps=tps,
        as_of=as_of,
        voting_day=voting_day,
        title=title.format(year=voting_day.year),
        sheets=sheets,
        moved=make_moved(world.rng, sheets, parts),
        rutan=write_register(parts.rutan, office, cell=False),
        polres=write_register(parts.polres, office, cell=True),
        gone=tuple(parts.gone),
        traps=trapped,
        strength=strength,
        parts=parts,
    )


def write_anew(case: GeneratedCase, seed: int, *, without: Container[int] = frozenset()) -> GeneratedCase:
    """Return the same case with its registers written by another hand, and without some people (pids) in them.

    A row keeps nothing of what it said before but what is true of the person: other slips, another register number.
    """
    office = Office(seed, case.strength, case.regency, case.as_of, case.voting_day, _kin(case.parts))
    rutan, polres = (
        [one for one in held if one.person.pid not in without] for held in (case.parts.rutan, case.parts.polres)
    )
    return replace(
        case, rutan=write_register(rutan, office, cell=False), polres=write_register(polres, office, cell=True)
    )


def register_before(case: GeneratedCase, days: int, newcomers: int) -> GeneratedCase:
    """Return the case with the Rutan's register as it stood some days before.

    The last `newcomers` rows were not there yet; those on the special TPS's roll who are held no more still were.
    """
    as_of = case.as_of - timedelta(days=days)
    office = Office(case.seed, 0.0, case.regency, as_of, case.voting_day, _kin(case.parts))
    gone = write_register([Held(person, Group.LOKSUS_IN) for person in case.gone], office, cell=False)
    stayed = case.rutan[: len(case.rutan) - newcomers]
    return replace(case, rutan=(*stayed, *gone), as_of=as_of)


def _electorate(world: World, people: int, first: str) -> tuple[list[Family], traps.Traps]:
    """Return the families of all villages, numbered, and the traps among them."""
    villages = places.choose_villages(world.rng, world.regency, first, max(2, round(people / PEOPLE_A_VILLAGE)))
    weights = [world.rng.uniform(0.7, 1.3) for _ in villages]
    sizes = [int(people * weight / sum(weights)) for weight in weights]
    sizes[0] += people - sum(sizes)
    families = [
        family for village, size in zip(villages, sizes, strict=True) for family in make_families(world, village, size)
    ]
    trapped = traps.set_traps(world.rng, families, world.voting_day)
    families = [[numbered(world, person) for person in family] for family in families]
    trapped["mononyms"] = traps.shared_mononyms(list(chain.from_iterable(families)))
    return families, trapped


def _kin(parts: Cast) -> dict[str, list[Person]]:
    by_card: dict[str, list[Person]] = defaultdict(list)
    for person in parts.inside.values():
        by_card[person.nkk].append(person)
    return by_card
