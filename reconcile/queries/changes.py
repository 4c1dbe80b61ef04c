"""Who comes, who goes, who is no longer the same by an upload; and the links an officer must decide."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.utils.dateparse import parse_date
from django.utils.formats import date_format

from reconcile.labels.working import MARITALS, NIK_QUALITIES, SEXES
from reconcile.models import ChangeKind, HeldEntry, PersonLink, RowChange, SourceList, Upload, Verdict
from reconcile.queries.births import birth_text
from reconcile.queries.homes import home_text
from reconcile.queries.seeing import sight_of_field
from reconcile.queries.uploads import officer_name
from reconcile.records import Marital, NikQuality, Sex

PAGE = 50


@dataclass(frozen=True)
class Field:
    """One field before and after; both empty where only the fact of a change is told."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    kind: str
    name: str
    file: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Tab:
    kind: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Link:
    """A row that may be a known person: both as they stand in their registers."""

    pk: int
    row: Mapping[str, str]
    known: Mapping[str, str]
    probability: int  # percent
    verdict: str
    by: str

    @property
    def lines(self) -> list[tuple[str, str, str]]:
        """Return the facts of both, side by side."""
        return [(name, self.row[name], self.known.get(name, "")) for name in self.row]


@dataclass(frozen=True)
class Changes:
    """`counts` of all kinds are whole; of one kind at most `RowChange.MOST` are kept to be shown."""

    tabs: tuple[Tab, ...]
    chosen: str
    page: Page[Any]
    rows: tuple[Change, ...]
    is_cut: bool
    by_field: tuple[tuple[str, int], ...]
    links: tuple[Link, ...] = ()

    @property
    def query(self) -> str:
        return f"?kind={self.chosen}"

    @property
    def total(self) -> int:
        """Return how many changes there are of the kind that is shown, kept or not."""
        return sum(tab.count for tab in self.tabs if tab.is_chosen)

    @property
    def open_links(self) -> int:
        return sum(link.verdict == Verdict.OPEN for link in self.links)


def changes(upload: Upload, kind: str, number: Any, sight: Mapping[str, str], *, links: bool) -> Changes:
    """Return a page of the changes of one kind, and with `links` the doubtful ones."""
    lists = list(upload.lists.all())
    counts = {
        ChangeKind.NEW: sum(one.new for one in lists),
        ChangeKind.CHANGED: sum(one.changed for one in lists),
        ChangeKind.GONE: upload.gone,
    }
    kept = dict(RowChange.objects.filter(upload=upload).order_by().values_list("kind").annotate(n=Count("pk")))
    chosen = kind if kind in ChangeKind.values else next((one for one in counts if kept.get(one)), ChangeKind.NEW)
    found = RowChange.objects.filter(upload=upload, kind=chosen).select_related("source_list").order_by("pk")
    page = Paginator(found, PAGE).get_page(number)
    return Changes(
        tabs=tuple(Tab(one.value, n, one == chosen) for one, n in counts.items()),
        chosen=chosen,
        page=page,
        rows=tuple(_change(one, sight) for one in page.object_list),
        is_cut=kept.get(chosen, 0) < counts[ChangeKind(chosen)] and kept.get(chosen, 0) == RowChange.MOST,
        by_field=_by_field(upload),
        links=tuple(_links(upload, sight)) if links else (),
    )


def _by_field(upload: Upload) -> tuple[tuple[str, int], ...]:
    """Return how often each field changed, the most frequent first."""
    found: dict[str, int] = {}
    changed = RowChange.objects.filter(upload=upload, kind=ChangeKind.CHANGED).values_list("fields", flat=True)
    for fields in changed.iterator():
        for name in fields:
            found[name] = found.get(name, 0) + 1
    return tuple(sorted(found.items(), key=lambda each: (-each[1], each[0])))


def _change(one: RowChange, sight: Mapping[str, str]) -> Change:
    fields = tuple(_field(name, values, sight) for name, values in one.fields.items())
    return Change(one.kind, one.name, one.source_list.file_name, fields)


ALWAYS = frozenset({"place", "last_seen"})


def _field(name: str, values: list[str], sight: Mapping[str, str]) -> Field:
    """Return a changed field: with its values for who may see them, else only that it changed."""
    how = "full" if name in ALWAYS else sight_of_field(sight, name)
    before, after = values if how == "full" else ("", "")
    return Field(name, text_of(name, before), text_of(name, after))


def text_of(name: str, value: str) -> str:
    if name == "sex" and value:
        return str(SEXES[Sex(value)])
    if name == "marital" and value:
        return str(MARITALS[Marital(value)])
    day = parse_date(value) if name.endswith("_date") or name == "last_seen" else None
    return date_format(day, "j F Y") if day else value


def _links(upload: Upload, sight: Mapping[str, str]) -> list[Link]:
    found = PersonLink.objects.filter(entry__source_list__upload=upload).select_related("entry__source_list", "by")
    links = list(found.order_by("entry__line", "-probability"))
    others = _entries_of([link.person_id for link in links], upload)
    return [
        Link(
            pk=link.pk,
            row=_facts(link.entry, sight),
            known=_facts(others[link.person_id], sight) if link.person_id in others else {},
            probability=round(100 * link.probability),
            verdict=link.verdict,
            by=officer_name(link.by) if link.by else "",
        )
        for link in links
    ]


def _entries_of(persons: list[int], upload: Upload) -> dict[int, HeldEntry]:
    """Return the latest entry of each person, outside this upload if there is one."""
    entries = list(HeldEntry.objects.filter(person__in=persons).select_related("source_list"))
    entries.sort(key=lambda one: (one.source_list.upload_id != upload.pk, one.source_list_id, one.line))
    return {entry.person_id: entry for entry in entries}


def _facts(entry: HeldEntry, sight: Mapping[str, str]) -> dict[str, str]:
    """Return what tells two people apart, as far as the officer may see it."""
    one: SourceList = entry.source_list
    facts = {
        "name": entry.name,
        "birth_date": birth_text(entry),
        "nik": NIK_QUALITIES[NikQuality(entry.nik_quality)] if entry.nik_quality else "",
        "address": home_text(entry),
        "registration_number": entry.registration_number,
    }
    seen = {name: str(value) for name, value in facts.items() if sight.get(name, "hidden") in ("full", "masked")}
    return {**seen, "file": one.file_name, "row": str(entry.row)}
