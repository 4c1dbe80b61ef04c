"""How registers write addresses: in full, by village, by regency, in the Polres's short form, or not."""

from random import Random

from reconcile import regions
from reconcile.generating import places
from reconcile.generating.damage import Damage, Dice
from reconcile.generating.groups import HOME_NEEDED, HOME_OUTSIDE, Group
from reconcile.generating.people import Home

_KINDS = (Damage.ADDRESS_VILLAGE, Damage.ADDRESS_REGENCY, Damage.ADDRESS_ARREST, Damage.ADDRESS_MISSING)


def write_address(home: Home, group: Group, regency: str, cell: bool, dice: Dice) -> str:
    """Return the address in capitals; `regency` is the register's own, `cell` asks for the Polres's form.

    Where the home decides the outcome it can always be told from the text.
    """
    kind = dice.one_of(*_KINDS)
    if kind and group in HOME_OUTSIDE | HOME_NEEDED and _hides_home(kind, home):
        kind = None
    if kind:
        dice.note(kind)
    if kind is Damage.ADDRESS_MISSING:
        return dice.rng.choice(("", "-"))
    if kind is Damage.ADDRESS_ARREST:
        home = places.make_home(dice.rng, dice.rng.choice(places.villages_of(regency)))
    if kind is Damage.ADDRESS_REGENCY:
        return dice.rng.choice((places.short_name(home.regency), _regency(home, dice.rng)))
    if kind is Damage.ADDRESS_VILLAGE:
        return f"{places.short_name(home.village)}, {places.short_name(home.district)}"
    return _short(home, regency, dice.rng) if cell else _full(home, dice.rng)


def _hides_home(kind: Damage, home: Home) -> bool:
    """Tell whether nobody could say from the text in which regency the home lies."""
    if kind is Damage.ADDRESS_VILLAGE:
        return not _is_known_by_names(home)
    return kind in (Damage.ADDRESS_MISSING, Damage.ADDRESS_ARREST)


def _is_known_by_names(home: Home) -> bool:
    """Tell whether village and district name no second place in the country, as "NGAWEN, NGAWEN" does."""
    district = regions.fold(places.short_name(home.district))
    same_name = regions.codes_by_name(10)[regions.fold(regions.name_of(home.village))]
    return sum(regions.fold(places.short_name(code[:6])) == district for code in same_name) == 1


def _regency(home: Home, rng: Random) -> str:
    name = regions.name_of(home.regency).upper()
    return name.replace("KABUPATEN", rng.choice(("KAB", "KAB.", "KABUPATEN")))


def _full(home: Home, rng: Random) -> str:
    kind = "KEL" if places.is_town(home.village) else rng.choice(("DS", "DESA", "DS."))
    return (
        f"{home.street} RT {home.rt} RW {home.rw} {kind} {places.short_name(home.village)}"
        f" KEC {places.short_name(home.district)} {_regency(home, rng)}"
    )


def _short(home: Home, regency: str, rng: Random) -> str:
    """The Polres's form: the regency is named for some strangers, and where it could not be told without."""
    place = f"{places.short_name(home.village)} {places.short_name(home.district)}"
    text = f"{home.street} RT {home.rt}/{home.rw} {place}"
    stranger = home.regency != regency and rng.random() < 0.5
    return f"{text} {places.short_name(home.regency)}" if stranger or not _is_known_by_names(home) else text
