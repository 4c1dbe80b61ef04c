"""The rows beside those of identity: shown with all data, or where they differ."""

from collections.abc import Mapping

from reconcile import regions
from reconcile.labels.working import MARITALS
from reconcile.models import HeldEntry, Voter
from reconcile.queries.cells import Row, Seen
from reconcile.queries.comparing import Sign, differing, number_pair, plain, sign_of
from reconcile.queries.homes import home_text, tidy_home, tps_text
from reconcile.queries.identity_rows import words
from reconcile.queries.meanings import of_names, of_numbers
from reconcile.records import Marital

STREETS = {True: {"street", "street_and_rt", "missing"}, False: {"street", "street_and_rt"}}  # by: the village is known


def alias(held: HeldEntry, voter: Voter | None, seen: Seen) -> Row | None:
    return Row("alias", plain(held.alias), (), Sign.EMPTY, one_sided=True) if held.alias else None


def nkk(held: HeldEntry, voter: Voter | None, seen: Seen) -> Row | None:
    """Family cards, where both lists have one: masked like a NIK."""
    if not held.nkk or not voter or not voter.nkk:
        return None
    sign = sign_of(held.nkk, voter.nkk)
    kind = of_numbers(held.nkk, voter.nkk) if sign is Sign.DIFFERENT else None
    pieces = number_pair(held.nkk, voter.nkk, whole=seen.of("nkk") == "full")
    return Row("nkk", *pieces, sign, evidence=("nkk",), kind=kind)


def marital(held: HeldEntry, voter: Voter | None, seen: Seen) -> Row | None:
    found = (one.marital if one else "" for one in (held, voter))
    left, right = (str(MARITALS[Marital(word)]).capitalize() if word else "" for word in found)
    return words("marital", left, right) if left or right else None


def nationality(held: HeldEntry, voter: Voter | None, seen: Seen) -> Row | None:
    return _of_register("nationality", held.nationality)


def occupation(held: HeldEntry, voter: Voter | None, seen: Seen) -> Row | None:
    return _of_register("occupation", held.occupation)


def _of_register(name: str, text: str) -> Row | None:
    return Row(name, plain(text), (), Sign.EMPTY, one_sided=True) if text else None


def address(held: HeldEntry, voter: Voter | None, seen: Seen) -> Row:
    """Homes as written, with what else is known of them; alike where the matcher found the same home in both."""
    left, right = home_text(held), home_text(voter) if voter else ""
    sign = sign_of(left, right, regions.fold)
    if sign is Sign.DIFFERENT and _is_same_home(seen.levels):
        sign = Sign.ALIKE
    homes = [tidy_home(one) if one and sign is Sign.ALIKE else "" for one in (held, voter)]
    note = f"→ {homes[0]}" if homes[0] and homes[0] == homes[1] else ""
    pieces = differing(left, right) if sign is Sign.DIFFERENT else (plain(left), plain(right))
    kind = of_names(left, right) if sign is Sign.DIFFERENT else None
    return Row("address", *pieces, sign, note, note, evidence=("region", "street"), kind=kind)


def _is_same_home(levels: Mapping[str, str]) -> bool:
    """Return whether the matcher found the same village, and no other street; or the street where no village is."""
    region, street = levels.get("region", "missing"), levels.get("street", "missing")
    return street in STREETS[region == "village"] if region in ("village", "missing") else False


def tps(held: HeldEntry, voter: Voter | None, seen: Seen) -> Row:
    return Row("tps", (), plain(tps_text(voter)) if voter else (), Sign.EMPTY, one_sided=True)


def remark(held: HeldEntry, voter: Voter | None, seen: Seen) -> Row | None:
    text = voter.remark if voter else ""
    return Row("remark", (), plain(text), Sign.EMPTY, one_sided=True) if text else None
