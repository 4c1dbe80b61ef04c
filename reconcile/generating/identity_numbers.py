"""Identity numbers that can hurt nobody: the right shape, and serials 9001 to 9999 (domain 6)."""

from collections import Counter
from datetime import date
from random import Random

from reconcile.records import Sex

FIRST_SERIAL = 9001
LAST_SERIAL = 9999
WOMAN = 40  # added to a woman's day of birth


class Numbers:
    """Gives out NIK and NKK, none of them twice."""

    def __init__(self) -> None:
        self._given: Counter[str] = Counter()

    def _next(self, stem: str) -> str:
        serial = FIRST_SERIAL + self._given[stem]
        if serial > LAST_SERIAL:
            raise ValueError("more people of one district and birth date than made-up serials")
        self._given[stem] += 1
        return f"{stem}{serial}"

    def nik(self, district: str, birth: date, sex: Sex) -> str:
        """Return a NIK registered in `district` (six digits)."""
        day = birth.day + (WOMAN if sex is Sex.FEMALE else 0)
        return self._next(f"{district}{day:02}{birth:%m%y}")

    def nkk(self, district: str, rng: Random) -> str:
        """Return the number of a family card issued between 2005 and 2023."""
        issued = date.fromordinal(rng.randint(date(2005, 1, 1).toordinal(), date(2023, 12, 31).toordinal()))
        return self._next(f"{district}{issued:%d%m%y}")
