"""What speaks for and against a pair as a waterfall: each bar begins where the last one ended, and all add up."""

from collections.abc import Sequence
from dataclasses import dataclass

from reconcile.labels import reason_text

WIDE = 100.0  # units of the drawing


@dataclass(frozen=True)
class Bar:
    """One reason. Weights in thousandths of a bit; `at` and `width` place the bar in a drawing `WIDE` units wide."""

    text: str
    weight: int
    total: int
    at: str
    width: str

    @property
    def way(self) -> str:
        """Return "for" or "against": the class of the bar."""
        return "for" if self.weight >= 0 else "against"


@dataclass(frozen=True)
class Waterfall:
    """The bars in the order in which they add up, and where nothing lies."""

    bars: tuple[Bar, ...]
    total: int
    zero: str

    def __bool__(self) -> bool:
        return bool(self.bars)


Found = tuple[str, str, int]  # field, level, weight


def waterfall(reasons: Sequence[Found]) -> Waterfall:
    """Return the bars of a candidate's reasons: first what holds before looking, then the heaviest."""
    ordered = sorted((one for one in reasons if one[2]), key=lambda one: (one[0] != "prior", -abs(one[2])))
    ends = [0]
    for _field, _level, weight in ordered:
        ends.append(ends[-1] + weight)
    low, high = min(ends), max(ends)
    scale = WIDE / max(1, high - low)

    def place(value: float) -> str:
        return f"{value * scale:.1f}"

    bars = tuple(
        Bar(reason_text(field, level), weight, end, place(min(begin, end) - low), place(abs(weight)))
        for (field, level, weight), begin, end in zip(ordered, ends, ends[1:], strict=False)
    )
    return Waterfall(bars, ends[-1], place(-low))
