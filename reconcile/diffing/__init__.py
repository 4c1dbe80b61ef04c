"""Two lists of one source, or two stages of one roll: who stays, who comes, who goes, and what differs.

`lists` compares what an office sends with what it sent before; `stages` a roll with its next stage, by the codes
the election gives to remarks; `recap` counts the result as the forms of KPU do. Never imports Django.
"""

from reconcile.diffing.lists import (
    NOBODY,
    NUMBERS,
    OF_HELD,
    OF_VOTER,
    Ints,
    Mask,
    differing,
    link_voters,
    overlap,
    plain,
    values_of,
)
from reconcile.diffing.parts import COMPARED, EVENTS, FAULTS, FIRST, GROUPS, SECOND, SEXES, Fault, Group, Stage
from reconcile.diffing.recap import Figure, Recap, RecapRow, recap_of
from reconcile.diffing.stages import compare_stages

__all__ = [
    "COMPARED",
    "EVENTS",
    "FAULTS",
    "FIRST",
    "GROUPS",
    "NOBODY",
    "NUMBERS",
    "OF_HELD",
    "OF_VOTER",
    "SECOND",
    "SEXES",
    "Fault",
    "Figure",
    "Group",
    "Ints",
    "Mask",
    "Recap",
    "RecapRow",
    "Stage",
    "compare_stages",
    "differing",
    "link_voters",
    "overlap",
    "plain",
    "recap_of",
    "values_of",
]
