"""What must never be true is refused by the database itself, whoever writes."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from reconcile.models import Candidate, MatchRun, PersonOutcome, RunStatus, SourceList

pytestmark = pytest.mark.django_db


def refused_by_the_database(query: Any, **changes: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        query.update(**changes)


def copy_of(row: Any, **changes: Any) -> Any:
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row)(**{**values, "id": None, **changes})


def test_rows_of_a_list_all_end_somewhere(answered: PersonOutcome) -> None:
    lists = SourceList.objects.filter(pk=answered.entry.source_list_id)
    refused_by_the_database(lists, rejected=1)
    refused_by_the_database(lists, skipped=0)


def test_an_accepted_register_has_a_place_and_a_roll_has_none(answered: PersonOutcome) -> None:
    refused_by_the_database(SourceList.objects.filter(kind="rutan"), place=None)
    refused_by_the_database(SourceList.objects.filter(kind="roll"), place=answered.place)


def test_states_and_outcomes_are_words_of_ours(answered: PersonOutcome) -> None:
    refused_by_the_database(SourceList.objects.all(), status="done")
    refused_by_the_database(MatchRun.objects.all(), status="done")
    refused_by_the_database(PersonOutcome.objects.all(), outcome="maybe")
    refused_by_the_database(PersonOutcome.objects.all(), match_status="maybe")


def test_one_open_run_an_election(answered: PersonOutcome) -> None:
    run = answered.run
    copy_of(run, status=RunStatus.QUEUED).save()
    with pytest.raises(IntegrityError), transaction.atomic():
        copy_of(run, status=RunStatus.RUNNING).save()
    copy_of(run, status=RunStatus.READY).save()


def test_one_answer_per_person_and_one_person_per_voter(answered: PersonOutcome) -> None:
    other = PersonOutcome.objects.exclude(pk=answered.pk).exclude(voter=None).first()
    assert other is not None
    refused_by_the_database(PersonOutcome.objects.filter(pk=other.pk), person=answered.person_id)
    refused_by_the_database(PersonOutcome.objects.filter(pk=other.pk), voter=answered.voter_id)


def test_a_probability_lies_between_0_and_1(answered: PersonOutcome) -> None:
    refused_by_the_database(PersonOutcome.objects.filter(pk=answered.pk), probability=1.5)


def test_one_candidate_a_rank(answered: PersonOutcome) -> None:
    candidate = Candidate.objects.filter(entry=answered.entry, rank=1).get()
    with pytest.raises(IntegrityError), transaction.atomic():
        copy_of(candidate).save()


def test_a_nik_can_only_be_asked_for_whole(answered: PersonOutcome) -> None:
    from django.core.exceptions import FieldError

    nik = answered.entry.nik
    assert type(answered.entry).objects.filter(nik=nik).exists()
    for question in ("nik__startswith", "nik__contains", "nik__gt"):
        with pytest.raises(FieldError):
            type(answered.entry).objects.filter(**{question: nik}).exists()
