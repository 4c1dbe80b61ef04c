"""Two answers to one case side by side: only where they differ."""

from collections.abc import Mapping
from dataclasses import dataclass

from reconcile.models import Answer, Case, Decision
from reconcile.queries.case import Said, said_by
from reconcile.queries.fields import Row, Seen, rows


@dataclass(frozen=True)
class Side:
    """One answer, and in what the voter it names differs from the record in custody."""

    letter: str
    said: Said
    can_be_upheld: bool
    rows: tuple[Row, ...]


def difference(case: Case, sight: Mapping[str, str]) -> tuple[Side, ...]:
    """Return the answers of a case that disagree, in the order in which they were given.

    Fields in which every voter named says the same as the register are left out: they do not tell A from B.
    """
    open_ones = case.decisions.filter(is_open=True).select_related("by", "voter__source_list__place").order_by("turn")
    both = list(open_ones)
    seen = Seen(sight, case.run.as_of)
    compared = [_rows(case, one, seen) for one in both]
    telling = {row.name for side in compared for row in side if row.sign != "="}
    return tuple(
        Side(letter, said_by(one), one.answer != Answer.UNSURE, tuple(row for row in side if row.name in telling))
        for letter, one, side in zip("AB", both, compared, strict=False)
    )


def _rows(case: Case, one: Decision, seen: Seen) -> tuple[Row, ...]:
    return tuple(rows(case.outcome.entry, one.voter, seen)) if one.voter else ()
