"""`manage.py undo_import`: what undoing an upload does, and after a yes the undoing itself."""

import argparse
import sys
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from tqdm import tqdm

from reconcile.actions.errors import ActionRefused
from reconcile.actions.undoing import undo_upload
from reconcile.management.finding import find_officer, find_upload
from reconcile.queries.undo import Preview, preview


class Command(BaseCommand):
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.description = _("Undo an applied upload: its lists stop to count, those it replaced count again.")
        parser.add_argument("upload", type=int, metavar="UPLOAD", help=_("number of the upload"))
        parser.add_argument("--by", required=True, metavar="LOGIN", help=_("the officer who undoes it"))
        parser.add_argument("--yes", action="store_true", help=_("do it; without this, only what it would do is told"))
        parser.add_argument("--language", choices=("id", "en"), default="id")

    def handle(self, **options: Any) -> None:
        with override(options["language"]):
            upload, by = find_upload(options["upload"]), find_officer(options["by"])
            shown = preview(upload)
            for line in _lines(shown):
                self.stdout.write(line)
            if shown.refusals:
                sys.exit(2)
            if not options["yes"]:
                self.stdout.write(_("Nothing has been done. Add --yes to undo it."))
                return
            with tqdm(total=len(shown.lists), desc=_("undoing"), disable=not sys.stderr.isatty()) as bar:
                try:
                    undo_upload(upload=upload, by=by)
                except ActionRefused as refusal:
                    self.stderr.write(str(refusal))
                    sys.exit(2)
                bar.update(len(shown.lists))
            self.stdout.write(_("Upload %(number)s was undone.") % {"number": upload.pk})


def _lines(shown: Preview) -> Iterator[str]:
    """Yield what is not possible, what is reversed and what is kept."""
    for why in shown.refusals:
        yield f"! {why}"
    if shown.refusals:
        return
    for one in shown.lists:
        yield _("%(file)s: %(people)s people stop to count") % {"file": one.file_name, "people": _number(one.records)}
    for one in shown.back:
        yield _("%(file)s: %(people)s people count again") % {"file": one.file_name, "people": _number(one.records)}
    yield _("%(new)s new, %(changed)s changed, %(gone)s no longer listed are taken back") % {
        "new": _number(shown.new), "changed": _number(shown.changed), "gone": _number(shown.gone),
    }  # fmt: skip
    yield _("%(kept)s decisions made since then are kept") % {"kept": _number(shown.n_kept)}


def _number(value: int) -> str:
    return number_format(value, use_l10n=True, force_grouping=True)
