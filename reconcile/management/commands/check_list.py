"""What files are understood to be: kind, counts that add up, every doubt with its row. Writes nothing."""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from tqdm import tqdm

from reconcile import regions
from reconcile.labels import ENDINGS, KINDS, RUN_STEPS, problem_text, refusal_text
from reconcile.matching import find_doubles
from reconcile.reading import Ending, Problem, ReadResult, Refused, read_lists
from reconcile.records import HELD_KINDS
from reconcile.writing.account import account_line, exit_status, needs_a_look

_MOST_LINES = 20  # problems told of one file; --json tells all


class Command(BaseCommand):
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.description = _("Say what each file is understood to be, and what is wrong with it; writes nothing.")
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true", help=_("one JSON object a file, one line each"))
        parser.add_argument("--records", action="store_true", help=_("with --json: the cleaned records too"))
        parser.add_argument(
            "--near", type=_regency, metavar="REGENCY_CODE",
            help=_("the regency that wins where several places share a name"),
        )  # fmt: skip
        parser.add_argument("--doubles", action="store_true", help=_("also the rows that are likely one person twice"))
        parser.add_argument("--language", choices=("id", "en"), default="id")

    def handle(self, **options: Any) -> None:
        paths: list[Path] = options["files"]
        with override(options["language"]):
            with tqdm(total=len(paths), desc=str(RUN_STEPS["reading"]), disable=None, leave=False) as bar:
                results = read_lists(paths, near=options["near"] or "", each=lambda *_done: bar.update())
            for result in results:
                self._tell(result, options)
        sys.exit(max(map(exit_status, results)))

    def _tell(self, result: ReadResult | Refused, options: dict[str, Any]) -> None:
        if isinstance(result, Refused):
            self.stderr.write(_refusal(result))
        if options["json"]:
            records: bool = options["records"]
            for piece in account_line(result, records=records, say_problem=_problem, say_refusal=_refusal):
                self.stdout.write(piece, ending="")
        elif isinstance(result, ReadResult):
            for line in (*_lines(result), *(_doubles(result) if options["doubles"] else ())):
                self.stdout.write(line)


def _regency(written: str) -> str:
    code = regions.plain(written)
    if not re.fullmatch(r"\d{4}", code) or not regions.name_of(code):
        raise argparse.ArgumentTypeError(_("%(code)s is not the code of a regency, such as 33.16.") % {"code": written})
    return code


def _problem(problem: Problem) -> str:
    return problem_text(problem.code, problem.sheet, problem.row, problem.column, problem.said)


def _refusal(refused: Refused) -> str:
    return refusal_text(refused.code, refused.file)


def _lines(result: ReadResult) -> Iterator[str]:
    """Yield what a person reads: the doubts first, then what was understood, with numbers that add up."""
    yield f"{result.file}: {_what(result)}"
    found = sorted(result.problems, key=lambda problem: not needs_a_look(result, problem))
    for problem in found[:_MOST_LINES]:
        yield f"  {'!' if needs_a_look(result, problem) else '-'} {_problem(problem)}"
    if len(found) > _MOST_LINES:
        yield "  " + _("and %(count)s more") % {"count": _number(len(found) - _MOST_LINES)}
    counts = {name: _number(getattr(result, name)) for name in ("rows", "records", "rejected", "skipped")}
    yield "  " + _("Rows: %(rows)s = %(records)s read as people + %(rejected)s rejected + %(skipped)s skipped") % counts
    ended = Counter(end.why for end in result.ends)
    if ended:
        yield "  " + ", ".join(f"{ENDINGS[why]} {_number(ended[why])}" for why in Ending if ended[why])


def _doubles(result: ReadResult) -> Iterator[str]:
    """Yield where rows stand that are likely one person twice; names and numbers stay in the file."""
    found = find_doubles(result.table, of_register=result.kind in HELD_KINDS)
    yield "  " + _("Likely the same person twice: %(count)s") % {"count": _number(len(found))}
    sheets, rows = (result.table[name] for name in ("sheet", "row"))
    for one in found[:_MOST_LINES]:
        places = [f"{sheets[row].as_py() or ''} {rows[row]}".strip() for row in (one.left, one.right)]
        why = _("one NIK") if one.same_number else _("alike in all but the NIK")
        yield "  ! " + _("row %(one)s and row %(other)s (%(why)s)") % {"one": places[0], "other": places[1], "why": why}
    if len(found) > _MOST_LINES:
        yield "  " + _("and %(count)s more") % {"count": _number(len(found) - _MOST_LINES)}


def _what(result: ReadResult) -> str:
    """Say the kind, the stage of a roll and the day a register stands at."""
    said = [str(KINDS[result.kind]), result.stage]
    if result.as_of:
        said.append(_("as of %(date)s") % {"date": date_format(result.as_of, "DATE_FORMAT")})
    sheets = sum(1 for sheet in result.sheets if sheet.records)
    if sheets > 1:
        said.append(_("%(count)s sheets") % {"count": _number(sheets)})
    return ", ".join(word for word in said if word)


def _number(value: int) -> str:
    return number_format(value, use_l10n=True, force_grouping=True)
