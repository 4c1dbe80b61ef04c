"""Files in, a folder with everybody's answer out; no database."""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import override
from tqdm import tqdm

from reconcile.deciding import Action, Actor, Election, TpsRef, election_codes, load_election
from reconcile.labels import ACTIONS, ACTORS, KINDS, OUTCOMES, RUN_STEPS, refusal_text
from reconcile.matching import MatchOptions
from reconcile.reading import ReadResult, Refused, read_lists
from reconcile.reconciling import Result, reconcile
from reconcile.records import HELD_KINDS, ROLL_KINDS, ListKind, Outcome
from reconcile.writing.results import summarise, write_result

_LISTS = ("roll", "moved", "rutan", "polres")
_REFUSED = 2  # exit status; argparse uses the same for wrong words


class Command(BaseCommand):
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.description = _(
            "Match registers of held persons with voter rolls and decide for each person; writes three files."
        )
        parser.add_argument("--election", required=True, choices=election_codes(), metavar="CODE")
        parser.add_argument("--tps", required=True, type=TpsRef.parse, metavar="VILLAGE_CODE/NUMBER")
        parser.add_argument("--as-of", required=True, type=date.fromisoformat, metavar="YYYY-MM-DD")
        for name in _LISTS:
            parser.add_argument(f"--{name}", nargs="+", action="extend", type=Path, default=[], metavar="FILE")
        parser.add_argument("--out", required=True, type=Path, metavar="DIR")
        parser.add_argument("--language", choices=("id", "en"), default="id")

    def handle(self, **options: Any) -> None:
        with override(options["language"]):
            read = self._read(options)
            if read is None:
                sys.exit(_REFUSED)
            election = load_election(options["election"])
            result = self._reconcile(read, election, options)
            summary = {
                "election": election.code, "tps": str(options["tps"]), "as_of": options["as_of"].isoformat(),
                "options": MatchOptions().to_dict(), **summarise(result, read),
            }  # fmt: skip
            write_result(options["out"], result, summary, _say)
            self._tell(result, options["out"])

    def _read(self, options: dict[str, Any]) -> list[ReadResult] | None:
        """Read all files; None after saying on stderr what is wrong with each that cannot be used."""
        wanted = [(name, path) for name in _LISTS for path in _files(options[name])]
        faults = [] if wanted else [_("No file was given: name at least one roll and one register.")]
        paths = [path for _name, path in wanted]
        with tqdm(total=len(paths), desc=str(RUN_STEPS["reading"]), disable=None, leave=False) as bar:
            found = read_lists(paths, near=options["tps"].region[:4], each=lambda *_done: bar.update())
        read: list[ReadResult] = []
        for (name, _path), one in zip(wanted, found, strict=True):
            if isinstance(one, Refused):
                faults.append(refusal_text(one.code, one.file))
            elif fault := self._misplaced(one, ListKind(name)):
                faults.append(fault)
            else:
                read.append(one)
        if not faults:
            faults = _missing_sides(read)
        for fault in faults:
            self.stderr.write(fault)
        return None if faults else read

    def _misplaced(self, read: ReadResult, asked: ListKind) -> str:
        """A file is what its content says; a roll given as a register, or the reverse, is refused."""
        if read.kind is asked:
            return ""
        texts = {
            "file": read.file,
            "found": KINDS[read.kind],
            "asked": KINDS[asked],
            "option": f"--{read.kind.value}",
        }
        if {read.kind, asked} <= ROLL_KINDS or {read.kind, asked} <= HELD_KINDS:
            self.stderr.write(_("%(file)s: read as %(found)s, not as %(asked)s, because of its content.") % texts)
            return ""
        return _("%(file)s: this is %(found)s, not %(asked)s. Give it with %(option)s.") % texts

    def _reconcile(self, read: Sequence[ReadResult], election: Election, options: dict[str, Any]) -> Result:
        held, roll = (
            pa.concat_tables([one.table for one in read if one.kind in kinds], promote_options="default")
            for kinds in (HELD_KINDS, ROLL_KINDS)
        )
        with tqdm(total=held.num_rows, disable=None, leave=False) as bar:

            def progress(step: str, done: int, total: int) -> None:
                bar.set_description(str(RUN_STEPS[step]), refresh=False)
                bar.update(done - bar.n)

            stage = election.stage_of(one.stage for one in read if one.kind is ListKind.ROLL)
            return reconcile(held, roll, election, options["tps"], options["as_of"], progress=progress, stage=stage)

    def _tell(self, result: Result, out: Path) -> None:
        counts = Counter(person.decided.outcome for person in result.people)
        for outcome in Outcome:
            if counts[outcome]:
                self.stdout.write(f"{counts[outcome]:6d}  {OUTCOMES[outcome].short}")
        in_all = _("register rows in all")
        self.stdout.write(f"{len(result.people):6d}  {in_all}")
        self.stdout.write(_("Written to %(folder)s") % {"folder": out})


def _files(paths: Sequence[Path]) -> list[Path]:
    """Return the given files, and for a folder the files in it, by name; each once, however often it is named."""
    found: list[Path] = []
    for path in paths:
        found += sorted(one for one in path.iterdir() if _is_a_list(one)) if path.is_dir() else [path]
    return list({path.resolve(): path for path in reversed(found)}.values())[::-1]


def _is_a_list(path: Path) -> bool:
    """Hidden files and the lock a spreadsheet program leaves beside an open workbook are nobody's list."""
    return path.is_file() and not path.name.startswith((".", "~$"))


def _missing_sides(read: Sequence[ReadResult]) -> list[str]:
    kinds = {one.kind for one in read}
    if not kinds & HELD_KINDS:
        return [_("No register was given: add the Rutan's with --rutan or the Polres's with --polres.")]
    if not kinds & ROLL_KINDS:
        return [_("No voter roll was given: add KPU's with --roll, the moved-voter list with --moved.")]
    return []


def _say(kind: str, code: str) -> str:
    if not code:
        return ""
    return str(ACTIONS[Action(code)] if kind == "action" else ACTORS[Actor(code)])
