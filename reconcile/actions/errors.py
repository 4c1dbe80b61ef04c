"""How an action says no."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

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


@contextmanager
def store_or_refuse(code: str, sentence: Words | str, **parts: Any) -> Iterator[None]:
    """Store in the block what the database itself may forbid; then nothing of it stands, and the action is refused."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise ActionRefused(code, sentence, **parts) from error


@contextmanager
def check_or_refuse(code: str = "faulty") -> Iterator[None]:
    """Check in the block what was written; the faults Django finds are the sentence of the refusal."""
    try:
        yield
    except ValidationError as fault:
        raise ActionRefused(code, " ".join(fault.messages)) from fault
