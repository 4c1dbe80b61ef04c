"""Two earlier stages of some villages' roll: as the civil registry gave it (DP4), and after the door-to-door check.

The DPHP says by its codes what became of everybody, with a few slips of the kind officers look for: a code 8 without
its new entry, and voters who are gone without a code.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from random import Random

from reconcile.generating import naming
from reconcile.generating.cases import GeneratedCase
from reconcile.generating.people import Person
from reconcile.generating.table_rolls import FlatEntry, regency_and_year, write_flat_stage

VILLAGES = 3
STRUCK, MOVED, CHANGED, NEW = 0.02, 0.008, 0.015, 0.01  # shares of the voters
LOST_MOVES, GONE = 2, 3  # code 8 without B; gone without a code
CODES = "1124467"  # the dead are the most, then who moved away
_FIRST_SERIAL, _FIRST_PID = 9800, 900_000  # beyond those of any case


def write_earlier_stages(case: GeneratedCase, folder: Path) -> tuple[Path, Path]:
    """Write the DP4 and the DPHP of the first villages of a case; return both files. The same case, the same bytes."""
    rng = Random(f"{case.seed}/stages")
    villages = sorted({sheet.village for sheet in case.sheets[:-1]})[:VILLAGES]
    sheets = [sheet for sheet in case.sheets[:-1] if sheet.village in villages]
    voters = [(sheet.village, sheet.tps, voter) for sheet in sheets for voter in sheet.voters]
    before, after = _stages(rng, voters)
    said = regency_and_year(case)
    dp4 = write_flat_stage(folder / "DP4_TIGA_DESA.xlsx", "DP4", f"DAFTAR POTENSIAL PEMILIH (DP4) {said}", before)
    title = f"DAFTAR PEMILIH HASIL PEMUTAKHIRAN (DPHP) {said}"
    return dp4, write_flat_stage(folder / "DPHP_TIGA_DESA.xlsx", "DPHP", title, after)


def _stages(rng: Random, voters: list[tuple[str, str, Person]]) -> tuple[list[FlatEntry], list[FlatEntry]]:
    """Return the rows of both stages."""
    sizes = [round(len(voters) * share) for share in (STRUCK, MOVED, CHANGED, NEW)]
    chosen = iter(rng.sample(range(len(voters)), sum(sizes) + GONE))
    struck, moved, changed, new = ({next(chosen) for _ in range(size)} for size in sizes)
    gone = set(chosen)
    tps_of: dict[str, set[str]] = {}
    for village, tps, _ in voters:
        tps_of.setdefault(village, set()).add(tps)
    before: list[FlatEntry] = []
    after: list[FlatEntry] = []
    entered: list[FlatEntry] = []
    for place, (village, tps, voter) in enumerate(voters):
        if place in struck:  # somebody of the same card, whom nobody has on a later stage
            other = _other(rng, voter, place)
            before.append((village, tps, other, ""))
            after.append((village, tps, other, rng.choice(CODES)))
        if place in moved:
            old = rng.choice(sorted(tps_of[village] - {tps}) or [tps])
            before.append((village, old, voter, ""))
            after.append((village, old, voter, "8"))
            entered.append((village, tps, voter, "B"))
        elif place in new:
            entered.append((village, tps, voter, "B"))
        elif place in changed:
            before.append((village, tps, replace(voter, home=replace(voter.home, rt=voter.home.rt % 9 + 1)), ""))
            after.append((village, tps, voter, "U"))
        else:
            before.append((village, tps, voter, ""))
            after += [] if place in gone else [(village, tps, voter, "0")]
    kept = [entry for entry in entered if entry[2].pid not in _first(entered, LOST_MOVES, before)]
    return before, after + kept


def _first(entered: Iterable[FlatEntry], count: int, before: Iterable[FlatEntry]) -> set[int]:
    """Return the first few of those entered anew who stood there before: their new entries get lost."""
    there = {voter.pid for _, _, voter, _ in before}
    return set([voter.pid for _, _, voter, _ in entered if voter.pid in there][:count])


def _other(rng: Random, voter: Person, place: int) -> Person:
    return replace(
        voter,
        pid=_FIRST_PID + place,
        name=naming.compose(rng, voter.sex, voter.birth.year),
        nik=f"{voter.nik[:12]}{_FIRST_SERIAL + place % 199}",
    )
