"""People whom a careless matcher takes for each other; every made-up electorate holds some of each."""

from dataclasses import replace
from datetime import date
from random import Random

from reconcile.generating import naming
from reconcile.generating.people import Family, Person
from reconcile.records import Marital, Sex

Traps = dict[str, tuple[tuple[int, ...], ...]]  # kind -> the pids that are easily taken for each other

# One trap of a kind for so many people, and at least one.
PEOPLE_A_TRAP = {"twins": 700, "father_and_son": 900, "namesakes": 1300, "married_minor": 8000}
SHARED_MONONYM = 5  # bearers from which on a mononym counts as a trap


def set_traps(rng: Random, families: list[Family], voting_day: date) -> Traps:
    """Change some members of `families`, in place, before NIKs are given; return who was changed."""
    people = sum(map(len, families))
    wanted = {kind: max(1, people // share) for kind, share in PEOPLE_A_TRAP.items()}
    order = rng.sample(families, len(families))
    fathers = [family for family in order if len(_children(family)) >= 1]
    twins = [family for family in fathers if len(_children(family)) >= 2][: wanted["twins"]]
    taken = {id(family) for family in twins}
    fathers = [family for family in fathers if id(family) not in taken and _sons(family)]
    fathers = fathers[: wanted["father_and_son"]]
    taken |= {id(family) for family in fathers}
    free = [family for family in order if id(family) not in taken]
    return {
        "twins": tuple(_make_twins(rng, family) for family in twins),
        "father_and_son": tuple(_name_after_father(family) for family in fathers),
        "namesakes": _make_namesakes(free, wanted["namesakes"]),
        "married_minor": _make_married_minors(rng, free[::-1], wanted["married_minor"], voting_day),
    }


def shared_mononyms(people: list[Person]) -> tuple[tuple[int, ...], ...]:
    """Return the groups of people who share a name of one word, the largest first."""
    pids_by_name: dict[str, list[int]] = {}
    for person in people:
        if " " not in person.name:
            pids_by_name.setdefault(person.name, []).append(person.pid)
    shared = [tuple(pids) for pids in pids_by_name.values() if len(pids) >= SHARED_MONONYM]
    return tuple(sorted(shared, key=lambda pids: (-len(pids), pids)))


def _children(family: Family) -> list[int]:
    """Return the places of the head's children in the family."""
    return [place for place, member in enumerate(family[1:], 1) if member.father == family[0].name]


def _sons(family: Family) -> list[int]:
    return [place for place in _children(family) if family[place].sex is Sex.MALE]


def _make_twins(rng: Random, family: Family) -> tuple[int, int]:
    one, other = _children(family)[:2]
    elder = family[one]
    names = naming.twin_names(rng, elder.sex, elder.birth.year)
    family[one] = replace(elder, name=names[0], marital=Marital.SINGLE)
    family[other] = replace(family[one], pid=family[other].pid, name=names[1])
    return family[one].pid, family[other].pid


def _name_after_father(family: Family) -> tuple[int, int]:
    place = _sons(family)[0]
    family[place] = replace(family[place], name=family[0].name)
    return family[0].pid, family[place].pid


def _make_namesakes(families: list[Family], wanted: int) -> tuple[tuple[int, int], ...]:
    """Give heads of different families one name and birth date: two people, two homes, two NIKs."""
    men = [family for family in families if family[0].sex is Sex.MALE and len(family) <= 2]
    pairs = []
    for one, other in zip(men[: 2 * wanted : 2], men[1 : 2 * wanted : 2], strict=True):
        other[0] = replace(other[0], name=one[0].name, birth=one[0].birth)
        pairs.append((one[0].pid, other[0].pid))
    return tuple(pairs)


def _make_married_minors(
    rng: Random, families: list[Family], wanted: int, voting_day: date
) -> tuple[tuple[int, ...], ...]:
    """Make the youngest of some families 16 and married: too young by age, a voter by marriage."""
    made = []
    for family in families[:wanted]:
        birth = date(voting_day.year - 16, rng.randint(1, 6), rng.randint(1, 28))
        name = naming.compose(rng, Sex.FEMALE, birth.year)
        family[-1] = replace(family[-1], name=name, birth=birth, marital=Marital.MARRIED, sex=Sex.FEMALE)
        made.append((family[-1].pid,))
    return tuple(made)
