"""A roll and its next stage (DP4, DPHP, DPS, DPSHP, DPT): what became of every row, and what does not add up.

A voter of a stage is a row that no remark strikes or bars. Of two stages

    voters of the first  = same + changed + moved + struck + gone
    voters of the second = same + changed + moved + new

and every other row was struck before, or is struck without having been a voter. What a remark does is the
election's to say, by stage (`RemarkCode`). Whole columns are compared, never rows one by one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from reconcile.deciding.election_parts import Election
from reconcile.diffing.lists import NOBODY, Ints, Mask, differing
from reconcile.diffing.parts import CHANGE_MARK, COMPARED, EVENTS, GROUPS, NEW_MARK, Fault, Group, Stage
from reconcile.diffing.sides import Side, Words, make_side
from reconcile.diffing.tying import Ties

Progress = Callable[[str, int, int], None]
Bits = npt.NDArray[np.int16]
_STEPS = 3
_BETWEEN = "\x1f"


def compare_stages(first: Stage, second: Stage, election: Election, progress: Progress | None = None) -> pa.Table:
    """Return what became of every row (`EVENTS`), by TPS and then in the order of the lists.

    Every row of both stages stands in exactly one row of the answer.
    """
    tell = progress or (lambda step, done, total: None)
    tell("linking", 0, _STEPS)
    one, other = make_side(first, election), make_side(second, election)
    tell("linking", 1, _STEPS)
    ties = Ties(one, other)
    tell("linking", 2, _STEPS)
    events = _Events.of(one, other, ties).table()
    tell("linking", _STEPS, _STEPS)
    return events


@dataclass(frozen=True)
class _Events:
    """The rows of the first stage in order, then those only the second has. NOBODY: no such row."""

    first: Side
    second: Side
    before: Ints
    after: Ints
    struck: Ints
    fields: Bits

    @classmethod
    def of(cls, first: Side, second: Side, ties: Ties) -> "_Events":
        alone = np.flatnonzero(~ties.taken)
        is_voter, nobody = ~second.strikes[alone], np.full(len(alone), NOBODY)
        return cls(
            first=first,
            second=second,
            before=np.append(np.arange(first.rows), nobody),
            after=np.append(ties.voter, np.where(is_voter, alone, nobody)),
            struck=np.append(ties.struck, np.where(is_voter, nobody, alone)),
            fields=np.append(_changed(first, second, ties.voter), np.zeros(len(alone), np.int16)),
        )

    def table(self) -> pa.Table:
        """Return all as one table, by TPS, then in the order of the first list, then of the second."""
        groups = self._groups()
        stations = self._stations
        last = np.iinfo(np.int64).max
        place = _rank(pc.if_else(pc.equal(stations[1], ""), *stations))
        order = np.lexsort((self.struck, self.after, np.where(self.before == NOBODY, last, self.before), place))
        both = np.isin(groups, [GROUPS.index(Group.CHANGED), GROUPS.index(Group.MOVED)])
        columns = (
            groups, self.before, self.after, self.struck, pa.array(self._remarks(), pa.string()), self._faults(groups),
            np.where(both, self.fields, 0), *stations, _at(self.first.sex, self.before, NOBODY),
            _at(self.second.sex, self.after, NOBODY),
        )  # fmt: skip
        taken = [_taken(column, field.type, order) for column, field in zip(columns, EVENTS, strict=True)]
        return pa.table(taken, schema=EVENTS)

    def _groups(self) -> npt.NDArray[np.int8]:
        known, stands, struck = self.before != NOBODY, self.after != NOBODY, self.struck != NOBODY
        struck_before = known & _at(self.first.strikes, self.before, False)
        one, other = self._stations
        both = pc.and_(pc.not_equal(one, ""), pc.not_equal(other, ""))
        elsewhere = np.asarray(pc.and_(pc.not_equal(one, other), both))
        stays = known & stands & ~struck_before
        chosen = np.select(
            [stays & elsewhere, stays & (self.fields > 0), stays, stands, struck_before, known & struck, known],
            [GROUPS.index(group) for group in _ORDER],
            GROUPS.index(Group.STRUCK_UNKNOWN),
        )
        return np.asarray(chosen).astype(np.int8)

    @cached_property
    def _stations(self) -> tuple[pa.Array, pa.Array]:
        """Return the TPS where each stood before, and where each stands as a voter now; "" for none.

        Where one list says less of a TPS than the other and nothing else, it is the same TPS.
        """
        before, after = (_texts(side.table["station"], rows) for side, rows in (
            (self.first, self.before), (self.second, self.after),
        ))  # fmt: skip
        unknown = pa.array((self.before == NOBODY) & (self.struck != NOBODY))
        before = pc.if_else(unknown, _texts(self.second.table["station"], self.struck), before)
        return _completed(before, after, pa.array((self.before != NOBODY) & (self.after != NOBODY)))

    def _remarks(self) -> Words:
        """Return the code that strikes, else the mark of the voter; of who was struck before, that code."""
        before, after = _at(self.first.remark, self.before, ""), _at(self.second.remark, self.after, "")
        now = np.where(self.struck != NOBODY, _at(self.second.remark, self.struck, ""), after)
        return np.where((self.struck == NOBODY) & (self.after == NOBODY), before, now)

    def _faults(self, groups: npt.NDArray[np.int8]) -> Bits:
        second, mark = self.second, _at(self.second.remark, self.after, "")
        marks = second.uses_marks

        def is_(*wanted: Group) -> Mask:
            return np.isin(groups, [GROUPS.index(group) for group in wanted])

        returned = is_(Group.NEW) & (self.before != NOBODY)
        is_struck = self.struck != NOBODY
        is_entered = (is_(Group.NEW) & ~returned) | (is_(Group.MOVED) & is_struck)
        found = {
            Fault.GONE: is_(Group.GONE),
            Fault.NO_NEW_ENTRY: is_(Group.STRUCK) & _at(second.moves, self.struck, False),
            Fault.NO_STRIKE: is_(Group.MOVED) & ~is_struck & (marks and second.may_move),
            Fault.NOT_NEW: is_(Group.SAME, Group.CHANGED) & (mark == NEW_MARK),
            Fault.RETURNED: returned,
            Fault.STRUCK_UNKNOWN: is_(Group.STRUCK_UNKNOWN),
            Fault.NEW_UNMARKED: is_entered & marks & (mark != NEW_MARK),
            Fault.CHANGE_UNMARKED: is_(Group.CHANGED) & marks & ~np.isin(mark, [NEW_MARK, CHANGE_MARK]),
            Fault.NO_CHANGE: is_(Group.SAME) & (mark == CHANGE_MARK),
            Fault.UNKNOWN_CODE: _at(second.odd, self.after, False),
        }
        return sum((held.astype(np.int16) * int(fault) for fault, held in found.items()), np.zeros(1, np.int16))


# Of the conditions in `_groups`, in their order.
_ORDER = (
    Group.MOVED, Group.CHANGED, Group.SAME, Group.NEW, Group.STRUCK_BEFORE, Group.STRUCK, Group.GONE,
)  # fmt: skip


def _changed(first: Side, second: Side, voter: Ints) -> Bits:
    """Return for each row of the first stage the fields its voter states otherwise now, as bits."""
    bits = np.zeros(first.rows, np.int16)
    for name, mask in differing(second.table, first.table, voter, COMPARED).items():
        bits |= mask.astype(np.int16) << COMPARED.index(name)
    return bits


def _at(values: npt.NDArray[Any], rows: Ints, otherwise: object) -> npt.NDArray[Any]:
    """Return a value for each row; `otherwise` where there is none."""
    if not len(values):
        return np.full(len(rows), otherwise, values.dtype)
    return np.where(rows == NOBODY, np.asarray(otherwise, values.dtype), values[np.maximum(rows, 0)])


def _texts(column: pa.ChunkedArray, rows: Ints) -> pa.Array:
    """Return a text for each row, "" where there is none."""
    wanted = pa.array(rows, mask=rows == NOBODY)
    return column.combine_chunks().take(wanted).fill_null("")


def _completed(before: pa.Array, after: pa.Array, both: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Return one TPS twice where of `both` one tells no number or no village, and nothing that speaks against it."""
    pairs = pc.binary_join_element_wise(before, after, _BETWEEN).dictionary_encode()
    told = [_one_tps(*pair.split(_BETWEEN)) for pair in pairs.dictionary.to_pylist()]
    whole = pa.array(told, pa.string()).take(pairs.indices)
    is_one = pc.and_(both, pc.is_valid(whole))
    return pc.if_else(is_one, whole, before), pc.if_else(is_one, whole, after)


def _one_tps(one: str, other: str) -> str | None:
    """Return the TPS that both may be, as completely as the two tell it; None where they are two."""
    (village, _, number), (its_village, _, its_number) = one.partition("-"), other.partition("-")
    if (village and its_village and village != its_village) or (number and its_number and number != its_number):
        return None
    whole = f"{village or its_village}-{number or its_number}"
    return "" if whole == "-" else whole


def _rank(texts: pa.Array) -> Ints:
    """Return the place of each text among the different ones, in their order."""
    coded = texts.dictionary_encode()
    place = np.empty(len(coded.dictionary), np.int64)
    place[np.asarray(pc.array_sort_indices(coded.dictionary))] = np.arange(len(place))
    return place[np.asarray(coded.indices)]


def _taken(column: "npt.NDArray[Any] | pa.Array", kind: pa.DataType, order: Ints) -> pa.Array:
    array = column if isinstance(column, pa.Array) else pa.array(column)
    array = array.take(pa.array(order))
    return array.dictionary_encode().cast(kind) if pa.types.is_dictionary(kind) else array.cast(kind)
