"""What a rule would decide, and what came of it: every case by its name, nothing but names."""

from dataclasses import dataclass

from reconcile.models import Bulk, Case


@dataclass(frozen=True)
class Row:
    """`is_sample`: must be opened first; `skipped`: why it was not decided, "" where it was."""

    case: int
    name: str
    voter: str
    is_sample: bool
    is_seen: bool
    skipped: str


@dataclass(frozen=True)
class BulkPage:
    pk: int
    rule: str
    rows: tuple[Row, ...]
    excluded: int
    is_done: bool
    is_undone: bool

    @property
    def total(self) -> int:
        return len(self.rows)

    @property
    def unseen(self) -> int:
        return sum(row.is_sample and not row.is_seen for row in self.rows)

    @property
    def skipped(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.skipped)

    @property
    def decided(self) -> int:
        return self.total - len(self.skipped)


def bulk_page(bulk: Bulk) -> BulkPage:
    """Return the frozen cases of a bulk decision in their order; one query."""
    keys = [pk for pk, _version in bulk.cases]
    cases = Case.objects.select_related("outcome__entry", "outcome__voter").in_bulk(keys)
    why: dict[int, str] = dict(bulk.skipped)
    rows = tuple(
        Row(
            case=pk,
            name=cases[pk].outcome.entry.name,
            voter=getattr(cases[pk].outcome.voter, "name", ""),
            is_sample=pk in bulk.sample,
            is_seen=pk in bulk.seen,
            skipped=why.get(pk, ""),
        )
        for pk in keys
    )
    return BulkPage(bulk.pk, bulk.rule, rows, bulk.excluded, bulk.done is not None, bulk.undone is not None)
