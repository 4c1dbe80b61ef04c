"""Names of time zones as people in Indonesia write them."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo


def zone_name(zone: str, day: date) -> str:
    """Return the short name of a time zone on a day: WIB, WITA or WIT in Indonesia."""
    return datetime.combine(day, time(12), ZoneInfo(zone)).tzname() or zone
