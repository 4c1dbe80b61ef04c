"""Progress on a terminal: one bar a step, nothing where the output is a file."""

import sys
from collections.abc import Mapping
from typing import Any

from tqdm import tqdm

from reconcile.labels.words import Words


class Bar:
    """Shows the progress of an action: call it with step, done, total. `words` name the steps."""

    def __init__(self, words: Mapping[str, Words]) -> None:
        self.words = words
        self.step = ""
        self.bar: tqdm[Any] | None = None

    def __enter__(self) -> "Bar":
        return self

    def __exit__(self, *error: object) -> None:
        if self.bar is not None:
            self.bar.close()

    def __call__(self, step: str, done: int, total: int) -> None:
        if self.bar is None or step != self.step:
            self.__exit__()
            self.step = step
            self.bar = tqdm(desc=str(self.words.get(step, step)), total=total, disable=not sys.stderr.isatty())
        self.bar.total = total
        self.bar.update(done - self.bar.n)
