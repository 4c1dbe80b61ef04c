"""A stage made ready to be compared: where each row votes, and what its remark says and does."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from reconcile.deciding.election_parts import Election, RemarkEffect
from reconcile.deciding.entries import STRIKES, is_odd_number, remark_of
from reconcile.diffing.lists import Mask, plain
from reconcile.diffing.parts import CHANGE_MARK, NEW_MARK, SEXES, Stage

Words = npt.NDArray[np.object_]
_NO_TPS = "-"


@dataclass(frozen=True)
class Side:
    """The rows of a stage. `strikes`: such a row is no voter; `moves`, `bars`: why not (`RemarkEffect`)."""

    table: pa.Table  # with the column `station`, null where no TPS is stated
    remark: Words  # code, mark or number as written; "" for free text
    strikes: Mask
    moves: Mask
    bars: Mask
    odd: Mask  # a number that is no code of this stage
    sex: npt.NDArray[np.int8]
    may_move: bool  # a code of this stage moves voters

    @property
    def rows(self) -> int:
        return int(self.table.num_rows)

    @property
    def uses_marks(self) -> bool:
        """Say whether the list tells what has become of its rows; a list without any mark tells nothing by none."""
        return bool(self.strikes.any() or np.isin(self.remark, [NEW_MARK, CHANGE_MARK]).any())


def make_side(stage: Stage, election: Election) -> Side:
    """Make a stage ready: remarks mean what the election says they do at this stage."""
    table = stage.table
    written = plain(table, "remark").cast(pa.string()).fill_null("").dictionary_encode()
    marks = [_mark(text, election, stage.code) for text in written.dictionary.to_pylist()]
    row = written.indices.to_numpy()
    remark = np.array([code for code, _, _ in marks], object)[row]
    effect = np.array([effect for _, effect, _ in marks], object)[row]
    return Side(
        table=table.append_column("station", _stations(table)),
        remark=remark,
        strikes=np.isin(effect, [RemarkEffect.BARRED.value, *(one.value for one in STRIKES)]),
        moves=effect == RemarkEffect.MOVED.value,
        bars=effect == RemarkEffect.BARRED.value,
        odd=np.array([is_odd for _, _, is_odd in marks], bool)[row],
        sex=_sexes(table),
        may_move=any(one.effect is RemarkEffect.MOVED and stage.code in one.stages for one in election.remarks),
    )


def _mark(text: str, election: Election, stage: str) -> tuple[str, str, bool]:
    """Return a remark's code, its effect, and whether it is a number that is no code here."""
    known = remark_of(text, election, stage)
    if known is not None:
        return known.code or text, known.effect.value, False
    mark = text.strip().upper()
    is_odd = is_odd_number(text)
    return (mark if is_odd or mark in (NEW_MARK, CHANGE_MARK) else ""), "", is_odd


def _stations(table: pa.Table) -> pa.Array:
    """Return village and number of each row's TPS as one text, null where neither is stated."""
    region, number = (plain(table, name).cast(pa.string()).fill_null("") for name in ("tps_region", "tps"))
    number = pc.utf8_trim_whitespace(number)
    number = pc.if_else(pc.equal(number, ""), "", pc.utf8_lpad(number, 3, "0"))
    joined = pc.binary_join_element_wise(region, number, "-")
    return pc.if_else(pc.equal(joined, _NO_TPS), pa.scalar(None, pa.string()), joined)


def _sexes(table: pa.Table) -> npt.NDArray[np.int8]:
    stated = pa.array(SEXES[:-1])
    found = pc.index_in(plain(table, "sex").cast(pa.string()), value_set=stated).fill_null(len(stated))
    return np.asarray(found).astype(np.int8)
