"""Weighing what several sources say to one yes-or-no question.

The sources stand in order of trust, and the first that says anything prevails. Where a later one says
otherwise the answer is contradicted; where the prevailing one contradicts itself there is no answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from reconcile.deciding.cases import Case
from reconcile.records import MatchStatus

Said = Iterable[bool | None]


@dataclass(frozen=True)
class Answer:
    """`value` is what the most trusted source says; None: nobody says, or that source says both."""

    value: bool | None
    said: frozenset[bool]  # all that any source says

    @property
    def is_split(self) -> bool:
        return self.value is None and len(self.said) > 1

    @property
    def is_contradicted(self) -> bool:
        return self.value is not None and len(self.said) > 1

    @property
    def possible(self) -> frozenset[bool | None]:
        return frozenset(self.said) if self.is_split else frozenset({self.value})


def settle(*sources: Said) -> Answer:
    """Weigh sources, the most trusted first."""
    spoken = [frozenset(answer for answer in source if answer is not None) for source in sources]
    said: frozenset[bool] = frozenset().union(*spoken)
    prevailing = next((answers for answers in spoken if answers), frozenset())
    return Answer(next(iter(prevailing)) if len(prevailing) == 1 else None, said)


def by_trust(case: Case, remarks: Said, roll: Said, register: Said) -> tuple[Said, Said, Said]:
    """Order the sources: the roll is better checked, but only if its rows are surely this person's."""
    return (remarks, roll, register) if case.status is MatchStatus.AUTO else (register, remarks, roll)
