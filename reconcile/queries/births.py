"""Births as far as they are known: a date, a year, an age, or nothing."""

from datetime import date

from django.utils.translation import gettext as _

from reconcile.models import HeldEntry, Voter
from reconcile.records import DateQuality
from reconcile.versions import VersionRow

DAY = "%d-%m-%Y"
Record = HeldEntry | Voter | VersionRow


def birth_text(one: Record) -> str:
    """Return the birth date as dd-mm-yyyy, or what is known of it; "" when nothing is."""
    if one.birth_date:
        return one.birth_date.strftime(DAY)
    if one.birth_year:
        return str(one.birth_year)
    age = getattr(one, "age", None)
    return _("%(years)s years") % {"years": age} if age else ""


def age_text(one: Record, as_of: date) -> str:
    """Return the age for those who may not know the birth date."""
    years = years_old(one, as_of)
    return "" if years is None else _("%(years)s years") % {"years": years}


def years_old(one: Record, as_of: date) -> int | None:
    """Return the age on a day, as exactly as the record allows; None when nothing is known."""
    if one.birth_date:
        before_birthday = (as_of.month, as_of.day) < (one.birth_date.month, one.birth_date.day)
        return as_of.year - one.birth_date.year - before_birthday
    if one.birth_year:
        return as_of.year - one.birth_year
    return getattr(one, "age", None)


def is_vague(one: HeldEntry | Voter | None) -> bool:
    """Return whether something is known of the birth, but not the day."""
    return one is not None and one.birth_quality not in {"", DateQuality.EXACT, DateQuality.MISSING}


def fits(held: HeldEntry, voter: Voter | None, as_of: date) -> bool:
    """Return whether what little is known does not contradict the other record. Two full dates: never."""
    if voter is None or not (is_vague(held) or is_vague(voter)):
        return False
    if held.birth_year and voter.birth_year:
        return held.birth_year == voter.birth_year
    ages = [years_old(one, as_of) for one in (held, voter)]
    return None not in ages and abs((ages[0] or 0) - (ages[1] or 0)) <= 1
