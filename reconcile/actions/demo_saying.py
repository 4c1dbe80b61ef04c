"""What the demo's officers have established: findings with made-up papers, and where some people will be."""

from django.core.files.base import ContentFile
from django.db.models import QuerySet

from reconcile.actions.findings import confirm_finding, record_finding
from reconcile.actions.saying import say_stay
from reconcile.models import MatchRun, Officer, PersonOutcome, PlaceKind
from reconcile.records import Outcome

# A whole page with one line, as small as a PDF can be.
PAPER = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F<</Type/Font\
/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj
4 0 obj<</Length 62>>stream
BT /F 18 Tf 72 760 Td (Surat contoh, dibuat untuk latihan) Tj ET
endstream endobj
trailer<</Root 1 0 R>>
%%EOF
"""

# What is established of whom: by outcome the person has, the first by name; what; the paper; confirmed by the second?
ESTABLISHED = (
    (Outcome.INELIGIBLE, "married", "Kemenag 41/2024, 02-10-2024", False),
    (Outcome.NEEDS_TRANSFER, "serving-7", "Polres Blora B/118/2024, 11-10-2024", True),
    (Outcome.FIXED_HERE, "revoked-", "Putusan 77/Pid/2024, 21-10-2024", False),
)

# Where some will be: by outcome; where; the note.
STAYS = (
    (Outcome.LEAVING, "here", "Rutan: perkara lain, penahanan baru"),
    (Outcome.FIXED_HERE, "hospital", "RSUD Blora"),
    (Outcome.FIXED_HERE, "place", "dipinjam penyidik"),
    (Outcome.NEEDS_TRANSFER, "free", "Kejaksaan: tuntutan selesai 18-11-2024"),
)


def say_things(run: MatchRun) -> None:
    """Let the demo's officers establish a few things, of the same people for the same seed."""
    first, second = (Officer.objects.get(username=name) for name in ("kpps", "kpps2"))
    told: set[int] = set()
    for outcome, what, note, is_confirmed in ESTABLISHED:
        one = _somebody(run, outcome, first, told)
        if one is None:
            continue
        finding = record_finding(outcome=one, what=what, note=note, file=ContentFile(PAPER, "surat.pdf"), by=first)
        if is_confirmed:
            confirm_finding(finding=finding, outcome=one, by=second)
    cells = run.election.places.filter(kind=PlaceKind.POLRES).first()
    for outcome, kind, note in STAYS:
        one = _somebody(run, outcome, first, told)
        if one is not None:
            say_stay(outcome=one, kind=kind, place=cells, note=note, seen=None, by=first)


def _somebody(run: MatchRun, outcome: Outcome, by: Officer, told: set[int]) -> PersonOutcome | None:
    """Return the last person of the register with an outcome about whom nothing was said yet."""
    found: QuerySet[PersonOutcome] = PersonOutcome.objects.filter(run=run, place=by.place, outcome=outcome)
    found = found.filter(also_listed=[]).exclude(person__in=told).exclude(match_status="review")
    one = found.select_related("run__election", "entry__source_list", "place").order_by("-entry__line").first()
    if one:
        told.add(one.person_id)
    return one
