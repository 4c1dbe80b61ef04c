"""A text roll of any size: the people of a case, then a crowd from the regency's other villages."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from reconcile.generating import places
from reconcile.generating.cases import GeneratedCase
from reconcile.generating.crowd import Crowd, birth_places, make_crowd, streets, vocabulary
from reconcile.generating.official_rolls import EKTP, Stands, piped
from reconcile.generating.table_rolls import TEXT_HEADER, case_lines, text_stands

LINES_AT_ONCE = 50_000
_FIRST_DPID = 1_000_000  # above those of any case
_OLDEST = date(1900, 1, 1)


def write_text_roll(
    path: Path,
    *,
    seed: int,
    voters: int,
    regency: str = "3316",
    voting_day: date = date(2024, 11, 27),
    case: GeneratedCase | None = None,
) -> Stands:
    """Write a `#` text roll of `voters` people, sorted by village: 700,000 lines take some seconds.

    With `case`, its people come first (its regency and voting day hold) and the rest live in other
    villages; return where the case's people stand, by (pid, village, TPS). ValueError when the case alone
    has more than `voters`.
    """
    if case:
        regency, voting_day = case.regency, case.voting_day
    taken = {sheet.village for sheet in case.sheets} if case else set()
    villages = tuple(sorted(set(places.villages_of(regency)) - taken))
    others = voters - (case.roll_rows if case else 0)
    if others < 0:
        raise ValueError("the case has more voters than the roll asked for")
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(TEXT_HEADER + "\n")
        file.writelines(line + "\n" for line in (case_lines(case) if case else ()))
        if others:
            crowd = make_crowd(np.random.default_rng(seed), villages, others, voting_day)
            for lines in _lines(crowd, villages):
                file.write("\n".join(lines) + "\n")
    return text_stands(case, path.name) if case else {}


def _lines(crowd: Crowd, villages: tuple[str, ...]) -> Iterator[list[str]]:
    """Yield the lines in portions."""
    heads = [f"{village[:6]}#{village}#" for village in villages]
    province = villages[0][:2]
    tables = _Tables(villages[0][:4])
    for start in range(0, len(crowd.nik), LINES_AT_ONCE):
        part = slice(start, start + LINES_AT_ONCE)
        columns = (
            range(_FIRST_DPID + start, _FIRST_DPID + len(crowd.nik)),
            crowd.village[part].tolist(),
            crowd.tps[part].tolist(),
            crowd.nkk[part].tolist(),
            crowd.nik[part].tolist(),
            tables.people(crowd, part),
            crowd.rt[part].tolist(),
            crowd.rw[part].tolist(),
            np.where(crowd.recorded[part], EKTP[True], EKTP[False]).tolist(),
        )
        yield [
            f"{heads[village]}{tps:03}#{province}-{dpid}#{nkk}#{nik}#{person}#{rt}#{rw}#0#{ektp}#DP4#0"
            for dpid, village, tps, nkk, nik, person, rt, rw, ektp in zip(*columns, strict=False)
        ]


class _Tables:
    """The texts that the crowd's numbers stand for."""

    def __init__(self, regency: str) -> None:
        self._words = vocabulary()
        self._later = [f" {word}" if word else "" for word in self._words]
        self._streets = streets()
        self._dates = [piped(_OLDEST + timedelta(days=day)) for day in range(130 * 365)]
        self._born = birth_places(regency)

    def people(self, crowd: Crowd, part: slice) -> list[str]:
        """Return the fields from name to street of each person."""
        words, later = self._words, self._later
        names = [words[one] + later[two] + later[three] for one, two, three in crowd.words[part].tolist()]
        days = (crowd.birth[part] - np.datetime64(_OLDEST)).astype(np.int64).tolist()
        columns = (
            names,
            np.where(crowd.female[part], "P", "L").tolist(),
            crowd.born[part].tolist(),
            days,
            np.array(["B", "S", "P"])[crowd.marital[part]].tolist(),
            crowd.street[part].tolist(),
        )
        return [
            f"{name}#{sex}#{self._born[born]}#{self._dates[day]}#{marital}#{self._streets[street]}"
            for name, sex, born, day, marital, street in zip(*columns, strict=True)
        ]
