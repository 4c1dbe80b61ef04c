"""`manage.py import_list`: the five steps of the upload wizard from the shell, with the same numbers."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import QuerySet
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from reconcile import labels
from reconcile.actions import importing
from reconcile.actions.errors import ActionRefused
from reconcile.actions.uploads import cancel_upload
from reconcile.management.bars import Bar
from reconcile.management.finding import find_election, find_list, find_officer, find_place
from reconcile.models import ListProblem, Upload
from reconcile.queries.obstacles import lists_of, obstacles
from reconcile.queries.uploads import COUNTS, numbers
from reconcile.records import ListKind

APPLIED, WAITING = 0, 1  # exit status; 2 for a refusal
_MOST_LINES = 20  # problems told; the screens and the correction workbook have all


class Command(BaseCommand):
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.description = _("Upload files, check every row, and apply them where nothing stands in the way.")
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--by", required=True, metavar="LOGIN", help=_("the officer who uploads"))
        parser.add_argument("--election", metavar="CODE", help=_("needed where there are several elections"))
        parser.add_argument("--kind", choices=[kind.value for kind in ListKind], help=_("default: as the files say"))
        parser.add_argument("--place", metavar="NAME", help=_("the place a register comes from"))
        parser.add_argument("--expected", type=int, metavar="N", help=_("people expected, as the covering letter says"))
        parser.add_argument("--replaces", type=int, action="append", default=[], metavar="LIST",
                            help=_("number of a list that this upload replaces"))  # fmt: skip
        parser.add_argument("--completes", type=int, metavar="LIST", help=_("number of the list whose rows come back"))
        parser.add_argument("--beside", action="store_true", help=_("people who stand in another list stand in both"))
        parser.add_argument("--reason", default="", help=_("why warnings may pass"))
        parser.add_argument("--check", action="store_true", help=_("only check; nothing is kept"))
        parser.add_argument("--language", choices=("id", "en"), default="id")

    def handle(self, **options: Any) -> None:
        with override(options["language"]):
            try:
                sys.exit(self._import(**options))
            except ActionRefused as refusal:
                self.stderr.write(str(refusal))
                sys.exit(2)

    def _import(self, *, files: list[Path], check: bool, reason: str, beside: bool, **options: Any) -> int:
        for path in files:
            if not path.is_file():
                raise CommandError(_("%(file)s: there is no such file.") % {"file": path})
        by, election = find_officer(options["by"]), find_election(options["election"])
        with Bar(labels.WORK_STEPS) as bar:
            upload = importing.check_files(
                election=election,
                files=[(path.name, path) for path in files],
                by=by,
                kind=ListKind(options["kind"]) if options["kind"] else None,
                place=find_place(election, options["place"]) if options["place"] else None,
                expected=options["expected"],
                replaces=[find_list(election, pk) for pk in options["replaces"]],
                completes=find_list(election, options["completes"]) if options["completes"] else None,
                beside=beside,
                progress=bar,
            )
        self._tell(_lines(upload))
        if check:
            cancel_upload(upload=upload, by=by)
            return WAITING if obstacles(upload) else APPLIED
        with Bar(labels.WORK_STEPS) as bar:
            try:
                importing.apply_now(upload=upload, by=by, reason=reason, progress=bar)
            except ActionRefused as refusal:
                self.stderr.write(str(refusal))
                self.stderr.write(_("Upload %(number)s waits: settle it on the screen.") % {"number": upload.pk})
                return WAITING
        self.stdout.write(_("Upload %(number)s is in force.") % {"number": upload.pk})
        return APPLIED

    def _tell(self, lines: Iterator[str]) -> None:
        for line in lines:
            self.stdout.write(line)


def _lines(upload: Upload) -> Iterator[str]:
    """Yield what the check found: what stands in the way, the problems, the five numbers of each file and of all."""
    lists = lists_of(upload)
    for each in obstacles(upload, lists):
        yield f"! {each.what} {each.how}"
    found = ListProblem.objects.filter(source_list__in=lists).select_related("source_list")
    yield from _problems(found.order_by("rank", "source_list", "row", "pk"))
    for one in lists:
        yield f"{one.file_name}: {labels.KINDS[ListKind(one.kind)]}{', ' if one.stage else ''}{one.stage}"
        yield f"  {_sum([one])}"
    if len(lists) > 1:
        yield _sum(lists)
    if upload.before:
        counts = {"before": _number(upload.before), "gone": _number(upload.gone)}
        yield _("Until now %(before)s people counted here; %(gone)s of them are no longer listed.") % counts


def _problems(found: "QuerySet[ListProblem]") -> Iterator[str]:
    for problem in found[:_MOST_LINES]:
        text = labels.problem_text(problem.code, problem.sheet, problem.row, problem.column)
        mark = "-" if problem.rank == ListProblem.TOLD else "!"
        yield f"  {mark} {problem.source_list.file_name}: {text}"
    more = found.count() - _MOST_LINES
    if more > 0:
        yield "  " + _("and %(count)s more") % {"count": _number(more)}


def _sum(lists: Any) -> str:
    counted = numbers(lists)
    words = {
        "new": _("new"), "changed": _("changed"), "same": _("unchanged"),
        "rejected": _("rejected"), "skipped": _("skipped"),
    }  # fmt: skip
    parts = " + ".join(f"{_number(getattr(counted, name))} {words[name]}" for name in COUNTS)
    return f"{parts} = " + _("%(rows)s rows read") % {"rows": _number(counted.rows)}


def _number(value: int) -> str:
    return number_format(value, use_l10n=True, force_grouping=True)
