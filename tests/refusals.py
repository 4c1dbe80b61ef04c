"""How a test says that an action must refuse."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from reconcile.actions.errors import ActionRefused


@contextmanager
def refused(code: str) -> Iterator[pytest.ExceptionInfo[ActionRefused]]:
    """Expect ActionRefused with this code, and a sentence for the screen."""
    with pytest.raises(ActionRefused) as refusal:
        yield refusal
    assert refusal.value.code == code
    assert " " in str(refusal.value)
