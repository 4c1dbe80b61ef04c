"""What a role may do, and how much of each field it sees: two tables say everything."""

from collections.abc import Mapping
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from reconcile.models import (
    ROLES_OF_A_PLACE,
    Officer,
    Role,
)
from reconcile.writing.papers import Audience


class Deed(StrEnum):
    """What can be allowed to a role."""

    SEE_COUNTS = "see_counts"
    SEE_PEOPLE = "see_people"
    SEE_LISTS = "see_lists"
    SEE_PROBLEMS = "see_problems"  # sheet, row and column of what is wrong in a list; never a cell's value
    SEE_SOURCES = "see_sources"  # file, sheet and row of a person's records
    SEE_CANDIDATES = "see_candidates"  # voters who were considered besides the likeliest one
    SEE_VALUES = "see_values"  # the cells that problems speak of, identity numbers masked
    UPLOAD = "upload"
    ACCEPT_WARNINGS = "accept_warnings"
    CONFIRM_CHANGE = "confirm_change"
    UNDO = "undo"
    EXPORT = "export"
    SETTLE_LINKS = "settle_links"
    DECIDE = "decide"  # settle doubts about people
    SEARCH_ROLLS = "search_rolls"  # look for a voter who is nobody's candidate, beside one person
    REVEAL = "reveal"  # see the whole NIK of one person, with a reason
    START_RUN = "start_run"
    SEND_LIST = "send_list"  # to the commissioner, once every doubt is settled
    APPROVE = "approve"  # a list version, or send it back
    ASK_RECALL = "ask_recall"
    ANSWER_RECALL = "answer_recall"  # another person's request, and one of the two is a commissioner
    TAKE_PAPERS = "take_papers"  # of an approved version, as far as the role may see it
    MAKE_PACK = "make_pack"  # all papers at once, with whole identity numbers
    RECORD_VOTE = "record_vote"  # who voted and what became of the ballots
    PLAN_VOTE = "plan_vote"  # choose which TPS serves a place, plan visits, choose loans of ballots
    SEE_TURNOVER = "see_turnover"  # classes and dates of the registers, and what they forecast
    SAY_STAY = "say_stay"  # say where somebody will be on voting day
    SEE_FINDINGS = "see_findings"  # what officers established of the right to vote, and the papers that prove it
    SEE_ROLLS = "see_rolls"  # whole rolls: how one stage became the next, and what is wrong inside one
    CHECK_ROLLS = "check_rolls"  # ask for that to be worked out


_LOOK = frozenset({Deed.SEE_COUNTS, Deed.SEE_PEOPLE, Deed.SEE_LISTS, Deed.TAKE_PAPERS})
_OWN = _LOOK | {Deed.SEE_PROBLEMS, Deed.SEE_SOURCES}
_WORK = _OWN | {Deed.SEE_CANDIDATES}
_ESTABLISHED = frozenset({Deed.SEE_TURNOVER, Deed.SEE_FINDINGS})
_LOOK_UP = frozenset({Deed.SEARCH_ROLLS, Deed.REVEAL})
_RECALL = frozenset({Deed.ASK_RECALL, Deed.ANSWER_RECALL})
_SETTLE = frozenset({Deed.SETTLE_LINKS, Deed.DECIDE, Deed.SEND_LIST, Deed.ASK_RECALL, Deed.RECORD_VOTE})
_ROLLS = frozenset({Deed.SEE_ROLLS, Deed.CHECK_ROLLS})

MAY: dict[Role, frozenset[Deed]] = {
    Role.ADMIN: _WORK
    | {Deed.SEE_VALUES, Deed.UPLOAD, Deed.ACCEPT_WARNINGS, Deed.CONFIRM_CHANGE, Deed.UNDO, Deed.EXPORT, Deed.START_RUN}
    | _RECALL
    | _ROLLS
    | {Deed.PLAN_VOTE},
    Role.COMMISSIONER: _WORK
    | _LOOK_UP
    | _RECALL
    | _ROLLS
    | _ESTABLISHED
    | {Deed.EXPORT, Deed.START_RUN, Deed.APPROVE, Deed.MAKE_PACK, Deed.PLAN_VOTE},
    Role.KPPS: _WORK | _LOOK_UP | _SETTLE | _ESTABLISHED | {Deed.SAY_STAY},
    Role.SECOND: _WORK | _LOOK_UP | _SETTLE | _ESTABLISHED | {Deed.SAY_STAY},
    Role.INSTITUTION: _OWN | {Deed.SEE_VALUES, Deed.UPLOAD, Deed.UNDO, Deed.EXPORT, Deed.SEE_TURNOVER, Deed.SAY_STAY},
    Role.OBSERVER: _LOOK | {Deed.SEE_ROLLS},
}

BOUND_TO_PLACE = ROLES_OF_A_PLACE


class Sight(StrEnum):
    """How much of a field is shown."""

    FULL = "full"
    MASKED = "masked"  # leading digits; in a comparison also the digits that differ
    AGE = "age"  # a birth date as years
    HIDDEN = "hidden"


# Whatever is not named here is hidden. Nobody sees a whole identity number in a list or a comparison.
_PUBLIC = dict.fromkeys(("name", "sex", "address", "remark"), Sight.FULL) | {"birth_date": Sight.AGE}
_IDENTITY = (
    dict.fromkeys(("name", "alias", "father", "birth_place", "birth_date", "sex", "marital"), Sight.FULL)
    | dict.fromkeys(("nik", "nkk"), Sight.MASKED)
    | dict.fromkeys(("nationality", "occupation", "address", "remark", "tps"), Sight.FULL)
)
_CUSTODY = dict.fromkeys(("registration_number", "register_class", "entry_date", "release_date", "unit"), Sight.FULL)
_ROOM = {"block": Sight.FULL}

SIGHT: dict[Role, Mapping[str, Sight]] = {
    Role.ADMIN: _IDENTITY,
    Role.COMMISSIONER: _IDENTITY | _CUSTODY,
    Role.KPPS: _IDENTITY | _CUSTODY | _ROOM,
    Role.SECOND: _IDENTITY | _CUSTODY | _ROOM,
    Role.INSTITUTION: _IDENTITY | _CUSTODY | _ROOM,
    Role.OBSERVER: _PUBLIC | {"tps": Sight.FULL},
}

# What leaves the program in a file: an office takes its own register whole, KPU's commissioner the identity
# numbers too; everybody else what the screen shows.
EXPORT_SIGHT: dict[Role, Mapping[str, Sight]] = {
    **SIGHT,
    Role.COMMISSIONER: {**SIGHT[Role.COMMISSIONER], "nik": Sight.FULL, "nkk": Sight.FULL},
    Role.INSTITUTION: {**SIGHT[Role.INSTITUTION], "nik": Sight.FULL, "nkk": Sight.FULL},
}

# Who reads the papers a role takes: only the commissioner's show whole identity numbers.
AUDIENCE: dict[Role, Audience] = {
    **dict.fromkeys(Role, Audience.OFFICE),
    Role.COMMISSIONER: Audience.KPU,
    Role.OBSERVER: Audience.PUBLIC,
}

User = Officer | AnonymousUser


def role_of(user: User) -> Role | None:
    """Return the officer's role; None for whoever has none and therefore sees nothing."""
    return user.role if isinstance(user, Officer) else None


def may(user: User, deed: Deed) -> bool:
    role = role_of(user)
    return role is not None and deed in MAY[role]


def require(user: User, deed: Deed) -> None:
    """Refuse with 403 what the role may never do."""
    if not may(user, deed):
        raise PermissionDenied


def sight_of(user: User) -> Mapping[str, Sight]:
    """Return how much of each field this officer sees; a field that is missing is hidden."""
    role = role_of(user)
    return SIGHT[role] if role else {}


def export_sight_of(user: User) -> Mapping[str, Sight]:
    """Return how much of each field this officer may take out in a file."""
    role = role_of(user)
    return EXPORT_SIGHT[role] if role else {}


def audience_of(user: User) -> Audience:
    """Return how much the papers show that this officer takes."""
    role = role_of(user)
    return AUDIENCE[role] if role else Audience.PUBLIC


def officer_of(user: User) -> Officer:
    """Return the officer who is signed in; an account without a role is refused (403) everywhere."""
    if isinstance(user, Officer) and may(user, Deed.SEE_COUNTS):
        return user
    raise PermissionDenied


def own_place(user: User) -> int | None:
    """Return the only place the officer sees, None for who sees the whole election."""
    if isinstance(user, Officer) and user.role in BOUND_TO_PLACE:
        return user.place_id or 0  # no place: nothing, and certainly not what has no place
    return None
