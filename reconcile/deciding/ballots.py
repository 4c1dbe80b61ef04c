"""Which ballots a voter gets at a TPS, and how many ballots a TPS is given.

A voter gets a ballot if the constituency that holds the address on the e-KTP also holds the TPS (PKPU 7/2022
Pasal 116(4)). The same for voters of a special TPS and for moved voters: what counts is the home.
"""

from reconcile.deciding.constituencies import Gap, shares_constituency, what_is_missing
from reconcile.deciding.election_parts import Election, ReserveRule
from reconcile.deciding.tps import TpsRef


def ballot_answers(home_code: str | None, tps: TpsRef, election: Election) -> dict[str, bool | None]:
    """Return for each ballot, in the order of the letter, whether it is due; None: cannot be determined.

    `home_code` is the home as deep as it is known: 2, 4, 6 or 10 digits, or None. Without a home nothing is
    said, not even of ballots everybody gets: no default takes the place of an address (domain 3.1).
    """
    if not home_code:
        return {ballot.code: None for ballot in election.ballots}
    return {
        ballot.code: shares_constituency(ballot.constituency, home_code, tps.region, election.districts)
        for ballot in election.ballots
    }


def ballots_for(home_code: str | None, tps: TpsRef, election: Election) -> tuple[str, ...] | None:
    """Return the codes of the ballots due, in the order of the letter; None if any cannot be determined."""
    answers = ballot_answers(home_code, tps, election)
    if None in answers.values():
        return None
    return tuple(code for code, is_due in answers.items() if is_due)


def ballot_gaps(home_code: str, tps: TpsRef, election: Election) -> frozenset[Gap]:
    """Return what is missing to say of every ballot whether it is due: of the home, else of the TPS."""
    gaps = set()
    for ballot in election.ballots:
        kind, districts = ballot.constituency, election.districts
        if shares_constituency(kind, home_code, tps.region, districts) is None:
            gaps.add(what_is_missing(kind, home_code, districts) or what_is_missing(kind, tps.region, districts))
    return frozenset(gap for gap in gaps if gap)


def reserve(fixed: int, rule: ReserveRule) -> int:
    """Return the ballots printed beyond the fixed roll, of each kind. Whole numbers only, rounded up."""
    if fixed < 0:
        raise ValueError("a roll has no fewer than 0 voters")
    return (fixed * rule.numerator + rule.denominator - 1) // rule.denominator


def printed(fixed: int, rule: ReserveRule, moved: int = 0) -> int:
    """Return the ballots of each kind for a TPS: for its fixed roll, and for `moved` if the rule says so."""
    return fixed + (moved if rule.counts_moved else 0) + reserve(fixed, rule)


def shortage(need: int, supply: int) -> int:
    """Return how many ballots of a kind are missing where `need` people vote: never less than 0."""
    return max(0, need - supply)
