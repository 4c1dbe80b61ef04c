"""What taking an applied upload back would do: what is reversed, what is kept, or why it cannot be."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from reconcile import labels
from reconcile.models import (
    HeldEntry,
    ListStatus,
    MatchRun,
    PersonLink,
    RunStatus,
    SourceList,
    StoredVersion,
    Upload,
    UploadStatus,
    Verdict,
    VersionStatus,
    current_of,
)
from reconcile.queries.obstacles import lists_of

MOST_KEPT = 50  # decisions named one by one


@dataclass(frozen=True)
class Kept:
    """A decision an officer made since about somebody in this upload; it stays with the person."""

    name: str
    verdict: str
    by: str
    at: Any


@dataclass(frozen=True)
class Preview:
    """`refusals` empty: it can be undone. Numbers are rows of the lists that stop or begin to count."""

    refusals: tuple[str, ...]
    lists: tuple[SourceList, ...]
    back: tuple[SourceList, ...]
    new: int
    changed: int
    gone: int
    kept: tuple[Kept, ...]
    n_kept: int
    runs: int

    @property
    def rows(self) -> int:
        return sum(one.records for one in self.lists)

    @property
    def rows_back(self) -> int:
        return sum(one.records for one in self.back)


def preview(upload: Upload) -> Preview:
    """Return what undoing an upload does."""
    lists = lists_of(upload)
    decided = decisions_since(upload)
    return Preview(
        refusals=tuple(refusals(upload, lists)),
        lists=tuple(lists),
        back=tuple(_back(upload, lists)),
        new=sum(one.new for one in lists),
        changed=sum(one.changed for one in lists),
        gone=upload.gone,
        kept=tuple(_kept(link) for link in decided[:MOST_KEPT]),
        n_kept=decided.count(),
        runs=MatchRun.objects.filter(lists__in=lists, status=RunStatus.READY).distinct().count(),
    )


def _back(upload: Upload, lists: list[SourceList]) -> list[SourceList]:
    """Return the lists that begin to count again: those replaced, and older ones that no newer one stands before."""
    accepted = list(SourceList.objects.filter(election=upload.election_id).accepted())
    replaced = list(SourceList.objects.filter(replaced_by=upload))
    own = {one.pk for one in lists}
    others = sorted([*(one for one in accepted if one.pk not in own), *replaced], key=lambda one: one.pk)
    counted = {one.pk for one in current_of(accepted)}
    return [one for one in current_of(others) if one.pk not in counted]


def refusals(upload: Upload, lists: list[SourceList]) -> list[str]:
    """Return why an upload cannot be undone, as sentences; none where it can."""
    if upload.status != UploadStatus.APPLIED:
        return [str(labels.UNDO_REFUSALS["not_applied"])]
    found = []
    runs = MatchRun.objects.filter(lists__in=lists)
    if approved := StoredVersion.objects.filter(run__in=runs, status=VersionStatus.APPROVED).first():
        found.append(_dated("approved", approved.approved_at))
    later = [one.replaced_by for one in lists if one.status == ListStatus.REPLACED and one.replaced_by]
    found += [_dated("replaced", one.applied_at) for one in sorted(set(later), key=lambda one: one.pk)]
    if MatchRun.objects.filter(election=upload.election_id, status=RunStatus.RUNNING).exists():
        found.append(str(labels.UNDO_REFUSALS["running"]))
    return found


def _dated(code: str, at: Any) -> str:
    return str(labels.UNDO_REFUSALS[code]) % {"date": date_format(timezone.localtime(at), "DATETIME_FORMAT")}


def decisions_since(upload: Upload) -> Any:
    """Return what officers decided about people of this upload since it was applied, newest first."""
    decided = PersonLink.objects.exclude(verdict=Verdict.OPEN).filter(entry__source_list__upload=upload)
    return decided.select_related("entry", "by").order_by("-at")


def _kept(link: PersonLink) -> Kept:
    entry: HeldEntry = link.entry
    by = link.by.get_full_name() or link.by.get_username() if link.by else ""
    return Kept(entry.name, link.verdict, by, link.at)
