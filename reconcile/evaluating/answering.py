"""A labelled case -> its answers beside its truth, by the same steps that the command line and the web run."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from time import perf_counter
from typing import Any

import pyarrow as pa

from reconcile.deciding import Election, TpsRef
from reconcile.evaluating.cases import CaseFault, LabelledCase, NotACase
from reconcile.evaluating.figures import Share
from reconcile.evaluating.verdicts import Places, Verdict, judge
from reconcile.matching import MatchOptions
from reconcile.reading import ReadResult, Refused, read_lists
from reconcile.reconciling import Result, reconcile
from reconcile.records import HELD_KINDS, ROLL_KINDS, ListKind

Told = Callable[[str], None]


@dataclass(frozen=True)
class Setting:
    """What all cases of one evaluation share."""

    election: Election
    tps: TpsRef
    as_of: date
    options: MatchOptions


@dataclass(frozen=True)
class Answered:
    """One case, answered. `extra` register rows are not in the truth; `seconds` are reading and the rest.

    `left` are the people gone who were found to be; `left_wrong` roll rows were named gone and are not.
    """

    name: str
    verdicts: tuple[Verdict, ...]
    extra: int
    left: Share
    left_wrong: int
    voters: int
    seconds: tuple[float, float]

    @property
    def wrong(self) -> tuple[Verdict, ...]:
        """Return the wrong automatic matches."""
        return tuple(one for one in self.verdicts if one.automatic and not one.first)


def answer_case(case: LabelledCase, setting: Setting, told: Told = lambda step: None) -> Answered:
    """Read, match, decide and judge one case. Raises NotACase, and Refused for a file that is no list."""
    begun = perf_counter()
    told("reading")
    read = _read(case, setting.tps.region[:4])
    held, roll = (_side(read, kinds) for kinds in (HELD_KINDS, ROLL_KINDS))
    done = perf_counter()
    result = reconcile(
        held, roll, setting.election, setting.tps, setting.as_of, setting.options,
        progress=lambda step, done, total: told(step),
        stage=setting.election.stage_of(one.stage for one in read if one.kind is ListKind.ROLL),
    )  # fmt: skip
    seconds = (done - begun, perf_counter() - done)
    verdicts = judge(case.truth, result)
    left, left_wrong = _left(case, result)
    extra = len(result.people) - sum(not one.lost for one in verdicts)
    return Answered(case.folder.name, tuple(verdicts), extra, left, left_wrong, roll.num_rows, seconds)


def _read(case: LabelledCase, near: str) -> list[ReadResult]:
    """Read rolls and registers; each must be what its place in the folder says."""
    paths = [*case.rolls, *case.registers]
    found = []
    for place, one in enumerate(read_lists(paths, names=[path.name for path in paths], near=near)):
        if isinstance(one, Refused):
            raise one
        if one.kind not in (ROLL_KINDS if place < len(case.rolls) else HELD_KINDS):
            raise NotACase(CaseFault.WRONG_SIDE, case.folder, one.file)
        found.append(one)
    return found


def _side(read: Sequence[ReadResult], kinds: Iterable[ListKind]) -> pa.Table:
    tables = [one.table for one in read if one.kind in kinds]
    return pa.concat_tables(tables, promote_options="default").unify_dictionaries().combine_chunks()


def _left(case: LabelledCase, result: Result) -> tuple[Share, int]:
    roll = Places(result.roll)
    named = {roll.of(row) for row in result.left}
    return Share(len(named & case.gone), len(case.gone)), len(named - case.gone)


def summary_of(answered: Answered) -> dict[str, Any]:
    """Return what is said of one case beside its figures. No times: the same case gives the same bytes."""
    return {
        "name": answered.name,
        "voters": answered.voters,
        "extra": answered.extra,
        "left": answered.left.to_dict(),
        "left_wrong": answered.left_wrong,
        "wrong": [{"held": one.place, "voter": one.named} for one in answered.wrong],
    }
