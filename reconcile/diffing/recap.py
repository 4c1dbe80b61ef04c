"""The recapitulation of a comparison of two stages, by TPS, village and district, as KPU's forms count (domain 4.2 h).

Of any area: first = stayed + moved out + struck + gone, second = stayed + moved in + new; who changed has stayed.
Men, women and those of whom neither is stated are counted apart and all three make up a total.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from reconcile.diffing.lists import Ints
from reconcile.diffing.parts import FIRST, GROUPS, SECOND, SEXES, Group

# Counted where a voter stood before, or where one stands after: who moves is counted at both.
MEASURES: dict[str, tuple[str, tuple[Group, ...]]] = {
    "first": ("before", FIRST),
    "moved_out": ("before", (Group.MOVED,)),
    "struck": ("before", (Group.STRUCK,)),
    "gone": ("before", (Group.GONE,)),
    "second": ("after", SECOND),
    "same": ("after", (Group.SAME,)),
    "changed": ("after", (Group.CHANGED,)),
    "moved_in": ("after", (Group.MOVED,)),
    "new": ("after", (Group.NEW,)),
}
DISTRICT, VILLAGE = 6, 10  # digits of their codes
NOWHERE = "-"  # where voters of no stated TPS are counted
_COLUMNS = [f"{measure}_{sex or 'unstated'}" for measure in MEASURES for sex in SEXES]


class Figure(NamedTuple):
    """How many: L, P, and those of whom neither is stated."""

    male: int
    female: int
    unstated: int

    @property
    def both(self) -> int:
        """L+P, as the forms have it."""
        return self.male + self.female

    @property
    def total(self) -> int:
        return self.male + self.female + self.unstated


@dataclass(frozen=True)
class RecapRow:
    """One area: a district or village by its code, a TPS as "3316091015-001", "" for all, NOWHERE for no TPS."""

    area: str
    figures: dict[str, Figure]  # by MEASURES

    @property
    def entered(self) -> Figure:
        """Who is entered anew here ("Pemilih Baru"): nobody's voter before, or another TPS's."""
        return _sum([self.figures["new"], self.figures["moved_in"]])

    @property
    def taken_out(self) -> Figure:
        """Who is struck here ("TMS"): with a code, or because of a move. Who is gone without a code is not."""
        return _sum([self.figures["struck"], self.figures["moved_out"]])


@dataclass(frozen=True)
class Recap:
    """Counts by TPS: (station, measure, sex)."""

    stations: tuple[str, ...]
    counts: Ints

    def rows(self, within: str, digits: int | None) -> list[RecapRow]:
        """Return the areas inside one, by so many digits of their codes; None: each TPS."""
        found: dict[str, list[int]] = {}
        for place, station in enumerate(self.stations):
            if station.startswith(within):
                found.setdefault(station if digits is None else station.split("-")[0][:digits], []).append(place)
        return [self._row(area or NOWHERE, places) for area, places in found.items()]

    def total(self, within: str = "") -> RecapRow:
        return self._row(within, [place for place, one in enumerate(self.stations) if one.startswith(within)])

    def _row(self, area: str, places: list[int]) -> RecapRow:
        summed = self.counts[places].sum(axis=0).tolist()
        return RecapRow(area, {name: Figure(*figure) for name, figure in zip(MEASURES, summed, strict=True)})

    def to_table(self) -> pa.Table:
        flat = self.counts.reshape(len(self.stations), -1)
        columns = {name: flat[:, place].astype(np.int32) for place, name in enumerate(_COLUMNS)}
        return pa.table({"station": pa.array(self.stations, pa.string()), **columns})

    @classmethod
    def from_table(cls, table: pa.Table) -> "Recap":
        stations = tuple(table["station"].to_pylist())
        counts = np.column_stack([table[name].to_numpy() for name in _COLUMNS]).astype(np.int64)
        return cls(stations, counts.reshape(len(stations), len(MEASURES), len(SEXES)))


def recap_of(events: pa.Table) -> Recap:
    """Count the answer of `compare_stages` by TPS; a voter without a TPS is counted under ""."""
    group = events["group"].to_numpy()
    coded = {side: _coded(events[f"tps_{side}"]) for side in ("before", "after")}
    stations = sorted({name for _, names in coded.values() for name in names})
    place = {station: at for at, station in enumerate(stations)}
    counts = np.zeros((len(stations), len(MEASURES), len(SEXES)), np.int64)
    for number, (side, groups) in enumerate(MEASURES.values()):
        code, names = coded[side]
        wanted = np.isin(group, [GROUPS.index(one) for one in groups])
        station = np.array([place[name] for name in names], np.int64)[code[wanted]]
        cell = station * len(SEXES) + events[f"sex_{side}"].to_numpy()[wanted]
        counts[:, number] = np.bincount(cell, minlength=len(stations) * len(SEXES)).reshape(-1, len(SEXES))
    used = counts.any(axis=(1, 2))
    return Recap(tuple(np.array(stations, object)[used]), counts[used])


def _coded(column: pa.ChunkedArray) -> tuple[Ints, list[str]]:
    one = column.combine_chunks()
    one = one.dictionary_encode() if not pa.types.is_dictionary(one.type) else one
    return np.asarray(one.indices).astype(np.int64), one.dictionary.to_pylist()


def _sum(figures: Iterable[Figure]) -> Figure:
    return Figure(*(sum(part) for part in zip(*figures, strict=True)))


def code_counts(events: pa.Table) -> Iterator[tuple[str, int]]:
    """Yield each striking code and how many voters of the first stage it strikes, by code."""
    struck = events.filter(pc.equal(events["group"], GROUPS.index(Group.STRUCK)))["code"].combine_chunks()
    counted = struck.cast(pa.string()).value_counts().to_pylist()
    yield from sorted((one["values"], one["counts"]) for one in counted)
