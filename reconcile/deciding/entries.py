"""A voter's rows on the rolls, sorted by what they mean for our TPS."""

import re
from dataclasses import dataclass
from itertools import combinations

from reconcile.deciding.cases import Row, Setting
from reconcile.deciding.election_parts import Election, RemarkCode, RemarkEffect
from reconcile.deciding.tps import is_same_place, tps_number
from reconcile.records import ListKind

_NUMBER = re.compile(r"(?:TMS|KODE)?[\s.:(-]*0*(\d{1,2})[\s.)]*")
# Such a row does not count; the person may stand elsewhere, who is moved has to.
STRIKES = frozenset({RemarkEffect.STRUCK, RemarkEffect.MOVED})
_PLAIN_NUMBERS = frozenset({"0"})  # "as before"


@dataclass(frozen=True)
class Entries:
    """Rows in the order given. `here` and the like say where the row lets the voter vote."""

    here: tuple[Row, ...]  # fixed roll of our TPS
    elsewhere: tuple[Row, ...]  # fixed roll of another TPS
    unclear: tuple[Row, ...]  # fixed roll, but the list does not say of which TPS
    moved_here: tuple[Row, ...]
    moved_away: tuple[Row, ...]  # moved to another TPS than ours
    struck: tuple[Row, ...]  # do not count: their remark says so
    barring: tuple[RemarkCode, ...]  # remarks that take the vote away
    has_unknown_remark: bool

    @property
    def fixed(self) -> tuple[Row, ...]:
        return self.here + self.elsewhere + self.unclear

    @property
    def moved(self) -> tuple[Row, ...]:
        return self.moved_here + self.moved_away

    @property
    def counted(self) -> tuple[Row, ...]:
        """All rows that count, those of our TPS first."""
        return self.here + self.moved_here + self.elsewhere + self.unclear + self.moved_away

    @property
    def is_duplicate(self) -> bool:
        """On more than one roll that counts.

        Certainly different TPS on the fixed rolls; moved away; or fixed here and moved besides, since who is
        moved is struck where they stood (PKPU 7/2022 Pasal 119(3)). A home entry beside a row of the moved
        list of our TPS is the ordinary case and no duplicate.
        """
        apart = any(is_same_place(_place(a), _place(b)) is False for a, b in combinations(self.fixed, 2))
        return apart or bool(self.moved_away) or bool(self.here and self.moved)


def sort_entries(rows: tuple[Row, ...], setting: Setting) -> Entries:
    """Sort a voter's rows. A remark on a moved list is the reason for moving, no mark against the voter."""
    groups: dict[str, list[Row]] = {
        key: [] for key in ("here", "elsewhere", "unclear", "moved_here", "moved_away", "struck")
    }
    barring: list[RemarkCode] = []
    unknown = False
    for row in rows:
        is_moved = row.get("kind") == ListKind.MOVED
        remark = None if is_moved else remark_of(row.get("remark"), setting.election, setting.stage)
        unknown = unknown or (not is_moved and remark is None and is_odd_number(row.get("remark")))
        if remark is not None and remark.effect is RemarkEffect.BARRED:
            barring.append(remark)
        groups[_group(row, remark, setting)].append(row)
    return Entries(
        **{key: tuple(found) for key, found in groups.items()},
        barring=tuple(barring),
        has_unknown_remark=unknown,
    )


def remark_of(text: str | None, election: Election, stage: str) -> RemarkCode | None:
    """Return what a remark means at this stage of the roll; None for free text and for marks without effect.

    Understood: the number alone or after "TMS", and the meaning written out. A number before other words may
    be anything ("2 anak") and is left alone.
    """
    written = (text or "").strip().upper()
    number = _NUMBER.fullmatch(written)
    words = " ".join(re.sub(r"\bTMS\b|[^A-Z]", " ", written).split())
    for remark in election.remarks:
        if stage not in remark.stages:
            continue
        if remark.code == number[1] if number else words in remark.words:
            return remark
    return None


def is_odd_number(text: str | None) -> bool:
    """Say whether a remark is a code number: odd where `remark_of` knows none."""
    number = _NUMBER.fullmatch((text or "").strip().upper())
    return number is not None and number[1] not in _PLAIN_NUMBERS


def _group(row: Row, remark: RemarkCode | None, setting: Setting) -> str:
    if row.get("kind") == ListKind.MOVED:
        # Lists of moved voters are made per TPS: where a row does not say where to, it is to ours.
        is_away = setting.tps.is_at(row.get("to_region"), row.get("to_tps")) is False
        return "moved_away" if is_away else "moved_here"
    if remark is not None and remark.effect in STRIKES:
        return "struck"
    at_ours = setting.tps.is_at(row.get("tps_region"), row.get("tps"))
    if at_ours is None:
        return "unclear"
    return "here" if at_ours else "elsewhere"


def _place(row: Row) -> tuple[str, str]:
    return row.get("tps_region") or "", tps_number(row.get("tps"))
