"""A polling station (TPS): its village and its number in that village."""

import re
from dataclasses import dataclass

from reconcile.regions import dotted, plain

_WRITTEN = re.compile(r"(?P<region>\d{10})/(?P<number>\d{1,3})")


def tps_number(text: str | None) -> str:
    """Return a TPS number as KPU prints it, three digits ("1" -> "001"); "" where none is stated."""
    number = (text or "").strip()
    return number.zfill(3) if number.isdecimal() else number


@dataclass(frozen=True, order=True)
class TpsRef:
    """`region` is the 10-digit code of the village without dots, `number` three digits as text."""

    region: str
    number: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "region", plain(self.region))
        object.__setattr__(self, "number", tps_number(self.number))
        if not _WRITTEN.fullmatch(f"{self.region}/{self.number}"):
            raise ValueError(f"not a TPS: {self.region}/{self.number}")

    @classmethod
    def parse(cls, text: str) -> "TpsRef":
        """Read "33.16.09.1015/901" (dots may be absent). Raises ValueError for anything else."""
        region, _, number = text.strip().partition("/")
        return cls(region, number)

    def __str__(self) -> str:
        return f"{dotted(self.region)}/{self.number}"

    def is_at(self, region: str | None, number: str | None) -> bool | None:
        """Say whether a place written on a list is this TPS; None where the list does not say enough."""
        return is_same_place((self.region, self.number), (region or "", tps_number(number)))


def is_same_place(one: tuple[str, str], other: tuple[str, str]) -> bool | None:
    """Compare two (village code, number), either of which may be "" or, for the code, only begun."""
    (region, number), (other_region, other_number) = one, other
    if number and other_number and number != other_number:
        return False
    if not (region.startswith(other_region) or other_region.startswith(region)):
        return False
    complete = number and other_number and region and region == other_region
    return True if complete else None
