"""Two at once: exactly one wins. On PostgreSQL; SQLite's writers stand in line (see `transaction_mode`)."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from approved import approve, sent
from django.db import connection
from doubts import Doubts, key, said
from office_files import PEOPLE, roll_text, rutan_book
from office_files import upload as bytes_of
from walking import applied, begun, checked

from reconcile.actions import cases, files, links, runs, uploads
from reconcile.actions.applying import apply_upload
from reconcile.actions.decisions import decide
from reconcile.actions.errors import ActionRefused
from reconcile.actions.recognising import recognise_upload
from reconcile.actions.undoing import undo_upload
from reconcile.models import (
    AuditEntry,
    Case,
    Decision,
    HeldEntry,
    KnownPair,
    MatchRun,
    PersonLink,
    PersonOutcome,
    SourceList,
    StoredVersion,
    Upload,
    UploadStatus,
    Verdict,
)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs two connections to one database"),
]


def at_once(action: Callable[[], Any], times: int = 4) -> list[str]:
    """Do it in several threads in the same moment; return "done" or the code of the refusal of each."""
    start, ends = Barrier(times), []

    def attempt() -> None:
        start.wait()
        try:
            action()
            ends.append("done")
        except ActionRefused as refused:
            ends.append(refused.code)
        finally:
            connection.close()

    threads = [Thread(target=attempt) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends)


def test_one_upload_of_the_same_file_is_stored(election: Any, officers: Any) -> None:
    made = begun(election, officers["admin"])

    def send() -> None:
        files.add_file(upload=made, file=bytes_of(roll_text()), file_name="x", by=officers["admin"])

    assert at_once(send) == ["done", "same_file", "same_file", "same_file"]
    assert AuditEntry.objects.filter(what="files.add_file").count() == SourceList.objects.count() == 1


def test_one_worker_takes_an_upload(election: Any, officers: Any) -> None:
    made = begun(election, officers["admin"], roll_text())
    uploads.send_files(upload=made, by=officers["admin"], in_background=False)
    ends = at_once(lambda: recognise_upload(upload=Upload.objects.get(pk=made.pk)))
    assert ends == ["done", "taken", "taken", "taken"]
    assert Upload.objects.get().status == UploadStatus.RECOGNISED


def test_one_of_two_uploads_checked_on_the_same_state_is_applied(election: Any, officers: Any) -> None:
    by = officers["admin"]
    both = [checked(election, by, roll_text(), name="a"), checked(election, by, roll_text(tps="002"), name="b")]
    for made in both:
        uploads.apply(upload=made, fingerprint=made.fingerprint, by=by, in_background=False)
    waiting = [made.pk for made in both]
    at_once(lambda: apply_upload(upload=Upload.objects.get(pk=waiting.pop())), times=2)
    assert sorted(Upload.objects.values_list("status", flat=True)) == ["applied", "to_check"]
    assert len(SourceList.objects.current()) == 1


def test_one_officer_decides_a_link(election: Any, officers: Any, rutan: Any) -> None:
    by = officers["kpps"]
    applied(election, officers["admin"], rutan_book(PEOPLE[:2]))
    one, other = HeldEntry.objects.order_by("line")
    link = PersonLink.objects.create(entry=one, person=other.person, probability=0.7)
    ends = at_once(lambda: links.settle_link(link=PersonLink.objects.get(pk=link.pk), verdict=Verdict.SAME, by=by))
    assert ends == ["decided", "decided", "decided", "done"]


def test_an_upload_is_undone_once(election: Any, officers: Any) -> None:
    made = applied(election, officers["admin"], roll_text())
    ends = at_once(lambda: undo_upload(upload=Upload.objects.get(pk=made.pk), by=officers["admin"]))
    assert ends == ["done", "not_possible", "not_possible", "not_possible"]


def test_one_run_is_queued(election: Any, officers: Any) -> None:
    ends = at_once(lambda: runs.queue_run(election=election, by=officers["admin"]))
    assert ends == ["done", "run_open", "run_open", "run_open"]
    assert MatchRun.objects.count() == 1


@pytest.fixture
def doubtful(doubts: Doubts) -> Case:
    return doubts.case("KADARISMAN", (doubts.voter("KADARSIMAN"), 0.9), (doubts.voter("KADARI"), 0.05))


def test_one_officer_decides_a_case(doubtful: Case, officers: Any) -> None:
    given = {"version": 1, "said": said("same", doubtful.outcome.voter)}
    by = iter([officers["kpps"], officers["second"]] * 2)
    ends = at_once(lambda: decide(case=Case.objects.get(pk=doubtful.pk), by=next(by), key=key(), **given))
    assert ends == ["decided_first", "decided_first", "decided_first", "done"]
    assert Decision.objects.count() == KnownPair.objects.count() == 1


def test_the_same_press_four_times_is_one_decision(doubtful: Case, officers: Any) -> None:
    given = {"version": 1, "said": said("same", doubtful.outcome.voter), "by": officers["kpps"], "key": key()}
    at_once(lambda: decide(case=Case.objects.get(pk=doubtful.pk), **given))
    assert Decision.objects.count() == 1


def test_one_officer_gets_the_lease(doubtful: Case, officers: Any) -> None:
    by, got = iter([officers["kpps"], officers["second"]]), []
    at_once(lambda: got.append(cases.lease(case=doubtful, by=next(by))), times=2)
    assert sorted(got) == [False, True]


def test_two_people_do_not_get_one_voter(doubts: Doubts, officers: Any) -> None:
    type(doubts.election).objects.update(definition={**doubts.election.definition, "second_officer": []})
    voter = doubts.voter("BUDI")
    first = doubts.case("BUDI", (voter, 0.5))
    rival = doubts.case("BUDI S", (voter, 0.5), voter=None, cautions=["claimed_twice"])
    both = iter([(first.pk, officers["kpps"]), (rival.pk, officers["second"])])

    def press() -> None:
        pk, by = next(both)
        case = Case.objects.get(pk=pk)
        decide(case=case, version=case.version, said=said("same", voter), by=by, key=key())

    at_once(press, times=2)
    assert KnownPair.objects.filter(is_active=True, verdict="confirmed").count() == 1
    assert PersonOutcome.objects.filter(voter=voter).count() == 1


@pytest.mark.usefixtures("siti")
class TestApproval:
    """A list stands approved once, by one person, and never over an answer that changed in the same moment."""

    def test_two_approvals(self, doubts: Doubts, officers: Any) -> None:
        stored = sent(doubts, officers["kpps"])
        by = officers["commissioner"]
        ends = at_once(lambda: approve(StoredVersion.objects.get(pk=stored.pk), by))
        assert ends == ["done", *["not_now"] * 3]
        assert AuditEntry.objects.filter(what="approval.approve").count() == 1

    def test_two_sendings(self, doubts: Doubts, officers: Any) -> None:
        ends = at_once(lambda: sent(doubts, officers["kpps"]))
        assert ends.count("done") + ends.count("stale") == 4
        assert StoredVersion.objects.filter(status="sent").count() == 1

    def test_a_doubt_in_the_same_moment(self, doubts: Doubts, officers: Any) -> None:
        stored = sent(doubts, officers["kpps"])
        siti = doubts.run.outcomes.get(entry__name="SITI")
        deeds = [
            lambda: approve(StoredVersion.objects.get(pk=stored.pk), officers["commissioner"]),
            lambda: cases.raise_doubt(outcome=siti, by=officers["kpps"]),
        ]
        ends = at_once(lambda: deeds.pop()(), times=2)
        stored.refresh_from_db()
        # Either the approval was first and has lapsed, or the doubt was and it was refused.
        assert (ends, stored.status) in ((["done", "done"], "lapsed"), (["done", "lacking"], "sent"))
