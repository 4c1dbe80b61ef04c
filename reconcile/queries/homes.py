"""Homes and polling stations as one line of text."""

from reconcile import regions
from reconcile.models import HeldEntry, Voter

VILLAGE, DISTRICT = 10, 6  # digits of their codes


def home_text(one: HeldEntry | Voter) -> str:
    """Return the home: as written, and what else is known of RT, RW, village and district.

    Without a region code the home is not known: the village on a special TPS's roll is the TPS's own.
    """
    units = [f"{word} {value}" for word, value in (("RT", one.rt), ("RW", one.rw)) if value]
    written = one.address.upper().replace(".", " ").replace("/", " ").split()
    street = " ".join([one.address, *(unit for unit in units if unit.split()[0] not in written)]).strip()
    names = [_name(one.region_code, digits) for digits in (VILLAGE, DISTRICT)]
    said = regions.fold(street)
    unsaid = [name for name in names if name and regions.fold(name) not in said]
    return ", ".join(part for part in [street, *unsaid] if part)


def _name(code: str, digits: int) -> str:
    return regions.name_of(code[:digits]) if len(code) >= digits else ""


def tps_text(voter: Voter) -> str:
    """Return where a voter is registered, and where moved to: "TPS 004 Kadengan → TPS 901 Kunden"."""
    ends = [(voter.tps, voter.tps_region, voter.village), (voter.to_tps, voter.to_region, "")]
    return " → ".join(
        f"TPS {tps} {(regions.name_of(region) or village).title()}".strip() for tps, region, village in ends if tps
    )


def tidy_home(one: HeldEntry | Voter) -> str:
    """Return a home as cleaning understands it: "RT 3 RW 1, Kadengan, Randublatung"; "" where no village is known."""
    names = [_name(one.region_code, digits) for digits in (VILLAGE, DISTRICT)]
    units = [f"{word} {value.lstrip('0') or 0}" for word, value in (("RT", one.rt), ("RW", one.rw)) if value]
    return ", ".join([" ".join(units), *names] if units else names) if all(names) else ""
