"""Time zones of elections: which day it is there, and their names as people in Indonesia write them."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo


def zone_name(zone: str, day: date) -> str:
    """Return the short name of a time zone on a day: WIB, WITA or WIT in Indonesia."""
    return datetime.combine(day, time(12), ZoneInfo(zone)).tzname() or zone


def day_in(zone: str, at: datetime) -> date:
    """Return the day it is in a time zone at a moment: at 17.00 UTC the next one begins in Jakarta."""
    return at.astimezone(ZoneInfo(zone)).date()
