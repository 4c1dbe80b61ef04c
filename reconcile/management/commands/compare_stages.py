"""`manage.py compare_stages`: how one stage of a roll became a later one, with the same numbers as the screen."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from reconcile.actions import exports, stages
from reconcile.actions.errors import ActionRefused
from reconcile.labels.rolls import ROLL_STEPS, STAGE_FAULTS, STAGE_GROUPS
from reconcile.management.bars import Bar
from reconcile.management.finding import find_election, find_officer
from reconcile.models import ROLL_STAGES, RollFailure, RunStatus, StageComparison
from reconcile.queries.stage_recap import Line, faults_of, is_area, sums_of

CLEAN, FAULTS, REFUSED = 0, 1, 2  # exit status


class Command(BaseCommand):
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.description = _("Compare two stages of a roll that are loaded: new, struck, changed, moved, gone.")
        parser.add_argument("first", choices=ROLL_STAGES, metavar="FIRST", help=_("the earlier stage, such as DP4"))
        parser.add_argument("second", choices=ROLL_STAGES, metavar="SECOND", help=_("the later stage, such as DPHP"))
        parser.add_argument("--by", required=True, metavar="LOGIN", help=_("the officer who asks"))
        parser.add_argument("--election", metavar="CODE", help=_("needed where there are several elections"))
        parser.add_argument("--out", type=Path, metavar="FILE", help=_("write both recapitulation forms (xlsx)"))
        parser.add_argument("--area", default="", type=_area, metavar="CODE",
                            help=_("with --out: only this district or village"))  # fmt: skip
        parser.add_argument("--json", action="store_true", help=_("the numbers as one JSON object"))
        parser.add_argument("--language", choices=("id", "en"), default="id")

    def handle(self, **options: Any) -> None:
        with override(options["language"]):
            try:
                sys.exit(self._compare(**options))
            except ActionRefused as refusal:
                self.stderr.write(str(refusal))
                sys.exit(REFUSED)

    def _compare(self, *, first: str, second: str, out: Path | None, area: str, **options: Any) -> int:
        by, election = find_officer(options["by"]), find_election(options["election"])
        made = stages.queue_comparison(election=election, first=first, second=second, by=by, in_background=False)
        with Bar(ROLL_STEPS) as bar:
            stages.execute_comparison(comparison=made, progress=bar)
        if made.status != RunStatus.READY:
            self.stderr.write(str(RollFailure(made.message).label))
            return REFUSED
        if options["json"]:
            self.stdout.write(json.dumps({"comparison": made.pk, "first": first, "second": second, **made.counts}))
        else:
            for line in _lines(made):
                self.stdout.write(line)
        if out is not None:
            exports.export_recap(comparison=made, area=area, by=by, path=out)
        return FAULTS if faults_of(made) else CLEAN


def _area(written: str) -> str:
    code = written.replace(".", "")
    if not is_area(code):
        raise argparse.ArgumentTypeError(
            _("%(code)s is not the code of a district or village, such as 33.16.09.") % {"code": written}
        )
    return code


def _lines(made: StageComparison) -> Iterator[str]:
    """Yield the sums of both stages, then what does not add up."""
    sums = sums_of(made)
    for stage, voters, lines in (
        (made.first, sums.voters_first, sums.first), (made.second, sums.voters_second, sums.second),
    ):  # fmt: skip
        parts = " + ".join(f"{_number(line.count)} {STAGE_GROUPS[line.code]}" for line in lines)
        yield _("%(n)s voters of %(stage)s = %(parts)s") % {"n": _number(voters), "stage": stage, "parts": parts}
    faults: tuple[Line, ...] = faults_of(made)
    for fault in faults:
        yield f"! {_number(fault.count)} {STAGE_FAULTS[fault.code].short}: {STAGE_FAULTS[fault.code].meaning}"
    if not faults:
        yield _("Everything adds up")


def _number(value: int) -> str:
    return number_format(value, use_l10n=True, force_grouping=True)
