"""How an action says no."""

from typing import Any

from reconcile.labels.words import Words


class ActionRefused(Exception):
    """The action was not done and nothing has changed. `str()` is the sentence for the screen."""

    def __init__(self, code: str, sentence: Words | str, **parts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = sentence
        self.parts = parts

    def __str__(self) -> str:
        return str(self.sentence) % self.parts if self.parts else str(self.sentence)
