"""A register and the rolls -> for each held person, ranked voters with reasons, and at most one chosen.

Guarantees (each held by a test): the same input gives the same bytes; row order does not matter; no
voter is given to two people; a pair's weight is the sum of its reasons; two voters as likely as each
other are never decided automatically. Never imports Django.
"""

from reconcile.matching.doubling import Double, find_doubles
from reconcile.matching.linking import SnapshotLinks, link_snapshots
from reconcile.matching.matching import match
from reconcile.matching.options import MatchOptions
from reconcile.matching.preparing import Roll, open_roll, prepare
from reconcile.matching.results import Candidate, Caution, Match, Matches, Report, Threshold
from reconcile.matching.storing import StoredRollError

__all__ = [
    "Candidate",
    "Caution",
    "Double",
    "Match",
    "MatchOptions",
    "Matches",
    "Report",
    "Roll",
    "SnapshotLinks",
    "StoredRollError",
    "Threshold",
    "find_doubles",
    "link_snapshots",
    "match",
    "open_roll",
    "prepare",
]
