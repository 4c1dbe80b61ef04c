"""What each sender means by its headings, learnt from what officers said once."""

from collections.abc import Iterable

from reconcile.models import KnownHeading, SourceList
from reconcile.reading.columns import fold_heading

LONGEST = 100


def sender_of(one: SourceList) -> str:
    """Return who writes such lists, in a way that outlives an election: a place, or KPU for the rolls."""
    return f"{one.place.kind}:{one.place.name}" if one.place else "kpu"


def known_headings(one: SourceList, headings: Iterable[str]) -> dict[str, str]:
    """Return our fields for the headings this sender has used before and somebody explained."""
    folded = {fold_heading(heading)[:LONGEST]: heading for heading in headings}
    known = KnownHeading.objects.filter(sender=sender_of(one), kind=one.kind, heading__in=folded)
    return {folded[heading]: field for heading, field in known.values_list("heading", "field")}


def remember_headings(one: SourceList) -> None:
    """Keep what was said of a file's headings; the latest word counts. Call inside a transaction."""
    for heading, field in one.told.get("fields", {}).items():
        KnownHeading.objects.update_or_create(
            sender=sender_of(one), kind=one.kind, heading=fold_heading(heading)[:LONGEST], defaults={"field": field}
        )
