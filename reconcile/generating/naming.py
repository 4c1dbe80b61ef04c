"""Composes names: pools of words with skewed weights, and the order in which words make a name."""

from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from random import Random

from reconcile.generating import names
from reconcile.generating.names import Era
from reconcile.generating.spelling import respell
from reconcile.records import Sex

RESPELT_SHARE = 0.04  # names that parents themselves spelt the unusual way
NEVER_ALONE = ("ABDUL", "MUHAMMAD", "MOHAMMAD", "MOCHAMAD", "MOH")
_FLATNESS = 6.0  # a rank's weight is 1 / (rank + this): the first word takes about 6 % of its list


@dataclass(frozen=True)
class Pool:
    """Words with their weights; `totals` are the running sums that a draw needs."""

    words: tuple[str, ...]
    totals: tuple[float, ...]

    def draw(self, rng: Random) -> str:
        return rng.choices(self.words, cum_weights=self.totals)[0]

    def shares(self) -> list[float]:
        """Return each word's share; they add up to 1."""
        before = (0.0, *self.totals[:-1])
        return [(total - last) / self.totals[-1] for total, last in zip(self.totals, before, strict=True)]


def _skewed(words: tuple[str, ...], total: float = 1.0) -> list[float]:
    """Return falling weights that add up to `total`."""
    weights = [1.0 / (rank + _FLATNESS) for rank in range(1, len(words) + 1)]
    return [weight * total / sum(weights) for weight in weights]


def _pool(words: tuple[str, ...], weights: list[float]) -> Pool:
    return Pool(words, tuple(accumulate(weights)))


@cache
def first_words(sex: Sex, era: Era) -> Pool:
    """Return the pool of first words: the frequent ones and the long tail of village mononyms."""
    frequent = names.FIRST[sex, era]
    share = names.TAIL_SHARE[era]
    tail = tuple(start + end for start in names.BEGINNINGS for end in names.ENDINGS[sex] if share)
    weights = _skewed(frequent, 1.0 - share) + [share / len(tail)] * len(tail) if tail else _skewed(frequent)
    return _pool(frequent + tail, weights)


@cache
def later_words(sex: Sex, era: Era, after: str = "") -> Pool:
    """Return the pool of second and later words, which depends on some first words."""
    own = {"ABDUL": names.AFTER_ABDUL, "SITI": names.AFTER_SITI}.get(after)
    words = tuple(own) if own else names.LATER[sex, era]
    return _pool(words, _skewed(words))


def compose(rng: Random, sex: Sex, year: int) -> str:
    """Return a name in capitals for somebody born in `year`."""
    era = names.era_of(year)
    words = [first_words(sex, era).draw(rng)]
    count = rng.choices((1, 2, 3, 4), weights=names.WORD_COUNTS[era])[0]
    if words[0] in NEVER_ALONE:
        count = max(2, count)
    while len(words) < count:
        after = words[0] if len(words) == 1 else ""
        word = later_words(sex, era, after).draw(rng)
        if word not in words:
            words.append(word)
    if rng.random() < RESPELT_SHARE:
        place = rng.randrange(len(words))
        words[place] = respell(words[place], rng) or words[place]
    return " ".join(words)


def twin_names(rng: Random, sex: Sex, year: int) -> tuple[str, str]:
    """Return two names that differ by a letter or two and share all other words."""
    one, other = rng.choice(names.TWINS[sex])
    rest = later_words(sex, names.era_of(year)).draw(rng)
    return f"{one} {rest}", f"{other} {rest}"
