"""A small office with one finished run, stored directly: made-up people, each of another kind.

Six people stand in seven register rows: one of them in both registers. Whatever must stay hidden from
somebody carries a value that cannot occur on a page by chance.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from reconcile.actions.cases import open_cases
from reconcile.actions.corrections import path_of
from reconcile.models import (
    Candidate,
    Case,
    Election,
    HeldEntry,
    HeldPerson,
    LeftVoter,
    ListProblem,
    ListStatus,
    MatchRun,
    Officer,
    PersonLink,
    PersonOutcome,
    Place,
    RunStatus,
    SourceList,
    Upload,
    UploadStatus,
    Voter,
)

DEADLINE, AHEAD = date(2024, 11, 20), date(2024, 11, 13)
ROOM, REGISTRATION = "BLOK-RAHASIA", "REG-RAHASIA"
BOTH_BALLOTS = ["governor", "regent"]
EQUAL = [["name", "equal", 9000], ["birth_date", "equal", 8000], ["nik", "equal", 14500], ["prior", "prior", -13000]]


@dataclass(frozen=True)
class Office:
    """What tests ask for. `people` by short name."""

    election: Election
    rutan: Place
    polres: Place
    roll: SourceList
    rutan_register: SourceList
    polres_register: SourceList
    run: MatchRun
    link: PersonLink
    case: Case  # of "doubt"
    people: dict[str, PersonOutcome]

    def path(self, who: str) -> str:
        return f"/people/{self.people[who].person_id}/"


def make_office(election: Election, rutan: Place, polres: Place, by: Officer) -> Office:
    roll = a_list(election, by, kind="roll", file_name="DPT_KUNDEN.xlsx", stage="DPT", rows=12, records=8, skipped=4)
    registers = {
        place: a_list(
            election,
            by,
            kind=place.kind,
            file_name=name,
            place=place,
            rows=rows + 3,
            records=rows,
            skipped=3,
            as_of=election.as_of,
        )  # fmt: skip
        for place, name, rows in ((rutan, "rutan.xlsx", 5), (polres, "polres.xlsx", 2))
    }
    give_problems(registers[rutan], [("nik_short", 8)])
    path_of(registers[rutan]).parent.mkdir(parents=True)
    path_of(registers[rutan]).write_bytes(b"a workbook")
    run = a_run(election, by, register_rows=7, people=6)
    makes = _People(run, roll, registers)
    people = {
        "here": makes.person("WAGIYO LEGAWA", rutan, "fixed_here", tps="901"),
        "letter": makes.person(
            "SUTRIMO ANDAYANI", rutan, "needs_transfer", due=DEADLINE, action="issue_transfer_letter"
        ),
        "doubt": makes.doubtful("KADARISMAN", rutan),
        "absent": makes.absent("MUKLIS HIDAYATULLAH", rutan),
        "both": makes.person("BAGAS ADI WIBAWA", rutan, "fixed_here", tps="901", also=polres),
        "cells": makes.person("TEGUH PRASTYA", polres, "needs_transfer", due=DEADLINE, action="issue_transfer_letter"),
    }
    LeftVoter.objects.create(run=run, voter=makes.voter("SUDAH KELUAR", tps="901"))
    entry, known = people["letter"].entry, people["absent"].person
    link = PersonLink.objects.create(entry=entry, person=known, probability=0.7)
    run.lists.set([roll, *registers.values()])
    open_cases(run, [])
    case = Case.objects.get(person=people["doubt"].person)
    return Office(election, rutan, polres, roll, registers[rutan], registers[polres], run, link, case, people)


def a_list(election: Election, by: Officer, **changes: Any) -> SourceList:
    given = {"file": "lists/none", "size": 10, "status": ListStatus.ACCEPTED, "endings": {"title": changes["skipped"]}}
    given |= {"new": changes.get("records", 0), "accepted_at": timezone.now(), **changes}
    is_refused = given["status"] == ListStatus.REFUSED
    upload = Upload.objects.create(
        election=election, by=by, kind=given.get("kind", ""), place=given.get("place"), applied_at=given["accepted_at"],
        status=UploadStatus.RECOGNISED if is_refused else UploadStatus.APPLIED,
    )  # fmt: skip
    sha256 = f"{SourceList.objects.count():064}"
    return SourceList.objects.create(election=election, upload=upload, sha256=sha256, **given)


def give_problems(one: SourceList, found: list[tuple[str, int]]) -> None:
    """Say of a list what is wrong, by code and row: each in a NIK cell that holds five digits too few."""
    ListProblem.objects.bulk_create(
        ListProblem(source_list=one, code=code, sheet="DATA WBP", row=row, column="NIK", value="33160914039")
        for code, row in found
    )
    counts = Counter(one.problems.values_list("code", flat=True))
    SourceList.objects.filter(pk=one.pk).update(problem_counts=dict(counts), to_correct=sum(counts.values()))


def a_run(election: Election, by: Officer, **changes: Any) -> MatchRun:
    now = timezone.make_aware(datetime(2024, 11, 1, 9, 0))
    given = {"as_of": election.as_of, "version": "0", "status": RunStatus.READY, "started": now, "finished": now}
    return MatchRun.objects.create(election=election, started_by=by, **{**given, **changes})


def born(number: int) -> date:
    return date(1980, 3, 10) + timedelta(days=number)


def nik(number: int) -> str:
    return f"331609{born(number):%d%m%y}{9000 + number}"


class _People:
    """Makes people, each with its own number in every value."""

    def __init__(self, run: MatchRun, roll: SourceList, registers: dict[Place, SourceList]) -> None:
        self.run, self.roll, self.registers = run, roll, registers
        self.number = 0

    def _record(self, name: str) -> dict[str, Any]:
        number = self.number
        known = {"nik": nik(number), "nik_quality": "ok", "birth_date": born(number), "birth_quality": "exact"}
        home = {"address": f"DK SUMBERJO {number}", "rt": "1", "rw": "2", "region_code": "3316091015"}
        return {"name": name, "name_raw": name, "sex": "male", "birth_place": "BLORA", **known, **home}

    def voter(self, name: str, tps: str = "004", **changes: Any) -> Voter:
        line = self.roll.voters.count()
        where = {"tps": tps, "tps_region": "3316091015", "sheet": f"TPS {tps}", "row": line + 10, "line": line}
        return Voter.objects.create(source_list=self.roll, **{**self._record(name), **where, **changes})

    def entry(self, name: str, person: HeldPerson, place: Place, **changes: Any) -> HeldEntry:
        register = self.registers[place]
        line = register.entries.count()
        where = {"sheet": "DATA WBP", "row": line + 6, "line": line, "block": ROOM}
        held = {"registration_number": f"{REGISTRATION}-{place.kind}", "nik_digits": nik(self.number)}
        given = {**self._record(name), **where, **held, **changes}
        return HeldEntry.objects.create(source_list=register, person=person, **given)

    def person(
        self, name: str, place: Place, outcome: str, *, tps: str = "004", also: Place | None = None, **changes: Any
    ) -> PersonOutcome:
        self.number += 1
        person = HeldPerson.objects.create(election=self.run.election)
        entry = self.entry(name, person, place)
        others = [self.entry(name, person, also).pk] if also else []
        voter = self.voter(name, tps)
        Candidate.objects.create(
            run=self.run, entry=entry, rank=1, voter=voter, weight=18500, probability=0.99, reasons=EQUAL
        )
        given = {
            "match_status": "auto", "provisional": False, "category": "fixed" if tps == "901" else "moved",
            "voter": voter, "probability": 0.99, "ballots": BOTH_BALLOTS, "action": "count_ballots", "actor": "kpps",
            "discrepancies": [{"code": "in_both_registers", "held": "", "roll": ""}] if also else [],
        }  # fmt: skip
        if "action" in changes:
            given["actor"] = "kpu"
        return PersonOutcome.objects.create(
            run=self.run, person=person, entry=entry, place=place, outcome=outcome, also_listed=others,
            **{**given, **changes},
        )  # fmt: skip

    def doubtful(self, name: str, place: Place) -> PersonOutcome:
        """Two voters come near; the NIK of the first differs in its last digit but one."""
        found = self.person(
            name, place, "needs_transfer", match_status="review", provisional=True, due=DEADLINE,
            action="issue_transfer_letter", cautions=["two_as_likely"],
            discrepancies=[{"code": "nik_differs", "held": "", "roll": ""}],
        )  # fmt: skip
        first = found.voter
        assert first is not None
        Voter.objects.filter(pk=first.pk).update(
            nik=nik(self.number)[:14] + "9" + nik(self.number)[15:], name="KADARSIMAN"
        )
        reasons = [["name", "two_letters", 5000], ["nik", "one_digit_serial", 4000], ["birth_date", "equal", 8000]]
        Candidate.objects.filter(run=self.run, entry=found.entry).update(reasons=reasons, weight=17000)
        second = self.voter("KADARISMAN SAPUTRA", nik="", nik_quality="missing", birth_date=date(1999, 1, 1))
        reasons = [["name", "missing_word", 3000], ["birth_date", "different", -4000]]
        Candidate.objects.create(
            run=self.run, entry=found.entry, rank=2, voter=second, weight=-1000, probability=0.1, reasons=reasons
        )
        return found

    def absent(self, name: str, place: Place) -> PersonOutcome:
        self.number += 1
        person = HeldPerson.objects.create(election=self.run.election)
        return PersonOutcome.objects.create(
            run=self.run, person=person, entry=self.entry(name, person, place), place=place, outcome="not_on_roll",
            provisional=False, match_status="none", ballots=[], action="search_sidalih", actor="kpu", due=AHEAD,
        )  # fmt: skip
