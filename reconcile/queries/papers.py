"""What papers of a stored version are made of, and which were made."""

from collections.abc import Mapping
from dataclasses import dataclass

from reconcile.models import Paper, PersonOutcome, Place, StoredVersion
from reconcile.queries.ballots import needs
from reconcile.queries.groups import OF_CERTAIN, Group
from reconcile.queries.loans import loans_in_force
from reconcile.queries.sheets import loan_minute
from reconcile.queries.version_rows import changes_with_officers, last_approved
from reconcile.queries.versions import version_of
from reconcile.queries.visits import plan_of
from reconcile.records import Outcome
from reconcile.versions import ListVersion
from reconcile.writing.papers import Audience, Matter, Supply, contents_name, pack_name, papers_of
from reconcile.writing.papers.matter import HandOver, VisitSheet
from reconcile.writing.papers.people import needing_letters
from reconcile.writing.papers.words import day_in_digits


def matter_of(stored: StoredVersion, version: ListVersion, audience: Audience) -> Matter:
    """Return a version with all that its papers need, as far as these readers may see it."""
    before = last_approved(stored.place, stored.number)
    previous = version_of(before) if before else None
    return Matter(
        version=version,
        election=stored.place.election.rules,
        audience=audience,
        previous=previous,
        changes=changes_with_officers(previous, version) if previous else (),
        supply=_supply(stored),
        visits=_visits(stored, version),
        hand_overs=_hand_overs(stored),
    )


def _supply(stored: StoredVersion) -> Supply | None:
    """Return what the version's TPS is given, and from where the rest could come, by the version's own comparison."""
    place = stored.place
    here = Place.objects.filter(
        election=place.election_id, tps_region=place.tps_region, tps_number=place.tps_number
    ).order_by("pk")
    outcomes = PersonOutcome.objects.filter(run=stored.run, place__in=here)
    for one in needs(outcomes, stored.run, list(here)):
        loans = tuple(loan for row in one.types for loan in (*row.chosen, *row.loans))
        return Supply(one.fixed, one.moved, loans)
    return None


def _visits(stored: StoredVersion, version: ListVersion) -> tuple[VisitSheet, ...]:
    """Return the visit planned for a place without a TPS of its own, once its time is set; who is certain votes."""
    visit = plan_of(stored.place) if stored.place.visited else None
    if visit is None or visit.begins is None or visit.ends is None:
        return ()
    officers = [("KPPS", name) for name in visit.officers]
    officers += [("Pengawas TPS", visit.supervisor), *(("Saksi", name) for name in visit.witness_names)]
    certain = {row.number for row in version.rows if OF_CERTAIN[Outcome(row.outcome)] is Group.HERE}
    letter = [visit.permit_number, visit.permit_date and day_in_digits(visit.permit_date), visit.permit_from]
    return (
        VisitSheet(
            number=1,
            tps=str(stored.place.tps),
            day=stored.place.election.voting_day,
            begins=visit.begins,
            ends=visit.ends,
            officers=tuple(officers),
            people=tuple(sorted(certain)),
            permission=", ".join(part for part in letter if part),
        ),
    )


def _hand_overs(stored: StoredVersion) -> tuple[HandOver, ...]:
    """Return the loans to the TPS that serves the place, in the order in which KPU chose them."""
    place = stored.place
    minutes = [loan_minute(loan) for loan in loans_in_force(place.election) if loan.borrower == place.tps]
    return tuple(
        HandOver(
            number=one.number,
            giver=str(one.lender),
            taker=str(one.borrower),
            ballots={row.code: row.count for row in one.rows},
            day=one.handed_on,
            at=one.handed_time,
            carrier=one.carrier,
            seal=one.seal,
            counted_at=str(one.counted),
        )
        for one in minutes
    )


@dataclass(frozen=True)
class PaperLine:
    """One paper that can be taken. `made`: its newest making, None where nobody has made it yet."""

    code: str
    name: str
    made: Paper | None

    @property
    def is_pdf(self) -> bool:
        return self.name.endswith(".pdf")


@dataclass(frozen=True)
class PapersPage:
    """The papers of a version for one kind of reader. `letters`: number and name of who gets a letter."""

    lines: tuple[PaperLine, ...]
    contents: Paper | None
    pack: Paper | None
    letters: tuple[tuple[int, str], ...]


def papers_page(stored: StoredVersion, matter: Matter) -> PapersPage:
    made = _newest(stored)
    lines = tuple(
        PaperLine(one.code, name, made.get(name)) for one in papers_of(matter) for name in (one.file_name(matter),)
    )
    letters = needing_letters(matter) if any(line.code == "letters" for line in lines) else ()
    contents, pack = made.get(contents_name(matter)), made.get(pack_name(matter))
    return PapersPage(lines, contents, pack, tuple((row.number, row.name) for row in letters))


def _newest(stored: StoredVersion) -> Mapping[str, Paper]:
    """Return the newest making of each file by its name."""
    return {one.name: one for one in stored.papers.select_related("made_by").order_by("pk")}
