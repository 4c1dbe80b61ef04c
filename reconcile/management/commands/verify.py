"""`manage.py verify`: to which approved version a paper belongs, from the file or from groups of its fingerprint."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from reconcile.labels import FINDINGS, VERSION_STATUSES
from reconcile.queries.verifying import Verdict, by_file, by_groups, groups_of


class Command(BaseCommand):
    """Exits 0 where everything belongs to a version that is approved now, 1 where something does not, 2 unreadable."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.description = _("Say to which approved version a paper belongs. Names no person.")
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help=_("PDF, workbook, or zip of them"))
        parser.add_argument("--groups", help=_("two or more groups of a fingerprint, such as 'c27e 119f'"))

    def handle(self, *, files: list[Path], groups: str | None, **options: Any) -> None:
        if not files and groups is None:
            raise CommandError(_("Name a file, or give groups of a fingerprint with --groups."), returncode=2)
        if groups is not None and not groups_of(groups):
            raise CommandError(_("Give at least two groups of four characters, 0 to 9 and a to f."), returncode=2)
        verdicts = by_groups(groups) if groups is not None else []
        for path in files:
            if not path.is_file():
                raise CommandError(_("%(file)s cannot be read.") % {"file": path}, returncode=2)
            verdicts += by_file(path, path.name)
        for one in verdicts:
            self.stdout.write(_line(one))
        if not all(one.holds for one in verdicts):
            raise SystemExit(1)


def _line(one: Verdict) -> str:
    parts = [f"{one.name}:" if one.name else "", str(FINDINGS[one.finding])]
    if one.version:
        where = {"place": one.version.place.name, "number": one.version.number}
        parts.append(_("%(place)s, version %(number)s:") % where + f" {VERSION_STATUSES[one.status]}.")
    if one.altered:
        parts.append(_("Its rows were altered in the database."))
    return " ".join(part for part in parts if part)
