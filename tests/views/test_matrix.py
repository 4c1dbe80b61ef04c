"""Who may open and send what: every address of the application, every role, every method."""

import re
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from approved import approved
from conftest import PASSWORD
from django.test import Client
from django.urls import get_resolver
from scans import paper

from reconcile.actions.accounts import add_officer
from reconcile.actions.elections import add_election
from reconcile.actions.findings import record_finding
from reconcile.deciding.election import load_election
from reconcile.models import BallotLoan, Bulk, Finding, Officer, Recall, Role, VoteEntry
from views.office import a_run
from views.rolls import a_comparison, an_inspection

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(office: Any, officers: Any) -> Any:
    """The office with an approved version of the Rutan's list, and somebody who has nothing to do with it."""
    someone = add_officer(username="s", password=PASSWORD, role=Role.COMMISSIONER, place=None, full_name="S", by=None)
    version = approved(office.run, office.rutan, officers)
    return SimpleNamespace(**vars(office), version=version, someone=someone, path=office.path)


EVERYBODY = ("admin", "commissioner", "kpps", "second", "institution", "observer")

UPLOADERS = ("admin", "institution")
OFFICERS = ("kpps", "second")
PLANNERS = ("admin", "commissioner")
WHOLE_ROLLS = ("admin", "commissioner", "observer")
ROWS = ("admin", "commissioner", "kpps", "second", "institution")  # who sees rows of a list, not sums alone

# name of the address -> which roles get a page (GET) or a redirect after a deed (POST)
READS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("home", "ballots", "help", "lists", "people", "person", "list", "run", "upload"), EVERYBODY),
    **dict.fromkeys(("deadlines", "what_if_people", "left", "visits", "loan", "minute"), EVERYBODY),
    **dict.fromkeys(("visit", "visit_sheet"), ("admin", "commissioner", "observer")),
    **dict.fromkeys(("begin_upload", "undo_upload", "correction", "template"), UPLOADERS),
    "changes": ROWS,
    "export": ("admin", "commissioner", "institution"),
    **dict.fromkeys(("rolls", "stages", "stage_voters", "inspection", "found_voters"), WHOLE_ROLLS),
    "stage_recap": ("admin", "commissioner"),
    **dict.fromkeys(("review", "case", "difference", "bulks", "bulk", "keys", "practice"), OFFICERS),
    **dict.fromkeys(("turnover", "turnover_people"), ("commissioner", "kpps", "second", "institution")),
    **dict.fromkeys(("findings", "evidence"), ("commissioner", "kpps", "second")),
    **dict.fromkeys(("find_voter", "reveal"), ("commissioner", "kpps", "second")),
    **dict.fromkeys(
        ("versions", "version", "version_people", "draft", "draft_people", "verify", "votes", "left_out"), EVERYBODY
    ),
    "return_version": ("commissioner",),
    **dict.fromkeys(("papers", "paper"), EVERYBODY),
    **dict.fromkeys(("letter_paper", "pack"), ("commissioner",)),
    **dict.fromkeys(("attendance", "vote_counts", "vote_ballots"), OFFICERS),
}
DEEDS: dict[str, tuple[str, ...]] = {
    "choose_election": EVERYBODY,
    "search": EVERYBODY,
    **dict.fromkeys(
        (
            "add_files", "send_files", "back", "confirm_recognition", "expect", "settle_doubles", "check_again",
            "apply_upload", "cancel_upload", "remove_file",
        ),
        UPLOADERS,
    ),
    "accept_warnings": ("admin",),
    "confirm_change": ("admin",),
    "settle_link": ("kpps", "second"),
    **dict.fromkeys(("choose_tps", "choose_loan", "adjust_loan", "hand_over", "withdraw_loan"), PLANNERS),
    **dict.fromkeys(("say_stay", "take_stay_back"), ("kpps", "second", "institution")),
    **dict.fromkeys(
        ("record_finding", "confirm_finding", "refuse_finding", "withdraw_finding", "add_evidence"), OFFICERS
    ),
    **dict.fromkeys(("start_run", "compare_stages", "inspect_roll"), ("admin", "commissioner")),
    **dict.fromkeys(
        (
            "decide", "renew_case", "accept_case", "object_to_case", "reopen_case", "undo_decision", "prefer", "doubt",
            "undo_bulk",
        ),
        OFFICERS,
    ),
    **dict.fromkeys(("send_version", "undo_vote"), OFFICERS),
    **dict.fromkeys(("approve_version", "make_pack"), ("commissioner",)),
    "ask_recall": ("admin", "commissioner", "kpps", "second"),
    "answer_recall": ("admin", "commissioner"),
}  # fmt: skip
# Pages that answer a deed at once, and addresses that only lead on: to the next case, to make the pack first.
STATUS = {"decide": 200, "renew_case": 200, "object_to_case": 200, "review": 302, "pack": 302, "what_if_people": 302}
# The officers of these roles are the Rutan's: the visit to the police cells is nothing of theirs.
REFUSED = {"visit": 404, "visit_sheet": 404}
BOTH = {
    "begin_upload",
    "undo_upload",
    "difference",
    "practice",
    "bulks",
    "bulk",
    "find_voter",
    "reveal",
    "verify",
    "return_version",
    "attendance",
    "vote_counts",
    "vote_ballots",
    "visit",
}  # pages with a form of their own
OF_AN_UPLOAD = {
    "upload": "", "changes": "changes/", "undo_upload": "undo/", "add_files": "files/", "send_files": "send/",
    "back": "back/", "confirm_recognition": "confirm/", "expect": "expected/", "settle_doubles": "doubles/",
    "check_again": "check-again/", "apply_upload": "apply/", "cancel_upload": "cancel/",
    "accept_warnings": "accept/", "confirm_change": "confirm-change/",
}  # fmt: skip
OF_A_CASE = {
    "case": "", "decide": "decide/", "renew_case": "renew/", "accept_case": "accept/", "object_to_case": "object/",
    "reopen_case": "reopen/", "difference": "difference/",
}  # fmt: skip
OF_A_VERSION = {
    "version": "", "version_people": "people/", "approve_version": "approve/", "return_version": "return/",
    "ask_recall": "recall/", "papers": "papers/", "paper": "papers/ballots/", "pack": "pack/",
    "make_pack": "pack/make/",
}  # fmt: skip
OF_A_LIST = {
    "draft": "list/", "draft_people": "list/people/", "send_version": "list/send/", "votes": "votes/",
    "attendance": "votes/people/", "vote_counts": "votes/figures/", "vote_ballots": "votes/ballots/",
    "left_out": "votes/left/",
}  # fmt: skip


def address(name: str, office: Any) -> str:
    one = office.rutan_register
    if name in OF_A_VERSION:
        return f"/versions/{office.version.pk}/{OF_A_VERSION[name]}"
    if name in OF_A_LIST:
        return f"/places/{office.rutan.pk}/{OF_A_LIST[name]}"
    if name in OF_WHAT_IS_MADE:
        return OF_WHAT_IS_MADE[name](office)
    if name in OF_AN_UPLOAD:
        return f"/uploads/{one.upload_id}/{OF_AN_UPLOAD[name]}"
    if name in OF_A_CASE:
        return f"/review/cases/{office.case.pk}/{OF_A_CASE[name]}"
    if name in ("bulk", "undo_bulk"):
        return f"/review/many/{a_bulk(office).pk}/{'undo/' if name == 'undo_bulk' else ''}"
    return {
        "home": "/", "ballots": "/ballots/", "help": "/help/", "deadlines": "/deadlines/",
        "what_if_people": "/deadlines/people/", "left": "/people/left/", "visits": "/visits/",
        "visit": f"/visits/{office.polres.pk}/", "visit_sheet": f"/visits/{office.polres.pk}/sheet/",
        "choose_tps": f"/visits/{office.polres.pk}/tps/", "choose_loan": "/loans/choose/",
        "loan": f"/loans/{a_loan(office).pk}/", "minute": f"/loans/{a_loan(office).pk}/minute/",
        "adjust_loan": f"/loans/{a_loan(office).pk}/adjust/", "hand_over": f"/loans/{a_loan(office).pk}/hand-over/",
        "withdraw_loan": f"/loans/{a_loan(office).pk}/withdraw/",
        "lists": "/lists/", "people": "/people/", "choose_election": "/election/",
        "search": "/people/search/", "start_run": "/runs/start/", "begin_upload": "/uploads/new/",
        "person": office.path("here"), "find_voter": office.path("here") + "find/",
        "reveal": office.path("here") + "number/", "list": f"/lists/{one.pk}/", "run": f"/runs/{office.run.pk}/",
        "remove_file": f"/lists/{one.pk}/remove/", "correction": f"/lists/{one.pk}/correction/",
        "export": f"/lists/{one.pk}/export/", "template": "/templates/rutan/",
        "settle_link": f"/links/{office.link.pk}/", "review": "/review/", "undo_decision": "/review/undo/",
        "prefer": "/review/prefer/", "keys": "/review/keys/", "practice": "/review/practice/1/",
        "bulks": "/review/many/", "versions": "/versions/", "verify": "/verify/",
        "doubt": office.path("here") + "doubt/",
        "turnover": "/turnover/", "turnover_people": "/turnover/people/", "findings": "/findings/",
        "say_stay": office.path("here") + "stay/", "take_stay_back": office.path("here") + "stay/back/",
        "record_finding": office.path("here") + "findings/",
        "rolls": "/rolls/", "compare_stages": "/rolls/compare/", "inspect_roll": "/rolls/inspect/",
        **of_rolls(name, office),
    }[name]  # fmt: skip


def a_loan(office: Any) -> BallotLoan:
    tps = {"borrower_region": office.rutan.tps_region, "borrower_number": office.rutan.tps_number}
    lender = {"lender_region": office.rutan.tps_region, "lender_number": "777"}
    given = {"counts": {"governor": 1}, "chosen_by": office.run.started_by}
    return BallotLoan.objects.get_or_create(election=office.election, **tps, **lender, defaults=given)[0]


def of_rolls(name: str, office: Any) -> dict[str, str]:
    """Return the addresses of finished work on the office's roll, made when one of them is asked for."""
    asked = {"stages": "", "stage_voters": "voters/", "stage_recap": "recap/"}
    if name in asked:
        return {name: f"/rolls/stages/{a_comparison(office.election, office.roll).pk}/{asked[name]}"}
    asked = {"inspection": "", "found_voters": "voters/"}
    if name in asked:
        return {name: f"/rolls/inspections/{an_inspection(office.election, office.roll).pk}/{asked[name]}"}
    return {}


def a_bulk(office: Any) -> Bulk:
    """Return many cases prepared by whoever asks: such a page is its author's alone."""
    by = Officer.objects.filter(username=office.asks).first() or Officer.objects.get(username="kpps")
    return Bulk.objects.create(election=office.election, rule="all_equal", by=by)


def a_recall(office: Any) -> Recall:
    """Return a request nobody of the tests made, still open."""
    Recall.objects.all().delete()
    return Recall.objects.create(version=office.version, reason="x", by=office.someone)


def a_vote(office: Any) -> VoteEntry:
    return VoteEntry.objects.create(place=office.rutan, version=office.version, kind="ballots", by=office.someone)


def a_letter(office: Any) -> int:
    """Return the number of somebody who gets a moved-voter letter."""
    return int(office.version.rows.filter(facts__action="issue_transfer_letter")[0].number)


OF_WHAT_IS_MADE = {
    "answer_recall": lambda office: f"/recalls/{a_recall(office).pk}/",
    "undo_vote": lambda office: f"/votes/{a_vote(office).pk}/undo/",
    "confirm_finding": lambda office: f"/findings/{a_finding(office).pk}/confirm/",
    "refuse_finding": lambda office: f"/findings/{a_finding(office).pk}/refuse/",
    "withdraw_finding": lambda office: f"/findings/{a_finding(office).pk}/withdraw/",
    "add_evidence": lambda office: f"/findings/{a_finding(office).pk}/evidence/",
    "evidence": lambda office: f"/evidence/{a_finding(office).evidence.get().pk}/",
    "letter_paper": lambda office: f"/versions/{office.version.pk}/papers/letters/{a_letter(office)}/",
}


def a_finding(office: Any) -> Finding:
    """Return what an officer of the Rutan recorded, with its paper."""
    outcome, by = office.people["here"], Officer.objects.get(username="kpps")
    found = Finding.objects.filter(person=outcome.person_id).first()
    return found or record_finding(outcome=outcome, what="revoked-", note="Putusan 1/2024", file=paper(), by=by)


def asked_by(office: Any, role: str) -> Any:
    return SimpleNamespace(**vars(office), asks=role)


def without_token(page: bytes) -> bytes:
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", page)


def test_the_table_names_every_address() -> None:
    app = next(found for found in get_resolver().url_patterns if getattr(found, "namespace", "") == "reconcile")
    assert {found.name for found in app.url_patterns} == READS.keys() | DEEDS.keys()


@pytest.mark.parametrize("role", EVERYBODY)
def test_who_may_read(role: str, office: Any, as_: Any) -> None:
    office = asked_by(office, role)
    answers = {name: as_(role).get(address(name, office)).status_code for name in READS}
    expected = {
        name: STATUS.get(name, 200) if role in roles else REFUSED.get(name, 403) for name, roles in READS.items()
    }
    assert answers == expected


@pytest.mark.parametrize("role", EVERYBODY)
def test_who_may_act(role: str, office: Any, as_: Any) -> None:
    office = asked_by(office, role)
    answers = {name: as_(role).post(address(name, office)).status_code for name in DEEDS}
    assert answers == {name: STATUS.get(name, 302) if role in roles else 403 for name, roles in DEEDS.items()}


@pytest.mark.parametrize("name", [*READS, *DEEDS])
def test_wrong_method(name: str, office: Any, as_: Any) -> None:
    office, browser = asked_by(office, "admin"), as_("admin")
    wrong = browser.put if name in BOTH else browser.get if name in DEEDS else browser.post
    assert wrong(address(name, office)).status_code == 405


@pytest.mark.parametrize("name", [*READS, *DEEDS])
def test_not_signed_in(name: str, office: Any) -> None:
    path = address(name, asked_by(office, "kpps"))
    answer = Client().post(path) if name in DEEDS else Client().get(path)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/login/?next={path}")


def test_an_account_without_a_role_sees_nothing(office: Any, as_: Any, officers: Any) -> None:
    officers["admin"].groups.clear()
    office, browser = asked_by(office, "admin"), as_("admin")
    assert {browser.get(address(name, office)).status_code for name in READS} == {403}
    assert {browser.post(address(name, office)).status_code for name in DEEDS} == {403}


OF_A_PLACE = [
    "person", "evidence", "find_voter", "reveal", "list", "upload", "changes", "case", "difference", "version",
    "version_people", "draft", "draft_people", "votes", "left_out", "attendance",
]  # fmt: skip


@pytest.mark.parametrize("name", OF_A_PLACE)
def test_another_place_answers_like_what_does_not_exist(name: str, office: Any, stranger: Client) -> None:
    nothing = re.sub(r"\d+", "999999", address(name, office))
    foreign, missing = stranger.get(address(name, office)), stranger.get(nothing)
    assert foreign.status_code == missing.status_code == 404
    assert without_token(foreign.content) == without_token(missing.content)


@pytest.mark.parametrize("name", sorted(set(OF_AN_UPLOAD) - {"accept_warnings", "confirm_change"}))
def test_an_institution_cannot_touch_another_ones_upload(name: str, office: Any, as_: Any) -> None:
    path = address(name, office).replace(str(office.rutan_register.upload_id), str(office.polres_register.upload_id))
    browser = as_("institution")
    answer = browser.post(path) if name in DEEDS else browser.get(path)
    assert answer.status_code == 404


@pytest.mark.parametrize("role", ["kpps", "second", "institution"])
def test_an_officer_of_a_place_sees_no_other_place(role: str, office: Any, as_: Any) -> None:
    browser = as_(role)
    assert browser.get(office.path("cells")).status_code == 404
    assert browser.get(f"/lists/{office.polres_register.pk}/").status_code == 404
    assert b"TEGUH" not in browser.get("/people/").content
    assert b"polres.xlsx" not in browser.get("/lists/").content


def test_another_elections_run_is_not_found(office: Any, as_: Any, officers: Any) -> None:
    other = add_election(definition=load_election("pemilu-2024").to_dict(), as_of=date(2024, 2, 1), by=None)
    run = a_run(other, officers["admin"])
    assert as_("kpps").get(f"/runs/{run.pk}/").status_code == 404
    assert as_("admin").get(f"/runs/{run.pk}/").status_code == 200
