"""How an identity number is shown to whoever may not see the whole of it, on screens and on papers alike."""

SHOWN = 6  # leading digits of an identity number that anyone may see: where it was first registered
DOT = "•"


def masked(number: str) -> str:
    """Return an identity number with only its leading digits, as long as it was: "331601••••••••••"."""
    return number[:SHOWN] + DOT * (len(number) - SHOWN)
