"""Verdicts -> shares with their intervals, and how far the stated probabilities can be believed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from reconcile.evaluating.verdicts import Verdict

_Z = 1.959964  # of a two-sided interval of 95 %
# Where calibration is looked at: fine near certainty, where the automatic threshold lies.
BIN_EDGES = (0.0, 0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1.0)
FIGURES = ("precision", "automatic", "first", "among_five", "outcome")


@dataclass(frozen=True)
class Share:
    """So many right of so many."""

    right: int
    of: int

    @property
    def value(self) -> float | None:
        return self.right / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval of 95 %; everything is possible where nothing was counted."""
        if not self.of:
            return 0.0, 1.0
        share, spread = self.right / self.of, _Z * _Z / self.of
        middle = (share + spread / 2) / (1 + spread)
        half = _Z * sqrt(share * (1 - share) / self.of + spread / (4 * self.of)) / (1 + spread)
        return max(0.0, middle - half), min(1.0, middle + half)

    def to_dict(self) -> dict[str, Any]:
        low, high = (round(end, 6) for end in self.interval)
        value = None if self.value is None else round(self.value, 6)
        return {"right": self.right, "of": self.of, "share": value, "low": low, "high": high}


@dataclass(frozen=True)
class Bin:
    """Answers whose stated probability lies in [low, high); the last bin includes 1."""

    low: float
    high: float
    share: Share
    stated: float  # mean of the stated probabilities

    def to_dict(self) -> dict[str, Any]:
        return {"from": self.low, "to": self.high, "stated": round(self.stated, 6), **self.share.to_dict()}


@dataclass(frozen=True)
class Figures:
    """Everything measured on some rows of the truth.

    precision: automatic matches that are right; automatic: of people on the lists, those decided without a
    person; first: of them, those whose proposed voter is right; among_five: of them, those who are among the
    candidates; outcome: of all people, those of whom the right thing is said.
    """

    people: int
    lost: int
    shares: dict[str, Share]
    bins: tuple[Bin, ...]
    brier: float | None
    stated_wrong: float  # automatic matches that are wrong by their own stated probabilities

    def error(self, figure: str) -> float | None:
        """Return what is missing to 1."""
        value = self.shares[figure].value
        return None if value is None else 1.0 - value

    def to_dict(self) -> dict[str, Any]:
        return {
            "people": self.people,
            "lost": self.lost,
            "figures": {name: share.to_dict() for name, share in self.shares.items()},
            "calibration": {
                "bins": [one.to_dict() for one in self.bins],
                "brier": None if self.brier is None else round(self.brier, 6),
                "automatic_wrong": self.shares["precision"].of - self.shares["precision"].right,
                "automatic_wrong_stated": round(self.stated_wrong, 6),
            },
        }


def measure(verdicts: Sequence[Verdict]) -> Figures:
    """Count. The order of the verdicts does not matter."""
    on_roll = [one for one in verdicts if one.on_roll]
    automatic = [one for one in verdicts if one.automatic]
    judged = [one.outcome for one in verdicts if one.outcome is not None]
    stated = sorted((one.probability, one.likely_right) for one in verdicts if one.probability is not None)
    return Figures(
        people=len(verdicts),
        lost=sum(one.lost for one in verdicts),
        shares={
            "precision": _share(one.first for one in automatic),
            "automatic": _share(one.automatic for one in on_roll),
            "first": _share(one.first for one in on_roll),
            "among_five": _share(one.among_five for one in on_roll),
            "outcome": _share(judged),
        },
        bins=_bins(stated),
        brier=sum((p - right) ** 2 for p, right in stated) / len(stated) if stated else None,
        stated_wrong=sum(sorted(1.0 - one.probability for one in automatic if one.probability is not None)),
    )


def _share(flags: Iterable[bool]) -> Share:
    counted = list(flags)
    return Share(sum(counted), len(counted))


def _bins(stated: Sequence[tuple[float, bool]]) -> tuple[Bin, ...]:
    """Return the bins that hold anything."""
    found = []
    for low, high in zip(BIN_EDGES, BIN_EDGES[1:], strict=False):
        inside = [(p, right) for p, right in stated if low <= p < high or p == high == 1.0]
        if inside:
            mean = sum(p for p, _ in inside) / len(inside)
            found.append(Bin(low, high, _share(right for _, right in inside), mean))
    return tuple(found)
