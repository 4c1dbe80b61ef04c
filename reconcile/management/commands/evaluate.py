"""Labelled cases in, figures out: how often the program is right, how sure it is, whom it serves worse."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from tqdm import tqdm

from reconcile.deciding import TpsRef, election_codes, load_election
from reconcile.evaluating import (
    FIGURES,
    Answered,
    Evaluation,
    Figures,
    LabelledCase,
    NotACase,
    Setting,
    Share,
    answer_case,
    read_case,
)
from reconcile.labels import CAUTIONS, RUN_STEPS, refusal_text
from reconcile.labels.evaluating import FIGURES as FIGURE_WORDS
from reconcile.labels.evaluating import TRAITS, case_fault_text, value_text
from reconcile.matching import MatchOptions
from reconcile.reading import Refused

_REFUSED = 2  # exit status; argparse uses the same for wrong words
_LABEL, _CELL = 24, 21  # widths of the table's columns


class Command(BaseCommand):
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.description = _("Match labelled cases and say how good the answers are; prints tables and writes JSON.")
        parser.add_argument("cases", nargs="+", type=Path, metavar="CASE")
        parser.add_argument("--election", default="pilkada-2024", choices=election_codes(), metavar="CODE")
        parser.add_argument("--tps", default="33.16.09.1015/901", type=TpsRef.parse, metavar="VILLAGE_CODE/NUMBER")
        parser.add_argument("--as-of", default="2024-11-01", type=date.fromisoformat, metavar="YYYY-MM-DD")
        parser.add_argument("--json", type=Path, metavar="FILE")
        parser.add_argument("--language", choices=("id", "en"), default="id")

    def handle(self, **options: Any) -> None:
        with override(options["language"]):
            try:
                evaluation = self._evaluate(options)
            except NotACase as fault:
                self._refuse(case_fault_text(fault.code, str(fault.folder), fault.detail))
            except Refused as refused:
                self._refuse(refusal_text(refused.code, refused.file))
            for line in _lines(evaluation):
                self.stdout.write(line)
            if options["json"]:
                self._write_json(evaluation, options)

    def _evaluate(self, options: dict[str, Any]) -> Evaluation:
        """Answer all cases. Faults of the folders are found before the first is opened."""
        election = load_election(options["election"])
        setting = Setting(election, options["tps"], options["as_of"], MatchOptions())
        cases = [read_case(folder) for folder in options["cases"]]
        return Evaluation([self._answer(case, setting) for case in cases])

    def _answer(self, case: LabelledCase, setting: Setting) -> Answered:
        with tqdm(disable=None, leave=False, bar_format="{desc}") as bar:
            return answer_case(
                case, setting, lambda step: bar.set_description(f"{case.folder.name}: {RUN_STEPS[step]}")
            )

    def _refuse(self, sentence: str) -> None:
        self.stderr.write(sentence)
        sys.exit(_REFUSED)

    def _write_json(self, evaluation: Evaluation, options: dict[str, Any]) -> None:
        written = {
            "as_of": options["as_of"].isoformat(), "election": options["election"], "tps": str(options["tps"]),
            "options": MatchOptions().to_dict(), **evaluation.to_dict(),
        }  # fmt: skip
        text = json.dumps(written, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        try:
            options["json"].write_text(text, encoding="utf-8")
        except OSError:
            self._refuse(
                _("%(file)s cannot be written. Name a file in a folder that exists.") % {"file": options["json"]}
            )


def _lines(evaluation: Evaluation) -> Iterator[str]:
    yield from _case_lines(evaluation)
    yield ""
    yield from _table(evaluation)
    yield ""
    yield from _calibration(evaluation.whole)
    yield from _held_back(evaluation)
    yield from _wrong(evaluation)


def _case_lines(evaluation: Evaluation) -> Iterator[str]:
    for case in evaluation.cases:
        yield _("%(case)s: %(people)d people, %(voters)d voters; read in %(read)s s, answered in %(answered)s s") % {
            "case": case.name,
            "people": len(case.verdicts),
            "voters": case.voters,
            "read": f"{case.seconds[0]:.1f}",
            "answered": f"{case.seconds[1]:.1f}",
        }
    lost, extra = evaluation.whole.lost, sum(case.extra for case in evaluation.cases)
    if lost or extra:
        yield _("Rows of the truth never read: %(lost)d. Register rows not in the truth: %(extra)d.") % {
            "lost": lost,
            "extra": extra,
        }
    gone = sum(case.left.of for case in evaluation.cases)
    if gone:
        yield _("Gone from custody and on the special roll: %(found)d of %(gone)d found, %(wrong)d named wrongly.") % {
            "found": sum(case.left.right for case in evaluation.cases),
            "gone": gone,
            "wrong": sum(case.left_wrong for case in evaluation.cases),
        }


def _table(evaluation: Evaluation) -> Iterator[str]:
    """One line a group: shares in percent with their intervals of 95 %, and errors beside the whole's."""
    heads = [str(FIGURE_WORDS[name]).rjust(_CELL) for name in FIGURES]
    yield _row("", _("people"), [*heads, _("Brier").rjust(9), _("times the error").rjust(18)])
    yield _figures_row(_("all"), evaluation.whole, evaluation)
    for trait, groups in evaluation.by_trait.items():
        yield str(TRAITS[trait])
        for value, figures in groups.items():
            yield _figures_row(f"  {value_text(trait, value)}", figures, evaluation)


def _figures_row(label: str, figures: Figures, evaluation: Evaluation) -> str:
    times = evaluation.times_the_error(figures)
    brier = "-" if figures.brier is None else f"{figures.brier:.4f}"
    cells = [_percent(figures.shares[name]).rjust(_CELL) for name in FIGURES]
    return _row(
        label, str(figures.people), [*cells, brier.rjust(9), ("-" if times is None else f"{times:.1f}").rjust(18)]
    )


def _row(label: str, people: str, cells: Sequence[str]) -> str:
    return f"{label:<{_LABEL}}{people:>7}{''.join(cells)}"


def _percent(share: Share) -> str:
    if share.value is None:
        return "-"
    low, high = share.interval
    return f"{100 * share.value:.2f} ({100 * low:.1f}–{100 * high:.1f})"


def _calibration(whole: Figures) -> Iterator[str]:
    yield _row(_("stated probability"), _("answers"), [_("stated").rjust(_CELL), _("right").rjust(_CELL)])
    for one in whole.bins:
        label = f"  {one.low:.3f}–{one.high:.3f}"
        yield _row(label, str(one.share.of), [f"{100 * one.stated:.2f}".rjust(_CELL), _percent(one.share).rjust(_CELL)])
    automatic = whole.shares["precision"]
    yield _("Automatic matches: %(automatic)d, wrong %(wrong)d, wrong by their own probabilities %(stated)s.") % {
        "automatic": automatic.of,
        "wrong": automatic.of - automatic.right,
        "stated": f"{whole.stated_wrong:.2f}",
    }


def _held_back(evaluation: Evaluation) -> Iterator[str]:
    """Say what left right matches to a person: what the automatic share could gain."""
    if evaluation.held_back:
        yield ""
        yield _row(_("right but not automatic"), _("people"), [_("for this alone").rjust(_CELL)])
    for caution, (count, alone) in sorted(evaluation.held_back.items(), key=lambda one: (-one[1][0], one[0])):
        yield _row("", str(count), [str(alone).rjust(_CELL), "  ", str(CAUTIONS[caution])])


def _wrong(evaluation: Evaluation) -> Iterator[str]:
    """Name the wrong automatic matches by place only."""
    found = [(case.name, one) for case in evaluation.cases for one in case.wrong]
    if found:
        yield ngettext("%(count)d automatic match is wrong:", "%(count)d automatic matches are wrong:", len(found)) % {
            "count": len(found)
        }
    for name, one in found:
        yield f"  {name}: {one.place} -> {one.named}"
