"""A made-up election from nothing to its answers, by the same actions that the screens use."""

import shutil
import tempfile
from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path

from django.core.management import call_command
from django.utils.translation import gettext as _

from reconcile.actions import accounts, columns, elections, importing, runs
from reconcile.actions.audit import record
from reconcile.actions.claims import Progress
from reconcile.actions.demo_approval import begin_approval
from reconcile.actions.demo_review import begin_review
from reconcile.actions.demo_rolls import look_at_rolls
from reconcile.actions.demo_saying import say_things
from reconcile.actions.demo_visits import CELLS, choose_first_loan, plan_visits
from reconcile.actions.errors import ActionRefused
from reconcile.actions.reference import save_reference
from reconcile.deciding import TpsRef
from reconcile.deciding.election import load_election
from reconcile.generating import (
    CaseFiles,
    GeneratedCase,
    generate_case,
    register_before,
    station_points,
    write_case,
    write_earlier_stages,
    write_rutan,
)
from reconcile.generating.register_books import write_polres
from reconcile.models import (
    AuditEntry,
    Election,
    Evidence,
    MatchRun,
    Officer,
    Place,
    PlaceKind,
    Role,
    RollInspection,
    RunStatus,
    SourceList,
    StageComparison,
    Tps,
)
from reconcile.records import Sex

ELECTION = "pilkada-2024"
AS_OF = date(2024, 11, 1)
REGENCY = "3316"
TPS = TpsRef.parse("33.16.09.1015/901")
RUTAN, POLRES, POLSEK = "Rutan Kelas IIB Blora", "Tahanan Polres Blora", "Tahanan Polsek Cepu"
IN_POLSEK = 6  # people of the Polres's register who are held there
DAYS_BEFORE, NEWCOMERS = 7, 15  # the Rutan's register was sent once before; so many have come since
BEGUN, BUILT = "demo.begin", "demo.finish"

# login, role, name, place
OFFICERS = (
    ("admin", Role.ADMIN, "Sari Admin", None),
    ("kpps", Role.KPPS, "Budi Petugas", RUTAN),
    ("kpps2", Role.SECOND, "Wati Petugas", RUTAN),
    ("kpps3", Role.KPPS, "Tono Petugas", RUTAN),
    ("kppspolres", Role.KPPS, "Nina Petugas", POLRES),
    ("kppspolres2", Role.SECOND, "Hadi Petugas", POLRES),
    ("kppscepu", Role.KPPS, "Yuni Petugas", POLSEK),
    ("kppscepu2", Role.SECOND, "Eko Petugas", POLSEK),
    ("komisioner", Role.COMMISSIONER, "Rini Komisioner", None),
    ("rutan", Role.INSTITUTION, "Joko Rutan", RUTAN),
    ("polres", Role.INSTITUTION, "Agus Polres", POLRES),
    ("bawaslu", Role.OBSERVER, "Dewi Bawaslu", None),
)


class DemoState(Enum):
    """What the database holds."""

    NOTHING = "nothing"
    BUILT = "built"
    HALF = "half"  # building it was broken off
    SOMETHING_ELSE = "something else"  # real work: hands off


def demo_state() -> DemoState:
    """Say what the database holds, by the marks that building leaves in the log."""
    marks = set(AuditEntry.objects.filter(what__in=(BEGUN, BUILT)).values_list("what", flat=True))
    others = Election.objects.exclude(code=ELECTION) if marks else Election.objects.all()
    if others.exists() or (not marks and Officer.objects.exists()):
        return DemoState.SOMETHING_ELSE
    if BUILT in marks:
        return DemoState.BUILT
    return DemoState.HALF if marks else DemoState.NOTHING


def clear_demo() -> None:
    """Empty the database and remove the lists' files. Refused ("not_a_demo") when there is anything else."""
    if demo_state() is DemoState.SOMETHING_ELSE:
        raise ActionRefused("not_a_demo", _("The database holds other work than the demo. Nothing was removed."))
    stored = list(SourceList.objects.all())
    files = [Path(one.file.path) for one in stored] + [columns.path_of(one) for one in stored]
    files += [Path(one.file.path) for one in Evidence.objects.all()]
    folders = [one.folder for model in (StageComparison, RollInspection) for one in model.objects.all()]
    call_command("flush", interactive=False, verbosity=0)
    for path in files:
        path.unlink(missing_ok=True)
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def build_demo(*, seed: int, voters: int, password: str, progress: Progress) -> MatchRun:
    """Make, upload, read, compare. Returns the finished run. Refused when a list or the run fails."""
    AuditEntry.objects.create(what=BEGUN, facts={"seed": seed, "voters": voters})
    admin, commissioner, _observer = _add_officers(None, password, None)
    election = elections.add_election(definition=load_election(ELECTION).to_dict(), as_of=AS_OF, by=admin)
    rutan, polres, polsek = _add_places(election, password, admin)
    with tempfile.TemporaryDirectory() as folder:
        case, files = _generated(seed, voters, Path(folder), progress)
        _add_stations(election, case, admin)
        plan_visits(election, polres, commissioner)
        before = Path(folder) / "rutan_minggu_lalu.xlsx"
        write_rutan(register_before(case, DAYS_BEFORE, NEWCOMERS), before, together=False)
        cells = _cells(case, Path(folder))
        uploads = (
            (rutan, [before]), (None, [*write_earlier_stages(case, Path(folder))]),
            (None, [*files.roll, files.moved]), (rutan, [files.rutan]), (polres, cells[:1]), (polsek, cells[1:]),
        )  # fmt: skip
        for origin, paths in uploads:
            named = [(path.name, path) for path in paths]
            upload = importing.check_files(election=election, files=named, place=origin, by=admin, progress=progress)
            importing.apply_now(upload=upload, by=admin, reason=_("made-up lists of the demo"), progress=progress)
    run = runs.execute_run(run=runs.queue_run(election=election, by=admin, in_background=False), progress=progress)
    if run.status != RunStatus.READY:
        raise ActionRefused(run.message, _("The comparison of the demo failed: %(why)s."), why=run.message)
    begin_review(run)
    choose_first_loan(run, commissioner)
    say_things(run)
    look_at_rolls(election, admin, progress)
    # Last: whatever is said or compared afterwards would make the approval lapse.
    begin_approval(run, approved=polsek, pending=polres, password=password)
    record(BUILT, by=admin, election=election, subject=run, seed=seed, voters=voters)
    return run


def _add_places(election: Election, password: str, by: Officer) -> list[Place]:
    rutan, polres = (PlaceKind.RUTAN, RUTAN, None), (PlaceKind.POLRES, POLRES, CELLS)
    polsek = (PlaceKind.POLRES, POLSEK, None)
    places = [
        elections.add_place(election=election, kind=kind, name=name, regency_code=REGENCY, tps=TPS, by=by, point=point)
        for kind, name, point in (rutan, polres, polsek)
    ]
    for place in places:
        _add_officers(place, password, by)
    return places


def _cells(case: GeneratedCase, folder: Path) -> list[Path]:
    """Write the Polres's register as two: of its own cells, and of the Polsek's."""
    parts = {"polres.xlsx": case.polres[:-IN_POLSEK], "polsek.xlsx": case.polres[-IN_POLSEK:]}
    for name, rows in parts.items():
        write_polres(replace(case, polres=rows), folder / name)
    return [folder / name for name in parts]


def _add_officers(place: Place | None, password: str, by: Officer | None) -> list[Officer]:
    """Add those who work at this place; without one, those of the whole election."""
    return [
        accounts.add_officer(username=username, password=password, role=role, place=place, full_name=name, by=by)
        for username, role, name, where in OFFICERS
        if where == (place.name if place else None)
    ]


def _add_stations(election: Election, case: GeneratedCase, by: Officer) -> None:
    """Note where each TPS stands and how many voters its roll has: from whom ballots can be borrowed."""
    for (village, number), (latitude, longitude) in station_points(case).items():
        voters = [
            one for sheet in case.sheets if (sheet.village, sheet.tps) == (village, number) for one in sheet.voters
        ]
        women = sum(one.sex is Sex.FEMALE for one in voters)
        row = Tps(
            election=election, region_code=village, number=number, voters_male=len(voters) - women,
            voters_female=women, latitude=Decimal(f"{latitude:.6f}"), longitude=Decimal(f"{longitude:.6f}"),
        )  # fmt: skip
        save_reference(row=row, by=by)


def _generated(seed: int, voters: int, folder: Path, progress: Progress) -> tuple[GeneratedCase, CaseFiles]:
    progress("generating", 0, 2)
    case = generate_case(seed=seed, voters=voters)
    progress("generating", 1, 2)
    files = write_case(case, folder, layout="official")
    progress("generating", 2, 2)
    return case, files


def give_password(*, password: str) -> None:
    """Give all logins of the demo this password."""
    with suppress(Officer.DoesNotExist):
        for username, *_rest in OFFICERS:
            officer = Officer.objects.get(username=username)
            if not officer.check_password(password):
                officer.set_password(password)
                officer.save(update_fields=["password"])
                record("demo.give_password", by=None, election=None, subject=officer)
