"""Typed values out of a table somebody wrote by hand, with every fault kept, not only the first."""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, TypeVar

LANGUAGES = ("id", "en")
Moment = TypeVar("Moment", date, time)
_SLUG = re.compile(r"[a-z0-9][a-z0-9_-]*")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")  # no database holds all of them
CODE, NAME, TEXT = 40, 200, 500  # characters at most
MOST = 10_000
FIRST_YEAR, LAST_YEAR = 1945, 2999


class FaultCode(StrEnum):
    NOT_TOML = "not_toml"  # the text cannot be read at all
    MISSING = "missing"
    WRONG_TYPE = "wrong_type"
    EMPTY = "empty"
    TOO_SMALL = "too_small"
    NOT_A_DATE = "not_a_date"
    NOT_A_TIME = "not_a_time"
    NOT_A_CODE = "not_a_code"  # small letters, digits, - and _
    NOT_A_TEXT = "not_a_text"  # too long, or with control characters
    UNKNOWN_CHOICE = "unknown_choice"
    UNKNOWN_KEY = "unknown_key"
    TWICE = "twice"
    OVERLAP = "overlap"  # one code or word means two things at the same stage
    NO_SUCH_REASON = "no_such_reason"
    NO_DEADLINE = "no_deadline"  # no deadline serves this reason
    NO_SUCH_STAGE = "no_such_stage"
    NO_SUCH_ZONE = "no_such_zone"
    NO_REMARK = "no_remark"  # nothing in the lists of remarks bars for this reason, so nobody could say it
    NO_DISTRICTS = "no_districts"  # a ballot needs electoral districts, and none are named or stored
    NO_POINT = "no_point"  # a remark that bars must say why, another must not
    WRONG_ORDER = "wrong_order"  # the polls close before they open
    TOO_LARGE = "too_large"
    NO_SUCH_ELECTION = "no_such_election"


@dataclass(frozen=True)
class Fault:
    """One thing wrong: where ("ballots[2].constituency"; "" for the whole) and what.

    `detail`: the value that is wrong, the kind of value that is wanted ("int"), or the values to choose from.
    """

    path: str
    code: FaultCode
    detail: str = ""


def listed(values: Iterable[str]) -> str:
    """Return values as they are written in the text: "province", "regency"."""
    return ", ".join(f'"{value}"' for value in values)


class Fields:
    """One table. Each method takes a key's value, or notes a fault and gives a harmless value."""

    def __init__(self, table: Any, path: str, faults: list[Fault]) -> None:
        self.path = path
        self.faults = faults
        self._left: dict[str, Any] = dict(table) if isinstance(table, dict) else {}
        if not isinstance(table, dict):
            self.faults.append(Fault(path, FaultCode.WRONG_TYPE, dict.__name__))

    def fault(self, key: str, code: FaultCode, detail: str = "") -> None:
        self.faults.append(Fault(self._at(key), code, detail))

    def has(self, key: str) -> bool:
        return key in self._left

    def text(self, key: str, default: str | None = None, *, most: int = TEXT) -> str:
        """Take a text that is not empty; with a `default`, an absent or empty one is right too."""
        value = self._take(key, str, default)
        if value is not None and not value.strip() and default is None:
            self.fault(key, FaultCode.EMPTY)
        if value and (len(value) > most or _CONTROL.search(value)):
            self.fault(key, FaultCode.NOT_A_TEXT, str(most))
            return ""
        return value or ""

    def slug(self, key: str, default: str | None = None, *, most: int = CODE) -> str:
        value = self.text(key, default, most=most)
        if value and not _SLUG.fullmatch(value):
            self.fault(key, FaultCode.NOT_A_CODE, value)
        return value

    def choice(self, key: str, allowed: Collection[str]) -> str:
        value = self._take(key, str)
        if value is not None and value not in allowed:
            self.fault(key, FaultCode.UNKNOWN_CHOICE, listed(allowed))
        return value if value in allowed else next(iter(allowed))

    def whole(self, key: str, least: int = 0) -> int:
        """Take a whole number; beyond `MOST` a slip of the hand, and no date can be reckoned with it."""
        value = self._take(key, int)
        if value is not None and value < least:
            self.fault(key, FaultCode.TOO_SMALL, str(least))
        if value is not None and value > MOST:
            self.fault(key, FaultCode.TOO_LARGE, str(MOST))
        return least if value is None else value

    def flag(self, key: str) -> bool:
        return bool(self._take(key, bool))

    def day(self, key: str) -> date:
        """Take a date, or its ISO text as JSON carries it."""
        value = self._left.get(key)
        if type(value) is date:
            del self._left[key]
        else:
            value = self._converted(key, date.fromisoformat, FaultCode.NOT_A_DATE)
        if value is not None and not FIRST_YEAR <= value.year <= LAST_YEAR:
            self.fault(key, FaultCode.NOT_A_DATE, value.isoformat())
        return value or date.min

    def clock(self, key: str) -> time:
        """Take hours and minutes; the time zone is the election's own."""
        return (
            self._converted(key, lambda text: datetime.strptime(text, "%H:%M").time(), FaultCode.NOT_A_TIME) or time.min
        )

    def words(self, key: str, *, may_be_empty: bool = False) -> tuple[str, ...]:
        """Take a list of texts; it must be there, and hold something unless it `may_be_empty`."""
        value = self._take(key, list)
        if value is None:
            return ()
        if not all(isinstance(word, str) and word for word in value):
            self.fault(key, FaultCode.WRONG_TYPE, str.__name__)
        if not value and not may_be_empty:
            self.fault(key, FaultCode.EMPTY)
        doubled = sorted({str(word) for word in value if value.count(word) > 1})
        if doubled:
            self.fault(key, FaultCode.TWICE, listed(doubled))
        return tuple(str(word) for word in value)

    def some_of(self, key: str, allowed: Collection[str]) -> tuple[str, ...]:
        """Take a list of which every text is one of `allowed`; it may be empty."""
        words = self.words(key, may_be_empty=True)
        if not set(words) <= set(allowed):
            self.fault(key, FaultCode.UNKNOWN_CHOICE, listed(allowed))
        return words

    def label(self, key: str) -> dict[str, str]:
        """Take a text in each language."""
        inner = self.table(key)
        label = {language: inner.text(language, most=NAME) for language in LANGUAGES}
        inner.done()
        return label

    def either(self, key: str, *, may_be_empty: bool = False) -> dict[str, str]:
        """Take a text in one language or both; only where it `may_be_empty` may it be absent, or in neither."""
        if may_be_empty and not self.has(key):
            return {}
        before = len(self.faults)
        inner = self.table(key)
        label = {language: text for language in LANGUAGES if (text := inner.text(language, ""))}
        inner.done()
        if not (label or may_be_empty) and len(self.faults) == before:
            self.fault(key, FaultCode.EMPTY)
        return label

    def table(self, key: str) -> "Fields":
        return Fields(self._take(key, dict) or {}, self._at(key), self.faults)

    def tables(self, key: str, *, may_be_empty: bool = False) -> "list[Fields]":
        """Take a list of tables."""
        value = self._take(key, list, [] if may_be_empty else None)
        if value == [] and not may_be_empty:
            self.fault(key, FaultCode.EMPTY)
        return [Fields(one, f"{self._at(key)}[{i}]", self.faults) for i, one in enumerate(value or [])]

    def done(self) -> None:
        """Note every key that nobody took: a misspelt key would otherwise be silently without effect."""
        for key in self._left:
            self.fault(key, FaultCode.UNKNOWN_KEY)

    def _at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def _take(self, key: str, kind: type, default: Any = None) -> Any:
        if key not in self._left:
            if default is None:
                self.fault(key, FaultCode.MISSING)
            return default
        value = self._left.pop(key)
        # A flag is a whole number to Python, and must not pass for one here.
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.fault(key, FaultCode.WRONG_TYPE, kind.__name__)
            return default
        return value

    def _converted(self, key: str, convert: Callable[[str], Moment], code: FaultCode) -> Moment | None:
        value = self._take(key, str)
        if value is None:
            return None
        try:
            return convert(value)
        except ValueError:
            self.fault(key, code, value)
            return None
