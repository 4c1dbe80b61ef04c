"""What a log may say of an unexpected error: where it happened, never with which values."""

import traceback


def describe(error: BaseException) -> str:
    """Return class and places of an error. Its message is left out: databases quote the row in it."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} at " + " < ".join(f"{f.name}:{f.lineno}" for f in reversed(frames))
