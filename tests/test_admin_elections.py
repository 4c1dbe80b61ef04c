"""Elections copied and changed in the administration, with every fault beside the text, and nothing changed in use."""

from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from refusals import refused

from reconcile.actions import elections, runs
from reconcile.deciding.election import load_election
from reconcile.deciding.election_text import election_to_text
from reconcile.models import AuditEntry, Election

pytestmark = pytest.mark.django_db

COPY = {"code": "pilkada-2029", "name_id": "Pilkada 2029", "name_en": "Local election 2029"}
DAYS = {"voting_day": "2029-11-28", "as_of": "2029-11-01"}


@pytest.fixture
def admin(client: Client, officers: Any) -> Client:
    client.force_login(officers["admin"])
    return client


def page_of(election: Election) -> str:
    return f"/admin/reconcile/election/{election.pk}/change/"


def given(election: Election, **changes: Any) -> dict[str, Any]:
    text = election_to_text(load_election("pilkada-2024"))
    seen = elections.rules_print(election)
    return {"as_of": "2024-11-01", "change_limit": 10, "text": text, "seen": seen, **changes}


def edited(before: str, after: str) -> str:
    text = election_to_text(load_election("pilkada-2024"))
    assert before in text
    return text.replace(before, after, 1)


def test_the_copy_action_asks_for_code_name_and_day(admin: Client, election: Election) -> None:
    answer = admin.post("/admin/reconcile/election/", {"action": "copy", "_selected_action": [election.pk]})
    assert answer.headers["Location"] == f"/admin/reconcile/election/add/?copy={election.pk}"
    body = admin.get(answer.headers["Location"]).content.decode()
    for name in (*COPY, *DAYS):
        assert f'name="{name}"' in body
    assert 'value="2024-11-27"' in body or 'value="27' in body


def test_two_elections_are_not_copied_at_once(admin: Client, election: Election) -> None:
    admin.post("/admin/reconcile/election/add/", {"rules": "pemilu-2024", "as_of": "2024-02-01"})
    chosen = list(Election.objects.values_list("pk", flat=True))
    answer = admin.post("/admin/reconcile/election/", {"action": "copy", "_selected_action": chosen}, follow=True)
    assert "Pilih satu" in answer.content.decode()


def test_a_copy_has_the_same_rules_and_its_own_code_name_and_day(
    admin: Client, election: Election, officers: Any
) -> None:
    answer = admin.post(f"/admin/reconcile/election/add/?copy={election.pk}", {**COPY, **DAYS})
    assert answer.status_code == 302
    made = Election.objects.get(code="pilkada-2029")
    assert (made.voting_day, made.as_of, made.name_id) == (date(2029, 11, 28), date(2029, 11, 1), "Pilkada 2029")
    assert made.rules.detainee_deadline == date(2029, 11, 21)
    assert made.rules.ballots == election.rules.ballots
    entry = AuditEntry.objects.get(what="elections.copy_election")
    assert (entry.by, entry.facts) == (officers["admin"], {"original": "pilkada-2024"})


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("code", "pilkada-2024", "sudah ada"),
        ("code", "PILKADA 2029", "Slug"),
        ("voting_day", "", "harus diisi"),
        ("name_en", "", "harus diisi"),
    ],
)
def test_a_copy_without_what_it_needs_is_refused_beside_the_field(
    admin: Client, election: Election, field: str, value: str, said: str
) -> None:
    answer = admin.post(f"/admin/reconcile/election/add/?copy={election.pk}", {**COPY, **DAYS, field: value})
    assert answer.status_code == 200
    assert field in answer.context["adminform"].form.errors
    assert Election.objects.count() == 1


def test_rules_are_changed_as_text_and_the_log_keeps_both_values(
    admin: Client, election: Election, officers: Any
) -> None:
    text = edited("days_before = 7", "days_before = 5").replace("Regional-head elections 2024", "Heads 2024")
    assert admin.post(page_of(election), given(election, text=text)).status_code == 302
    changed = Election.objects.get()
    assert changed.rules.detainee_deadline == date(2024, 11, 22)
    assert changed.name_en == "Heads 2024"
    entry = AuditEntry.objects.get(what="elections.change_rules")
    assert entry.facts["changed"]["deadlines[1].days_before"] == [7, 5]
    assert "deadlines[1].days_before: 7 → 5" in admin.get(page_of(election)).content.decode()


def test_nothing_is_written_where_nothing_is_changed(admin: Client, election: Election) -> None:
    assert admin.post(page_of(election), given(election)).status_code == 302
    assert admin.post(page_of(election), {"as_of": "2024-11-02", "change_limit": 10}).status_code == 302
    assert not AuditEntry.objects.filter(what="elections.change_rules").exists()
    assert Election.objects.get().as_of == date(2024, 11, 2)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("days_before = 7", "days_before = 7.5", "deadlines[1].days_before: Ini harus berupa bilangan bulat"),
        ("days_before = 7", "days_befor = 7", "deadlines[1].days_befor: Tidak ada yang membaca kunci"),
        ('voting_day = "2024-11-27"', 'voting_day = "27-11-2024"', "27-11-2024 bukan tanggal"),
        ('constituency = "regency"', 'constituency = "kabupaten"', "&quot;province&quot;, &quot;regency&quot;"),
        ("numerator = 25", "numerator = 0.025", "reserve.numerator"),
        ('detainee_reason = "5"', 'detainee_reason = "77"', "77"),
        ("[reserve.doubt]", "[reserve.other]", "reserve.other: Tidak ada yang membaca kunci"),
        ("[[ballots]]", "[[ballots]", "TOML"),
        ('code = "pilkada-2024"', 'code = "pilkada-2025"', "Kode pemilu tetap"),
    ],
)
def test_a_fault_stands_beside_the_text_which_is_kept(
    admin: Client, election: Election, before: str, after: str, said: str
) -> None:
    answer = admin.post(page_of(election), given(election, text=edited(before, after)))
    assert answer.status_code == 200
    assert "text" in answer.context["adminform"].form.errors
    body = answer.content.decode()
    assert said in body
    assert after.replace('"', "&quot;") in body
    assert Election.objects.get().definition == election.definition


def test_a_fault_names_its_line(admin: Client, election: Election) -> None:
    text = edited("days_before = 7", "days_before = -1")
    line = text.splitlines().index("days_before = -1") + 1
    body = admin.post(page_of(election), given(election, text=text)).content.decode()
    assert f"baris {line}, deadlines[1].days_before" in body


def test_every_doubt_stands_below_the_text(admin: Client, election: Election) -> None:
    body = admin.get(page_of(election)).content.decode()
    assert "reserve: Aturan pelaksanaan KPU tahun 2024 belum dilihat" in body
    assert "doubts[0]: Apakah pemilih TPS lokasi khusus" in body
    assert "May a voter" not in body.split("</textarea>")[1]
    admin.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    body = admin.get(page_of(election)).content.decode()
    assert "reserve: The implementing rule of KPU for 2024 was not seen" in body


def test_a_doubt_written_in_one_language_is_shown_to_everybody(admin: Client, election: Election) -> None:
    text = edited("[[stages]]", '[[doubts]]\ncode = "new"\ntext = { id = "Hal ini belum pasti." }\n\n[[stages]]')
    assert admin.post(page_of(election), given(election, text=text)).status_code == 302
    for language in ("id", "en"):
        admin.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        assert "doubts[0]: Hal ini belum pasti." in admin.get(page_of(election)).content.decode()


def test_rules_in_use_are_not_changed(admin: Client, election: Election, officers: Any) -> None:
    """Once a comparison has begun the text is shown but not taken, whatever is sent."""
    runs.queue_run(election=election, by=officers["admin"], in_background=False)
    text = edited("days_before = 7", "days_before = 5")
    with refused("in_use"):
        elections.change_rules(election=election, text=text, seen=elections.rules_print(election), by=None)
    assert b"disabled" in admin.get(page_of(election)).content
    admin.post(page_of(election), given(election, text=text, as_of="2024-11-03"))
    now = Election.objects.get()
    assert (now.definition, now.as_of) == (election.definition, date(2024, 11, 3))
    copied = admin.post(f"/admin/reconcile/election/add/?copy={election.pk}", {**COPY, **DAYS})
    assert copied.status_code == 302  # the way out


def test_two_administrators_do_not_overwrite_each_other(admin: Client, election: Election) -> None:
    seen = elections.rules_print(election)
    elections.change_rules(election=election, text=edited("lead_days = 7", "lead_days = 6"), seen=seen, by=None)
    text = edited("days_before = 7", "days_before = 5")
    with refused("changed"):
        elections.change_rules(election=election, text=text, seen=seen, by=None)
    answer = admin.post(page_of(election), given(election, text=text, seen=seen))
    assert "text" in answer.context["adminform"].form.errors
    assert Election.objects.get().rules.lead_days == 6


@pytest.mark.parametrize("change", [("reserve", "counts_moved = true", "counts_moved = 1"), ("", "", "")])
def test_the_action_refuses_what_the_form_would(election: Election, change: tuple[str, str, str]) -> None:
    where, before, after = change
    text = edited(before, after) if before else ""
    with refused("faulty") as refusal:
        elections.change_rules(election=election, text=text, seen=elections.rules_print(election), by=None)
    assert where in str(refusal.value)


def test_an_example_is_marked_and_can_be_begun_with(admin: Client, election: Election) -> None:
    body = admin.get("/admin/reconcile/election/add/").content.decode()
    assert "Pemilu Nasional 2029 (contoh)" in body
    assert admin.post("/admin/reconcile/election/add/", {"rules": "nasional-2029", "as_of": "2029-01-15"}).status_code
    assert [one.code for one in Election.objects.get(code="nasional-2029").rules.ballots] == ["dpr", "dpd", "ppwp"]
