"""Comparisons: started by whoever may, watched until they end."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from office_files import roll_text
from walking import begun

from reconcile.actions import uploads
from reconcile.models import MatchRun, Upload
from views.office import a_run
from views.test_home import text

pytestmark = pytest.mark.django_db


def test_starting_queues_and_does_not_compare(office: Any, as_: Any) -> None:
    answer = as_("commissioner").post("/runs/start/")
    run = MatchRun.objects.latest("pk")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/runs/{run.pk}/")
    assert (run.status, run.started_by.username) == ("queued", "commissioner")
    assert {tuple(job.args_kwargs["args"]) for job in DBTaskResult.objects.all()} == {(run.pk,)}


def test_one_at_a_time(office: Any, as_: Any) -> None:
    browser = as_("admin")
    browser.post("/runs/start/")
    answer = browser.post("/runs/start/", follow=True)
    assert "Sudah ada pencocokan yang menunggu atau berjalan." in text(answer.content)
    assert b"Sedang berjalan" in answer.content
    assert MatchRun.objects.filter(status="queued").count() == 1


def test_progress_of_the_step_that_goes_on(office: Any, as_: Any, officers: Any) -> None:
    run = a_run(office.election, officers["admin"], status="running", step="comparing", done=1200, total=24600)
    answer = as_("kpps").get(f"/runs/{run.pk}/")
    shown = text(answer.content)
    assert "Membandingkan orang dengan pemilih 1.200 / 24.600" in shown
    states = [step.state for step in answer.context["run"].steps]
    assert states == ["over", "over", "now", "ahead", "ahead", "ahead"]
    assert b'hx-trigger="every 1s"' in answer.content
    assert b'<noscript><meta http-equiv="refresh"' in answer.content


def test_the_piece_that_ends_the_asking(office: Any, as_: Any) -> None:
    piece = as_("kpps").get(f"/runs/{office.run.pk}/", headers={"HX-Request": "true"}).content
    assert b"<html" not in piece
    assert b"hx-trigger" not in piece
    assert "6 orang + 1 baris lain dari orang yang sama = 7 baris register" in text(piece)


def test_how_far_a_run_can_be_trusted(office: Any, as_: Any, officers: Any) -> None:
    reached = [
        {"probability": 0.5, "matches": 171, "false_stated": 1.3, "false_by_decoys": 0.4},
        {"probability": 0.95, "matches": 162, "false_stated": 0.2, "false_by_decoys": None},
    ]
    report = {"few_on_roll": True, "decoys": 214, "automatic_from": 0.95, "thresholds": reached}
    run = a_run(office.election, officers["admin"], status="ready", expected=168.6, register_rows=200, report=report)
    answer = as_("kpps").get(f"/runs/{run.pk}/")
    shown = text(answer.content)
    assert "Dari 200 baris register, sekitar 169 semestinya ada di daftar pemilih." in shown
    assert "Hanya sedikit yang ada di daftar pemilih." in shown
    assert "50 % 171 1,3 0,4 95 % · otomatis mulai di sini 162 0,2 –" in shown
    assert "214 orang rekaan" in shown


def test_a_failed_run_says_what_to_do(office: Any, as_: Any, officers: Any) -> None:
    run = a_run(office.election, officers["admin"], status="failed", message="no_roll")
    assert "Gagal. Belum ada daftar pemilih yang diterima. Unggah dulu" in text(
        as_("admin").get(f"/runs/{run.pk}/").content
    )


def test_waiting_before_a_worker_that_is_not_there(office: Any, as_: Any, officers: Any) -> None:
    run = a_run(office.election, officers["admin"], status="queued", started=None, finished=None)
    browser, stuck = as_("admin"), "Sudah lama tidak ada kemajuan"
    assert stuck not in text(browser.get(f"/runs/{run.pk}/").content)
    MatchRun.objects.filter(pk=run.pk).update(created=timezone.now() - timedelta(minutes=2))
    assert stuck in text(browser.get(f"/runs/{run.pk}/").content)
    # a worker that is busy with an upload is alive
    Upload.objects.filter(pk=office.roll.upload_id).update(heartbeat=timezone.now())
    assert stuck not in text(browser.get(f"/runs/{run.pk}/").content)


def test_an_upload_that_waits_too_long(office: Any, as_: Any, officers: Any) -> None:
    made = begun(office.election, officers["admin"], roll_text())
    uploads.send_files(upload=made, by=officers["admin"])
    browser, stuck = as_("admin"), "Sudah lama tidak ada kemajuan"
    assert stuck not in text(browser.get("/lists/").content)
    Upload.objects.filter(pk=made.pk).update(since=timezone.now() - timedelta(minutes=2))
    assert stuck in text(browser.get("/lists/").content)
    assert stuck in text(browser.get(f"/uploads/{made.pk}/").content)
