"""The table of outcomes: which applies to a person, in order of precedence, and why.

`RULES` follows the design's table; the first rule that applies names the outcome. LEFT is not among them,
since nobody who is held has left: `left.left_voters` finds those. Laws are cited for general elections; the
elections of regional heads repeat these rules in their own regulations.
"""

from collections.abc import Callable

from reconcile.deciding.discrepancies import has_usable_nik
from reconcile.deciding.facts import Facts
from reconcile.records import Outcome


def cannot_be_named(f: Facts) -> bool:
    """Sources contradict each other on a point that changes the outcome, and none is to be trusted more."""
    if f.eligibility.bars:
        return False
    is_settled_otherwise = f.entries.is_duplicate or f.custody.is_leaving
    return f.eligibility.is_open or (f.tps_is_unclear and not is_settled_otherwise)


def is_ineligible(f: Facts) -> bool:
    """Under age and never married, foreign, TNI or Polri, dead, or the right revoked.

    UU 7/2017 Pasal 198 and 200; evidence goes to KPU, which alone strikes voters.
    """
    return bool(f.eligibility.bars)


def is_duplicate(f: Facts) -> bool:
    """On more than one roll that counts; a voter stands on one, at home or at a special TPS (PKPU 7/2022)."""
    return f.entries.is_duplicate


def is_leaving(f: Facts) -> bool:
    """Sentence over before voting day: votes at home."""
    return f.custody.is_leaving


def is_fixed_here(f: Facts) -> bool:
    """On the fixed roll of this TPS (special locations: PKPU 7/2022 Pasal 179(3), PKPU 7/2024 Pasal 57)."""
    return bool(f.entries.here)


def is_moved_here(f: Facts) -> bool:
    """On the moved-voter list of this TPS (UU 7/2017 Pasal 210)."""
    return bool(f.entries.moved_here)


def needs_transfer(f: Facts) -> bool:
    """On another TPS's fixed roll, and there is still time (UU 7/2017 Pasal 210, MK 20/PUU-XVII/2019)."""
    return bool(f.entries.elsewhere) and not f.is_past_deadline


def is_too_late(f: Facts) -> bool:
    """The same after the last day: nobody may be moved any more."""
    return bool(f.entries.elsewhere)


def needs_identity(f: Facts) -> bool:
    """On no roll, and no NIK to search with or no e-KTP recorded (MK 20/PUU-XVII/2019: a receipt will do)."""
    return f.lacks_ektp or not any(has_usable_nik(row) for row in f.case.register_rows)


def is_of_other_regency(f: Facts) -> bool:
    """On no loaded roll, and at home where none is loaded: that regency's KPU has the roll to look in."""
    return f.home.regency is not None and f.home.regency not in f.setting.regencies


def is_not_on_roll(f: Facts) -> bool:
    """Everybody else. May vote with an e-KTP at the TPS of the home alone (UU 7/2017 Pasal 348)."""
    return True


RULES: tuple[tuple[Outcome, Callable[[Facts], bool]], ...] = (
    (Outcome.NEEDS_REVIEW, cannot_be_named),
    (Outcome.INELIGIBLE, is_ineligible),
    (Outcome.DUPLICATE, is_duplicate),
    (Outcome.LEAVING, is_leaving),
    (Outcome.FIXED_HERE, is_fixed_here),
    (Outcome.MOVED_HERE, is_moved_here),
    (Outcome.NEEDS_TRANSFER, needs_transfer),
    (Outcome.TOO_LATE, is_too_late),
    (Outcome.NEEDS_IDENTITY, needs_identity),
    (Outcome.OTHER_REGENCY, is_of_other_regency),
    (Outcome.NOT_ON_ROLL, is_not_on_roll),
)
