"""A list taken out of the program: a file by role, and an entry in the log for each."""

from collections.abc import Mapping
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reconcile.actions.audit import record
from reconcile.actions.errors import ActionRefused
from reconcile.models import Officer, SourceList, StageComparison
from reconcile.queries import exports, stage_recap
from reconcile.writing.headings import HEADINGS
from reconcile.writing.recap import WORKING_PAPER, write_recap
from reconcile.writing.tables import write_table

PLACES = ("LEMBAR ASAL", "BARIS ASAL")  # where a person stands in the office's own file


def record_correction(*, one: SourceList, by: Officer) -> None:
    """Note that somebody took the correction workbook of a list."""
    record("exports.record_correction", by=by, election=one.election, subject=one, rows=one.to_correct)


@transaction.atomic
def export_list(*, one: SourceList, sight: Mapping[str, str], by: Officer, path: Path) -> int:
    """Write the people of a list to a workbook, as far as `sight` goes; return how many. Refused ("too_many")."""
    if one.records > exports.MOST_ROWS:
        sentence = gettext_lazy("A list of more than %(most)s people is not given out in one file.")
        raise ActionRefused("too_many", sentence, most=exports.MOST_ROWS)
    fields = exports.fields_of(one, sight)
    now = date_format(timezone.localtime(), "DATETIME_FORMAT")
    titles = [
        one.title or one.file_name,
        _("Working paper, taken out by %(name)s on %(date)s") % {"name": by.get_username(), "date": now},
    ]
    count = write_table(
        path,
        titles=titles,
        headings=[*PLACES, *(HEADINGS[name] for name in fields)],
        rows=exports.rows(one, fields, sight, one.election.as_of),
    )
    record("exports.export_list", by=by, election=one.election, subject=one, rows=count, fields=fields)
    return count


@transaction.atomic
def export_recap(*, comparison: StageComparison, area: str, by: Officer, path: Path) -> int:
    """Write the recapitulation of an area ("": all) to a workbook; return how many rows it has."""
    recap = stage_recap.recap_within(stage_recap.recap_table(comparison), area)
    above = [name for _code, name in (*recap.above, (recap.area, recap.name)) if name]
    write_recap(
        path,
        titles=[comparison.election.name_id, " / ".join(above).upper() or "SEMUA KECAMATAN", WORKING_PAPER],
        stages=(comparison.first, comparison.second),
        kind=recap.kind,
        rows=[(one.name, one.figures) for one in recap.rows],
        total=recap.total,
    )
    count = len(recap.rows)
    record("exports.export_recap", by=by, election=comparison.election, subject=comparison, area=area, rows=count)
    return count
