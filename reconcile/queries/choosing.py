"""Among which voters one may look, one at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from reconcile.models import Candidate, PersonOutcome
from reconcile.queries.homes import tps_text


@dataclass(frozen=True)
class Choice:
    """A voter among whom one may look, by rank; rank 0 was found by searching."""

    rank: int
    name: str
    tps: str
    is_shown: bool
    is_proposed: bool
    query: str


PANEL = "#comparison"  # where the browser goes back to


def address_part(codes: Mapping[str, str], panel: str = PANEL) -> str:
    """Return the address part of the panel with these codes; empty ones are left out."""
    kept = {name: code for name, code in codes.items() if code}
    return f"?{urlencode(kept)}{panel}"


def choices_of(
    offered: Sequence[Candidate], shown: Candidate | None, outcome: PersonOutcome, codes: Mapping[str, str]
) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            rank=one.rank,
            name=one.voter.name,
            tps=tps_text(one.voter),
            is_shown=one is shown,
            is_proposed=one.voter_id == outcome.voter_id,
            query=address_part({**codes, "c": str(one.rank), "voter": ""}),
        )
        for one in offered
    )
