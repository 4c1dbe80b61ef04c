"""Made-up versions of a list: every outcome, every gap, names as long as they come."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from reconcile.deciding import Loan, TpsRef, load_election
from reconcile.deciding.ballots import ballots_for
from reconcile.deciding.codes import Action, Actor
from reconcile.records import Outcome, VoterCategory
from reconcile.versions import ListVersion, VersionRow, changes_between
from reconcile.writing.papers.matter import HandOver, Matter, Supply, VisitSheet

TPS = "33.16.09.1015/901"
HOME = ("KUNDEN", "BLORA", "BLORA", "3316091015")
# As long as names come: sixty characters (Permendagri 73/2022), with titles more, and one word that has no end.
LONGEST = (
    "R. NGT. HJ. SITI NUR AISYAH KUSUMANINGTYAS WIJAYAKUSUMAWARDHANI PUTRI",
    "MUHAMMAD ABDURRAHMAN ASY'ARI WIRYOATMODJOKUSUMODININGRAT ALHAFIDZ",
    "SASTROATMODJOKUSUMODININGRATWIRYONEGOROPRAWIROSOEDIRDJOHADI",
    "MUḤAMMAD ʿABD AL-QĀDIR AL-GHAZĀLĪ É ŠIMUNOVIĆ D’ARCY-OEMARJADI",
)
SHORT = ("WAGIYO", "SITI AMINAH", "SUTRISNO", "EKO PRASETYO", "TRI MUR CAHYONO", "I MADE SUBAGIA", "=A1", "+62 SLAMET")
VILLAGE = "Kampuang Tanjuang Koto Mambang Sungai Durian"  # the longest of the country, 44 letters


def row(number: int = 1, **changes: Any) -> VersionRow:
    """Return somebody who votes at the special TPS, with made-up numbers (serial 9...)."""
    village, district, regency, code = HOME
    whole: dict[str, Any] = {
        "number": number, "person": number, "outcome": Outcome.FIXED_HERE, "category": VoterCategory.FIXED,
        "ballots": ("governor", "regent"), "action": Action.COUNT_BALLOTS, "actor": Actor.KPPS, "due": None,
        "name": SHORT[number % len(SHORT)], "held_name": SHORT[number % len(SHORT)], "alias": "", "father": "KASDI",
        "nik": f"33160914{number % 12 + 1:02}809{number:03}", "nkk": f"331609010110{9000 + number}", "sex": "male",
        "birth_place": "BLORA", "birth_date": date(1980, number % 12 + 1, 14), "birth_year": 1980,
        "marital": "married", "address": f"DK SUMBERJO {number}", "rt": f"{number % 9 + 1:03}",
        "rw": f"{number % 4 + 1:03}", "village": village, "district": district, "regency": regency,
        "region_code": code, "disability": "0", "ektp": "recorded",
        "remark": "", "roll_tps": "901", "roll_region": "3316091015", "registration_number": f"B.I {number}/2024",
        "register_class": "B.I", "block": f"A{number % 5 + 1}", "unit": "",
    }  # fmt: skip
    return VersionRow(**whole | changes)


def of_outcome(number: int, outcome: Outcome, election: str = "pilkada-2024", **changes: Any) -> VersionRow:
    """Return somebody with this outcome as `deciding` would word it."""
    category, action, actor, more = _OUTCOMES[outcome]
    rules = load_election(election)
    code = changes.get("region_code", more.get("region_code", HOME[3]))
    ballots = ballots_for(code, TpsRef.parse(TPS), rules) if category else ()
    due = date(2024, 11, 20) if action is not Action.COUNT_BALLOTS else None
    head = {"outcome": outcome, "category": category, "action": action, "actor": actor, "ballots": ballots, "due": due}
    return row(number, **{**head, **more, **changes})


_AWAY: dict[str, Any] = {
    "roll_tps": "003", "roll_region": "3316051014", "village": "CEPU", "district": "CEPU", "region_code": "3316051014",
}  # fmt: skip
_NOWHERE: dict[str, Any] = {"roll_tps": "", "roll_region": ""}
_PATI: dict[str, Any] = {"village": "PATI LOR", "district": "PATI", "regency": "PATI", "region_code": "3318101012"}
_OUTCOMES: dict[Outcome, tuple[str, str, str, dict[str, Any]]] = {
    Outcome.NEEDS_REVIEW: ("", Action.SETTLE_REVIEW, Actor.KPPS, {**_NOWHERE, "ballots": None}),
    Outcome.INELIGIBLE: ("", Action.SEND_EVIDENCE, Actor.INSTITUTION, _NOWHERE),
    Outcome.DUPLICATE: (VoterCategory.FIXED, Action.STRIKE_ONE, Actor.KPU, {}),
    Outcome.LEAVING: ("", Action.MOVE_BACK, Actor.KPU, {}),
    Outcome.LEFT: ("", Action.MARK_COPY, Actor.KPPS, {"person": None, "block": "", "registration_number": ""}),
    Outcome.FIXED_HERE: (VoterCategory.FIXED, Action.COUNT_BALLOTS, Actor.KPPS, {}),
    Outcome.MOVED_HERE: (VoterCategory.MOVED, Action.COUNT_BALLOTS, Actor.KPPS, _AWAY),
    Outcome.NEEDS_TRANSFER: (VoterCategory.MOVED, Action.ISSUE_TRANSFER_LETTER, Actor.KPU, _AWAY),
    Outcome.TOO_LATE: ("", Action.RECORD_LOSS, Actor.KPU, _AWAY),
    Outcome.NEEDS_IDENTITY: ("", Action.FIND_NIK, Actor.DISDUKCAPIL, {**_NOWHERE, "nik": "", "ektp": "unrecorded"}),
    Outcome.OTHER_REGENCY: ("", Action.ASK_OTHER_KPU, Actor.KPU, {**_NOWHERE, **_PATI}),
    Outcome.NOT_ON_ROLL: (VoterCategory.UNREGISTERED, Action.SEARCH_SIDALIH, Actor.KPU, _NOWHERE),
}


def some_of_each(election: str = "pilkada-2024") -> tuple[VersionRow, ...]:
    """Return three people of each outcome: women too, one of no stated sex, one whose ballots are unknown."""
    rows = []
    for outcome in Outcome:
        for n in range(3):
            number = len(rows) + 1
            rows.append(of_outcome(number, outcome, election, sex=("male", "female", "")[n] if n < 2 else "male"))
    rows[-1] = replace(rows[-1], sex="")
    letters = [n for n, one in enumerate(rows) if one.outcome == Outcome.NEEDS_TRANSFER]
    rows[letters[-1]] = replace(rows[letters[-1]], ballots=None, region_code="")
    return tuple(rows)


def version(rows: tuple[VersionRow, ...] | None = None, **changes: Any) -> ListVersion:
    rows = some_of_each() if rows is None else rows
    whole: dict[str, Any] = {
        "election": "pilkada-2024", "place": "Rutan Kelas IIB Blora", "place_kind": "rutan", "tps": TPS, "number": 3,
        "as_of": date(2024, 11, 1), "approved": datetime(2024, 11, 12, 7, 5, tzinfo=UTC), "approver": "Rini Komisioner",
    }  # fmt: skip
    draft = ListVersion(rows=rows, **whole)
    return replace(draft, **{"mark": draft.fingerprint, **changes})


def matter(rows: tuple[VersionRow, ...] | None = None, election: str = "pilkada-2024", **changes: Any) -> Matter:
    """Return a version with visits, loans and an earlier version: all that papers can be made of."""
    now = version(some_of_each(election) if rows is None else rows, election=election)
    earlier = version(now.rows[:-1], number=2, election=election)
    whole: dict[str, Any] = {
        "previous": earlier, "changes": changes_between(earlier, now), "supply": supply(election),
        "visits": (visit(now),), "hand_overs": (hand_over(election),),
    }  # fmt: skip
    return Matter(now, load_election(election), **whole | changes)


def supply(election: str = "pilkada-2024") -> Supply:
    code = load_election(election).ballots[0].code
    lender = TpsRef.parse("33.16.09.1015/004")
    other = TpsRef(lender.region, "005")
    return Supply(fixed=5, moved=1, loans=(Loan(lender, code, 5, 2, 0.4), Loan(other, code, 1, 0, None)))


def visit(now: ListVersion) -> VisitSheet:
    people = tuple(one.number for one in now.rows if one.category == VoterCategory.MOVED)
    officers = (("KPPS", "Wati Petugas"), ("KPPS", ""), ("Pengawas TPS", "Dewi"), ("Saksi", ""), ("Pengamanan", ""))
    return VisitSheet(1, "33.16.09.1015/003", date(2024, 11, 27), time(11), time(13), officers, people, "B/123/XI/2024")


def hand_over(election: str = "pilkada-2024") -> HandOver:
    codes = [one.code for one in load_election(election).ballots]
    ballots = {code: 116 if n == 0 else 7 for n, code in enumerate(codes)}
    when = date(2024, 11, 27), time(9, 30)
    return HandOver(
        "12/BA/XI/2024", "33.16.09.1015/004", TPS, ballots, *when, "Wati Petugas", "Hadi Petugas", seal="A-0917"
    )


def crowd(many: int, names: tuple[str, ...] = SHORT, election: str = "pilkada-2024") -> tuple[VersionRow, ...]:
    """Return many people: half on the roll, the others moved, some with the longest place names."""
    rows = []
    for n in range(1, many + 1):
        outcome = (Outcome.FIXED_HERE, Outcome.NEEDS_TRANSFER, Outcome.FIXED_HERE, Outcome.MOVED_HERE)[n % 4]
        changes: dict[str, Any] = {"name": names[n % len(names)], "sex": ("male", "female")[n % 7 == 0]}
        if names is LONGEST:
            changes |= {"village": VILLAGE.upper(), "address": "PERUMAHAN GRIYA KENCANA PERMAI ASRI BLOK Z-99 NO 1234"}
        rows.append(of_outcome(n, outcome, election, **changes))
    return tuple(rows)
