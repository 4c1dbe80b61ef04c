"""`manage.py inspect_roll`: what is wrong inside a loaded roll, with the same numbers as the screen. Strikes nobody."""

import argparse
import json
import sys
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from reconcile.access import SIGHT
from reconcile.actions import inspecting
from reconcile.actions.errors import ActionRefused
from reconcile.inspecting import Check
from reconcile.labels.rolls import ROLL_CHECKS, ROLL_STEPS
from reconcile.management.bars import Bar
from reconcile.management.finding import find_election, find_officer
from reconcile.models import ROLL_STAGES, Role, RollFailure, RollInspection, RunStatus
from reconcile.queries.inspections import checked, found_rows
from reconcile.queries.roll_work import Shown

CLEAN, FAULTS, REFUSED = 0, 1, 2  # exit status


class Command(BaseCommand):
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.description = _("Inspect a roll that is loaded: doubles, ages, dates, numbers, TPS that are too large.")
        parser.add_argument("stage", nargs="?", default=ROLL_STAGES[-1], choices=ROLL_STAGES, metavar="STAGE",
                            help=_("which stage; default: DPT"))  # fmt: skip
        parser.add_argument("--by", required=True, metavar="LOGIN", help=_("the officer who asks"))
        parser.add_argument("--election", metavar="CODE", help=_("needed where there are several elections"))
        parser.add_argument("--rows", action="store_true", help=_("also where the first rows of each check stand"))
        parser.add_argument("--json", action="store_true", help=_("the numbers as one JSON object"))
        parser.add_argument("--language", choices=("id", "en"), default="id")

    def handle(self, **options: Any) -> None:
        with override(options["language"]):
            try:
                sys.exit(self._inspect(**options))
            except ActionRefused as refusal:
                self.stderr.write(str(refusal))
                sys.exit(REFUSED)

    def _inspect(self, *, stage: str, rows: bool, **options: Any) -> int:
        by, election = find_officer(options["by"]), find_election(options["election"])
        made = inspecting.queue_inspection(election=election, stage=stage, by=by, in_background=False)
        with Bar(ROLL_STEPS) as bar:
            inspecting.execute_inspection(inspection=made, progress=bar)
        if made.status != RunStatus.READY:
            self.stderr.write(str(RollFailure(made.message).label))
            return REFUSED
        faults, _warnings = checked(made)
        if options["json"]:
            self.stdout.write(json.dumps({"inspection": made.pk, "stage": stage, **made.counts}))
        else:
            for line in _lines(made, rows):
                self.stdout.write(line)
        return FAULTS if any(one.count for one in faults) else CLEAN


def _lines(made: RollInspection, rows: bool) -> Iterator[str]:
    """Yield the count of each check, and where the first rows stand; names and numbers stay in the file."""
    faults, warnings = checked(made)
    yield _("%(stage)s inspected: %(n)s rows") % {"stage": made.stage, "n": _number(made.counts["rows"])}
    for sign, found in (("!", faults), ("-", warnings)):
        for one in found:
            yield f"{sign} {_number(one.count):>9}  {ROLL_CHECKS[one.code].short}"
            if rows and one.count:
                yield from _places(made, Check(one.code))


def _places(made: RollInspection, check: Check) -> Iterator[str]:
    for row in found_rows(made, check, 1, SIGHT[Role.ADMIN], sources=True).rows:
        yield "             " + ", ".join(_place(one) for one in (row.one, row.other) if one) + f" {row.said}".rstrip()


def _place(one: Shown) -> str:
    return f"{one.file} {one.sheet} {one.row}".replace("  ", " ")


def _number(value: int) -> str:
    return number_format(value, use_l10n=True, force_grouping=True)
