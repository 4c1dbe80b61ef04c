"""What is remembered of a person and a voter: how the same voter is known again in another roll."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.crypto import salted_hmac

from reconcile.matching import StoredRollError
from reconcile.models import Candidate, HeldEntry, KnownPair, MatchRun, SourceList, Voter
from reconcile.queries.rolls import opened
from reconcile.queries.supposing import TELLS_APART, differing_fields
from reconcile.records import ROLL_KINDS

OF_A_VOTER = ("name", "nik", "birth_date", "sex", "tps", "tps_region")
TOLD_AS = {"tps_region": "tps"}  # fields of which one name is enough for the screen


def print_of(voter: Voter) -> str:
    """Return one value for the record of a voter, the same in every roll that writes it the same way.

    Keyed with this server's secret: who reads the database cannot try numbers against it.
    """
    says = "|".join((voter.nik, voter.name, str(voter.birth_date or voter.birth_raw), voter.rt, voter.rw))
    return salted_hmac("rutanvote.pair", says, algorithm="sha256").hexdigest()[:40]


def is_same_voter(one: Voter, other: Voter) -> bool:
    """Say whether two rows of rolls are one voter's: two of NIK, name and birth date agree, none without a reason.

    A NIK alone is not enough: rolls give one NIK to two people by mistake.
    """
    born = bool(one.birth_date) and one.birth_date == other.birth_date
    named = bool(one.name) and one.name == other.name
    if one.nik and other.nik:
        return one.nik == other.nik and (born or named)
    return born and named


def changes(pair: KnownPair, entry: HeldEntry, voter: Voter) -> list[str]:
    """Return the fields that are not what they were when the pair was confirmed, in a fixed order."""
    assert pair.voter is not None, "only confirmed pairs are asked for changes"
    found = differing_fields(pair.voter, voter, OF_A_VOTER) + differing_fields(pair.entry, entry, TELLS_APART)
    return list(dict.fromkeys(TOLD_AS.get(name, name) for name in found))


@dataclass(frozen=True)
class Rolls:
    """The rolls a run compared, in the order in which it joined them."""

    lists: tuple[SourceList, ...]

    @classmethod
    def of(cls, run: MatchRun) -> "Rolls":
        return cls(tuple(run.lists.filter(kind__in=sorted(ROLL_KINDS)).order_by("pk")))

    def today(self, pair: KnownPair, candidates: Sequence[Candidate]) -> Voter | None:
        """Return the row that is the pair's voter in these rolls; None where the voter is gone."""
        before = pair.voter
        assert before is not None, "only confirmed pairs are looked up"
        if any(one.pk == before.source_list_id for one in self.lists):
            return before
        mine = [one.voter for one in candidates if is_same_voter(before, one.voter)]
        return min(mine or self._like(before), key=lambda row: (_distance(before, row), row.pk), default=None)

    def _like(self, before: Voter) -> list[Voter]:
        known = Q(name=before.name, birth_date=before.birth_date)
        known |= Q(nik=before.nik) if before.nik else Q()
        rows = Voter.objects.filter(known, source_list__in=self.lists).select_related("source_list")
        return [row for row in rows.order_by("pk")[:20] if is_same_voter(before, row)]

    def rows_of(self, voter: Voter) -> list[int]:
        """Return all rows of the same voter, as matching groups them; the row alone where nothing is prepared."""
        election = self.lists[0].election if self.lists else voter.source_list.election
        try:
            group = opened(election, self.lists).group
        except StoredRollError:
            return [voter.pk]
        starts = {one.pk: sum(each.records for each in self.lists[:at]) for at, one in enumerate(self.lists)}
        row = starts[voter.source_list_id] + voter.line
        found = [int(each) for each in (group == group[row]).nonzero()[0]]
        return self._keys(found) or [voter.pk]

    def _keys(self, rows: Sequence[int]) -> list[int]:
        """Return the primary keys of rows of the joined rolls, in their order."""
        keys: list[int] = []
        start = 0
        for one in self.lists:
            lines = [row - start for row in rows if start <= row < start + one.records]
            if lines:
                its = Voter.objects.filter(source_list=one, line__in=lines).order_by("line")
                keys += its.values_list("pk", flat=True)
            start += one.records
        return keys


def _distance(one: Voter, other: Voter) -> int:
    return len(differing_fields(one, other, OF_A_VOTER))
