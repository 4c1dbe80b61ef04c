"""The pages of a list: every figure leads to its people, every role sees what it may, the altered is not shown."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from approved import approve, sent
from conftest import PASSWORD
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from doubts import Doubts

from reconcile.models import (
    Case,
    HeldEntry,
    PersonOutcome,
    Recall,
    StoredRow,
    StoredVersion,
    VoteEntry,
)
from views.office import ROOM, nik

pytestmark = pytest.mark.django_db


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


class TestDraft:
    def test_says_what_is_lacking_in_the_button(self, doubts: Doubts, case: Case, as_: Any) -> None:
        path = f"/places/{doubts.place.pk}/list/"
        assert "Kirim (kurang: 1 kasus belum diputus)" in text(as_("kpps").get(path))
        assert "Setujui (kurang: 1 kasus belum diputus, belum dikirim)" in text(as_("commissioner").get(path))
        people = as_("commissioner").get(path + "people/?check=undecided")
        assert "1 orang" in text(people) and "Kadarsiman" in text(people) and "Siti" not in text(people)

    @pytest.mark.usefixtures("siti")
    def test_is_sent_as_it_was_shown(self, doubts: Doubts, as_: Any) -> None:
        path = f"/places/{doubts.place.pk}/list/"
        page = as_("kpps").get(path).content.decode()
        mark = re.findall(r'name="mark" value="([0-9a-f]{64})"', page)[0]
        answer = as_("kpps").post(path + "send/", {"mark": mark}, follow=True)
        assert "Daftar sekarang ada di komisioner" in text(answer)
        assert StoredVersion.objects.get().mark == mark
        again = as_("kpps").post(path + "send/", {"mark": mark}, follow=True)
        assert "Daftar berubah sejak Anda membuka halaman ini" in text(again)

    def test_without_a_comparison_there_is_no_list(self, rutan: Any, officers: Any, as_: Any) -> None:
        assert as_("kpps").get(f"/places/{rutan.pk}/list/").status_code == 404
        assert "belum ada daftar" in text(as_("kpps").get("/versions/"))


class TestVersion:
    def test_figures_lead_to_their_people(self, stored: StoredVersion, as_: Any) -> None:
        page = as_("commissioner").get(f"/versions/{stored.pk}/")
        assert "2 orang, 1 pemilih pasti di TPS ini" in text(page)
        links = re.findall(
            r'href="(/versions/\d+/people/\?outcome=\w+)" data-count="\d+">(\d+)<', page.content.decode()
        )
        assert len(links) == 2
        for path, n in links:
            assert as_("commissioner").get(path).content.decode().count("<tr>") - 1 == int(n)

    def test_twenty_at_random_are_the_same_for_the_same_draw(self, stored: StoredVersion, as_: Any) -> None:
        first, again = (as_("kpps").get(f"/versions/{stored.pk}/people/?sample=1") for _time in range(2))
        assert text(first) == text(again) and "2 orang acak" in text(first)

    def test_what_has_changed_names_officer_and_reason(
        self, stored: StoredVersion, doubts: Doubts, case: Case, officers: Any, as_: Any
    ) -> None:
        approve(stored, officers["commissioner"])
        PersonOutcome.objects.filter(entry__name="SITI").update(outcome="leaving")
        StoredVersion.objects.update(status="superseded")
        Case.objects.filter(pk=case.pk).update(status="decided")
        doubts.person("BARU", outcome="not_on_roll", provisional=False, match_status="none", voter=None)
        doubts.settle_rows()
        later = sent(doubts, officers["kpps"])
        said = text(as_("commissioner").get(f"/versions/{later.pk}/"))
        assert "0 dicoret, 1 ditambah, 1 berubah sejak versi 1" in said
        assert "bertambah 0, berkurang 1" in said and "Hasil: memilih di sini → akan bebas" in said
        only = text(as_("commissioner").get(f"/versions/{later.pk}/?since=1&kind=added"))
        assert "Baru" in only and "Hasil: memilih" not in only

    def test_the_officer_of_a_changed_person_is_named(
        self, stored: StoredVersion, doubts: Doubts, case: Case, officers: Any, as_: Any
    ) -> None:
        StoredVersion.objects.update(status="superseded")
        PersonOutcome.objects.filter(person=case.person_id).update(outcome="too_late")
        later = sent(doubts, officers["kpps"])
        assert "Kpps: Orang yang sama" in text(as_("commissioner").get(f"/versions/{later.pk}/"))

    def test_nobody_sees_a_whole_number(self, stored: StoredVersion, doubts: Doubts, officers: Any, as_: Any) -> None:
        HeldEntry.objects.filter(name="SITI").update(nik="9916090101909009")
        PersonOutcome.objects.filter(entry__name="SITI").update(voter=None)
        numbers = {row.nik for row in StoredRow.objects.all()} | {"9916090101909009", nik(1)}
        for role in ("commissioner", "kpps", "observer", "institution", "admin"):
            for path in (
                f"/versions/{stored.pk}/",
                f"/versions/{stored.pk}/people/",
                f"/places/{doubts.place.pk}/list/",
            ):
                page = as_(role).get(path).content.decode()
                assert not any(number in page for number in numbers), (role, path)
                assert role not in ("observer", "admin", "commissioner") or ROOM not in page
        assert "9916090101909009"[:6] in as_("kpps").get(f"/versions/{stored.pk}/").content.decode()

    def test_an_altered_version_shows_nothing(self, stored: StoredVersion, as_: Any) -> None:
        StoredRow.objects.filter(version=stored, number=1).update(nik="9916090101909009")
        page = text(as_("commissioner").get(f"/versions/{stored.pk}/"))
        assert "diubah langsung di basis data" in page
        assert "Kadarsiman" not in page and "Setujui versi" not in page and "Yang harus beres" not in page
        people = as_("commissioner").get(f"/versions/{stored.pk}/people/")
        assert people.status_code == 302
        assert "diubah" in text(as_("kpps").get("/versions/"))


class TestDeeds:
    def test_approving_asks_for_the_password(self, stored: StoredVersion, as_: Any) -> None:
        path = f"/versions/{stored.pk}/approve/"
        wrong = as_("commissioner").post(path, {"mark": stored.mark, "password": "x"}, follow=True)
        assert "Kata sandi salah" in text(wrong)
        right = as_("commissioner").post(path, {"mark": stored.mark, "password": PASSWORD}, follow=True)
        assert "Daftar disetujui" in text(right)

    def test_sending_back_opens_who_was_picked(self, stored: StoredVersion, case: Case, as_: Any) -> None:
        path = f"/versions/{stored.pk}/return/"
        assert "Kadarsiman" in text(as_("commissioner").get(path))
        without = as_("commissioner").post(path, {"persons": [case.person_id]})
        assert without.status_code == 200 and StoredVersion.objects.get().status == "sent"
        as_("commissioner").post(path, {"reason": "Cek NIK", "persons": [case.person_id]})
        case.refresh_from_db()
        assert (StoredVersion.objects.get().status, case.status) == ("returned", "reopened")
        assert "Cek NIK" in text(as_("kpps").get(f"/versions/{stored.pk}/"))
        assert "Komisioner mengembalikan daftar" in text(as_("kpps").get(f"/review/cases/{case.pk}/"))

    def test_recall_by_two(self, stored: StoredVersion, officers: Any, as_: Any) -> None:
        approve(stored, officers["commissioner"])
        as_("kpps").post(f"/versions/{stored.pk}/recall/", {"reason": "Salah TPS"})
        recall = Recall.objects.get()
        own = as_("kpps").get(f"/versions/{stored.pk}/")
        assert "Salah TPS" in text(own) and "cabut persetujuan" not in text(own)
        assert "Setuju: cabut persetujuan" in text(as_("commissioner").get(f"/versions/{stored.pk}/"))
        as_("commissioner").post(f"/recalls/{recall.pk}/", {"grant": "1"})
        assert StoredVersion.objects.get().status == "recalled"


class TestToldBeforeSaving:
    def test_whoever_edits_is_told(self, stored: StoredVersion, case: Case, officers: Any, as_: Any) -> None:
        officers["kpps"].practised = stored.sent_at
        officers["kpps"].save()
        waits = "ada di komisioner"
        assert waits in text(as_("kpps").get(f"/review/cases/{case.pk}/"))
        approve(stored, officers["commissioner"])
        person = f"/people/{PersonOutcome.objects.get(entry__name='SITI').person_id}/"
        for path in (f"/review/cases/{case.pk}/", person):
            assert "persetujuannya langsung gugur" in text(as_("kpps").get(path)), path
        assert "persetujuannya langsung gugur" in text(as_("admin").get("/lists/"))

    @pytest.mark.usefixtures("siti")
    def test_nobody_else(self, doubts: Doubts, as_: Any) -> None:
        assert "gugur" not in text(as_("admin").get("/lists/"))


class TestVerify:
    def test_two_groups(self, stored: StoredVersion, officers: Any, as_: Any, stranger: Client) -> None:
        approve(stored, officers["commissioner"])
        groups = f"{stored.mark[:4]} {stored.mark[4:8]}"
        seen = as_("observer").post("/verify/", {"groups": groups})
        assert "Rutan Percobaan, versi 1" in text(seen) and f"/versions/{stored.pk}/" in seen.content.decode()
        foreign = stranger.post("/verify/", {"groups": groups})
        assert "Rutan Percobaan, versi 1" in text(foreign)
        assert f"/versions/{stored.pk}/" not in foreign.content.decode() and "Siti" not in text(foreign)
        assert "paling sedikit dua kelompok" in text(as_("observer").post("/verify/", {"groups": "c27e"}))

    def test_a_file(self, stored: StoredVersion, officers: Any, as_: Any) -> None:
        approve(stored, officers["commissioner"])
        file = SimpleUploadedFile("surat.pdf", b"%PDF-1.4 nothing of ours")
        assert "Bukan milik versi mana pun" in text(as_("observer").post("/verify/", {"file": file}))


class TestVotes:
    @pytest.fixture
    def stored(self, stored: StoredVersion, officers: Any) -> StoredVersion:
        approve(stored, officers["commissioner"])
        return stored

    def path(self, stored: StoredVersion, rest: str = "") -> str:
        return f"/places/{stored.place_id}/votes/{rest}"

    def test_attendance_by_person(self, stored: StoredVersion, as_: Any) -> None:
        form = as_("kpps").get(self.path(stored, "people/")).content.decode()
        (name,) = re.findall(r'<select name="(v-\d+)"', form)
        as_("kpps").post(self.path(stored, "people/"), {name: "ill"})
        page = text(as_("observer").get(self.path(stored)))
        assert "0 dari 2 memilih" in page and "2 orang tidak memilih" in page
        assert "Siti" in text(as_("observer").get(self.path(stored, "left/?reason=ill")))
        as_("kpps").post(self.path(stored, "people/"), {name: "", "all": "voted"})
        assert "1 dari 2 memilih" in text(as_("observer").get(self.path(stored)))
        entry = VoteEntry.objects.first()
        assert entry
        as_("kpps").post(f"/votes/{entry.pk}/undo/")
        assert "0 dari 2 memilih" in text(as_("observer").get(self.path(stored)))

    def test_figures_keep_what_was_typed(self, stored: StoredVersion, as_: Any) -> None:
        given = {"c-fixed_here-voted": "3", "c-fixed_here-ill": "", "c-needs_transfer-voted": "0"}
        wrong = as_("kpps").post(self.path(stored, "figures/"), given)
        assert "memilih di sini: 1 dalam daftar, 3 diisi (+2)" in text(wrong)
        assert 'name="c-fixed_here-voted" id="c-fixed_here-voted" value="3"' in wrong.content.decode()
        as_("kpps").post(self.path(stored, "figures/"), {**given, "c-fixed_here-voted": "1"})
        assert "1 dari 2 memilih" in text(as_("observer").get(self.path(stored)))

    def test_ballots_name_what_is_off(self, stored: StoredVersion, as_: Any) -> None:
        given = {"b-governor-received": "2", "b-governor-used": "1", "b-governor-unused": "1", "b-regent-received": "2"}
        wrong = as_("kpps").post(self.path(stored, "ballots/"), given)
        assert "2 masuk, 0 jelas kegunaannya (+2)" in text(wrong) and "selisih 2" in text(wrong)
        as_("kpps").post(self.path(stored, "ballots/"), {**given, "b-regent-unused": "2"})
        assert VoteEntry.objects.get().ballots.count() == 2

    def test_before_the_vote_it_says_so_and_offers_no_form(self, stored: StoredVersion, as_: Any) -> None:
        election = stored.place.election
        later = election.definition | {"voting_day": (date.today() + timedelta(days=30)).isoformat()}
        type(election).objects.filter(pk=election.pk).update(definition=later)
        page = as_("kpps").get(self.path(stored))
        assert "Hari pemungutan suara belum tiba" in text(page)
        for rest in ("people/", "figures/", "ballots/"):
            assert self.path(stored, rest) not in page.content.decode()
            assert as_("kpps").get(self.path(stored, rest)).status_code == 302

    @pytest.mark.usefixtures("siti")
    def test_without_an_approved_list(self, rutan: Any, doubts: Doubts, as_: Any) -> None:
        assert "Belum ada daftar tempat ini yang disetujui" in text(as_("kpps").get(f"/places/{rutan.pk}/votes/"))
        assert as_("kpps").get(f"/places/{rutan.pk}/votes/people/").status_code == 302
