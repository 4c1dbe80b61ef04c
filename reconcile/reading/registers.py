"""Register numbers of a Rutan -> the class of detention they name (domain 5.1)."""

import re

_CLASS = re.compile(r"^\s*([AB])\W*(III|II|IV|I|V)\W*([ab])?(?![A-Za-z])", re.IGNORECASE)


def register_class(written: str) -> str:
    """Return "A.III" or "B.IIa" of a register number in any spelling, "" when unreadable."""
    found = _CLASS.match(written)
    if not found:
        return ""
    letter, roman, part = found[1].upper(), found[2].upper(), (found[3] or "").lower()
    return f"{letter}.{roman}{part}"
