"""Everything the rules look at, worked out once for one person."""

from dataclasses import dataclass

from reconcile.deciding.cases import Case, Setting
from reconcile.deciding.custody import Custody, custody
from reconcile.deciding.eligibility import Eligibility, eligibility
from reconcile.deciding.entries import Entries, sort_entries
from reconcile.deciding.home import Home, home
from reconcile.records import MatchStatus


@dataclass(frozen=True)
class Facts:
    case: Case
    setting: Setting
    entries: Entries
    eligibility: Eligibility
    custody: Custody
    home: Home

    @property
    def is_past_deadline(self) -> bool:
        return self.setting.day > self.setting.election.detainee_deadline

    @property
    def lacks_ektp(self) -> bool:
        rows = (*self.case.register_rows, *self.entries.counted)
        return any(row.get("ektp") == "unrecorded" for row in rows)

    @property
    def votes_here(self) -> bool:
        """Listed for our TPS, fixed or moved."""
        return bool(self.entries.here or self.entries.moved_here)

    @property
    def tps_is_unclear(self) -> bool:
        """Listed, but on no row that says whether at our TPS or at another."""
        return bool(self.entries.unclear) and not (self.votes_here or self.entries.elsewhere)


def gather(case: Case, setting: Setting) -> Facts:
    """Work out the facts of one person. With status NONE the entries are nobody's and are left out."""
    rows = () if case.status is MatchStatus.NONE else case.entries
    entries = sort_entries(rows, setting)
    return Facts(
        case=case,
        setting=setting,
        entries=entries,
        eligibility=eligibility(case, entries, setting),
        custody=custody(case.register_rows, setting.election.voting_day, case.stay),
        home=home(case, entries, setting),
    )
