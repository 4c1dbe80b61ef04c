"""`manage.py demo`: a made-up election, read, compared and served, in one command."""

import os
import secrets
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reconcile.actions import demo
from reconcile.actions.demo import DemoState
from reconcile.actions.errors import ActionRefused
from reconcile.labels.outcomes import OUTCOMES
from reconcile.labels.rolls import ROLL_STEPS
from reconcile.labels.uploading import WORK_STEPS
from reconcile.labels.working import RUN_STEPS
from reconcile.management import serving
from reconcile.management.bars import Bar
from reconcile.models import MatchRun, Officer, PersonOutcome, RunStatus
from reconcile.records import Outcome

WORDS = (
    "padi",
    "jati",
    "melati",
    "kenari",
    "sawah",
    "pinang",
    "cemara",
    "mangga",
    "kelapa",
    "bambu",
    "teratai",
)
STEPS = {
    "generating": gettext_lazy("making up people and lists"),
    **ROLL_STEPS,
    **WORK_STEPS,
    **RUN_STEPS,
}


class Command(BaseCommand):
    requires_system_checks: list[str] = []  # `migrate` runs its own; a demo needs no deployment advice

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.description = _("Make a realistic made-up election, import it, compare it and serve it on this machine.")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--seed", type=int, default=2024)
        parser.add_argument("--voters", type=int, default=20_000, help=_("voters on the made-up roll"))
        parser.add_argument("--no-serve", action="store_true", help=_("stop when the data are there"))
        parser.add_argument("--fresh", action="store_true", help=_("throw the demo's data away and begin anew"))

    def handle(self, *, port: int, seed: int, voters: int, no_serve: bool, fresh: bool, **options: Any) -> None:
        if not no_serve and not serving.is_free(port):
            sentence = _("Port %(port)s is in use. Stop the program that uses it, or choose another with --port.")
            raise CommandError(sentence % {"port": port})
        call_command("migrate", interactive=False, verbosity=0)
        password = _password(Path(settings.VAR_DIR) / "demo.password")
        try:
            self._make_sure_of_the_data(fresh, seed, voters, password)
        except ActionRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        except ValueError as fault:  # what the generator cannot make
            sentence = _("%(voters)s voters are too few for this many people in custody. Choose more with --voters.")
            raise CommandError(sentence % {"voters": voters}) from fault
        demo.give_password(password=password)
        self._print_counts(MatchRun.objects.filter(status=RunStatus.READY).latest("pk"))
        if no_serve:
            self._print_logins(password)
            return
        try:
            serving.serve(port, lambda address: self._welcome(address, password))
        except serving.ChildDied as died:
            raise CommandError(_("%(name)s has stopped; its messages are above.") % {"name": died}) from died
        self.stdout.write(_("Stopped."))

    def _make_sure_of_the_data(self, fresh: bool, seed: int, voters: int, password: str) -> None:
        state = demo.demo_state()
        if state is DemoState.SOMETHING_ELSE:
            raise CommandError(
                _("The database holds other work than the demo. Give the demo its own with DATABASE_URL.")
            )
        if state is DemoState.HALF or (fresh and state is DemoState.BUILT):
            demo.clear_demo()
            state = DemoState.NOTHING
        if state is DemoState.NOTHING:
            with Bar(STEPS) as bar:
                demo.build_demo(seed=seed, voters=voters, password=password, progress=bar)

    def _print_counts(self, run: MatchRun) -> None:
        """Print how many people have which outcome; the column adds up to all people."""
        counts = dict.fromkeys(Outcome, 0)
        for row in PersonOutcome.objects.filter(run=run).values("outcome").annotate(people=Count("pk")):
            counts[Outcome(row["outcome"])] = row["people"]
        self.stdout.write("")
        for outcome, people in counts.items():
            self.stdout.write(f"  {OUTCOMES[outcome].short!s:<30}{people:>6}")
        sums = {
            _("people in custody"): sum(counts.values()),
            _("further rows of the same people"): run.register_rows - run.people,
            _("rows of the registers"): run.register_rows,
        }
        for words, number in sums.items():
            self.stdout.write(f"  {words:<30}{number:>6}")
        self.stdout.write("")

    def _print_logins(self, password: str) -> None:
        for username, *_rest in demo.OFFICERS:
            officer = Officer.objects.select_related("place").get(username=username)
            role = str(officer.role.label) if officer.role else ""
            self.stdout.write(f"  {username:<12}{role:<24}{officer.place or ''}")
        self.stdout.write(_("Password of all: %(password)s") % {"password": password})

    def _welcome(self, address: str, password: str) -> None:
        self._print_logins(password)
        self.stdout.write(_("Open %(address)s - Ctrl-C stops.") % {"address": address})
        self.stdout.flush()


def _password(path: Path) -> str:
    """Return the demo's password: made once on this machine, readable by its owner only."""
    if not path.exists():
        made = "-".join(secrets.choice(WORDS) for _word in range(3)) + f"-{secrets.randbelow(90) + 10}"
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(made)
    return path.read_text().strip()
