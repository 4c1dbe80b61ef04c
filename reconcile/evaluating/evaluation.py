"""Answered cases added up: figures of the whole, of each case and of each group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from reconcile.evaluating.answering import Answered, summary_of
from reconcile.evaluating.figures import Figures, measure
from reconcile.evaluating.traits import Trait
from reconcile.evaluating.verdicts import Verdict
from reconcile.matching import Caution


@dataclass(frozen=True)
class Evaluation:
    """Several cases as one: every row of every truth counts the same."""

    cases: Sequence[Answered]

    @property
    def verdicts(self) -> list[Verdict]:
        return [one for case in self.cases for one in case.verdicts]

    @cached_property
    def whole(self) -> Figures:
        return measure(self.verdicts)

    @cached_property
    def by_trait(self) -> Mapping[Trait, Mapping[str, Figures]]:
        """Return figures by trait and value, values in alphabetical order; traits nobody has are left out."""
        found: dict[Trait, dict[str, list[Verdict]]] = {}
        for one in self.verdicts:
            for trait, values in one.traits.items():
                for value in values:
                    found.setdefault(trait, {}).setdefault(value, []).append(one)
        return {
            trait: {value: measure(found[trait][value]) for value in sorted(found[trait])}
            for trait in Trait
            if trait in found
        }

    @property
    def held_back(self) -> Mapping[Caution, tuple[int, int]]:
        """Return for each caution how many right matches it left to a person, and how many of them it alone."""
        right = [one.cautions for one in self.verdicts if one.first and not one.automatic]
        counts = {caution: [found for found in right if caution in found] for caution in Caution}
        return {
            caution: (len(found), sum(len(one) == 1 for one in found)) for caution, found in counts.items() if found
        }

    def times_the_error(self, figures: Figures, figure: str = "first") -> float | None:
        """Return how many times the whole's error a group's is; None where one of them has none to compare."""
        own, whole = figures.error(figure), self.whole.error(figure)
        return None if own is None or not whole else own / whole

    def to_dict(self) -> dict[str, Any]:
        return {
            "all": self.whole.to_dict(),
            "by": {
                trait.value: {value: figures.to_dict() for value, figures in groups.items()}
                for trait, groups in self.by_trait.items()
            },
            "held_back": {caution.value: {"all": n, "alone": alone} for caution, (n, alone) in self.held_back.items()},
            "cases": [{**summary_of(case), **measure(case.verdicts).to_dict()} for case in self.cases],
        }
