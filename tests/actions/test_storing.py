"""Bulk inserts write what the ORM writes, on every database."""

import json
from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from django.db import IntegrityError, transaction
from walking import begun, the_list

from reconcile.actions.storing import store
from reconcile.models import ListProblem, SourceList, Voter

pytestmark = pytest.mark.django_db

ODD = ["tab\there", "line\nbreak", "return\r", "back\\slash", r"\N", r"\.", "'quote\"", "Ngaglik’é ≠ 𝟙", ""]


@pytest.fixture
def source_list(election: Any, officers: Any) -> SourceList:
    return the_list(begun(election, officers["admin"], b"x"))


def table(names: list[str]) -> pa.Table:
    n = len(names)
    return pa.table(
        {
            "line": pa.array(range(n), pa.int32()),
            "row": pa.array(range(2, n + 2), pa.int32()),
            "name": names,
            "sex": pa.array([None if i % 2 else "male" for i in range(n)]).dictionary_encode(),
            "nik": [f"33160901018{i:01d}9001" for i in range(n)],
            "birth_date": [date(1980, 1, 31) if i % 3 else None for i in range(n)],
            "birth_year": pa.array([None if i % 2 else 1980 for i in range(n)], pa.int16()),
        }
    )


def test_stores_any_text_unchanged(source_list: SourceList) -> None:
    assert store(Voter, table(ODD), {"source_list_id": source_list.pk}) == len(ODD)
    assert list(Voter.objects.order_by("line").values_list("name", flat=True)) == ODD


def test_equals_what_the_orm_stores(source_list: SourceList) -> None:
    made = table(ODD)
    store(Voter, made, {"source_list_id": source_list.pk})
    fast = list(Voter.objects.order_by("line").values())
    Voter.objects.all().delete()
    rows = ({k: v for k, v in row.items() if v is not None} for row in made.to_pylist())
    Voter.objects.bulk_create([Voter(source_list=source_list, **row) for row in rows])
    slow = list(Voter.objects.order_by("line").values())
    assert [{**row, "id": 0} for row in fast] == [{**row, "id": 0} for row in slow]


def test_tells_how_far_it_is(source_list: SourceList) -> None:
    seen: list[tuple[int, int]] = []
    same = {"source_list_id": source_list.pk}
    store(Voter, table(ODD), same, lambda done, total: seen.append((done, total)))
    assert seen == [(len(ODD), len(ODD))]


def test_stores_all_or_nothing(source_list: SourceList) -> None:
    twice = pa.concat_tables([table(ODD), table(ODD)])
    with pytest.raises(IntegrityError), transaction.atomic():
        store(Voter, twice, {"source_list_id": source_list.pk})
    assert not Voter.objects.exists()


def test_stores_columns_with_reserved_names(source_list: SourceList) -> None:
    problems = pa.table({"code": ["nik_short"], "sheet": ["A"], "row": [7], "column": ["NIK"]})
    store(ListProblem, problems, {"source_list_id": source_list.pk})
    assert ListProblem.objects.get(column="NIK").row == 7


def test_stores_json(election: Any, officers: Any, answered: Any) -> None:
    from reconcile.models import Candidate

    reasons = [["name", "equal", 8123], ["nik", "one_digit", -400]]
    made = pa.table(
        {"entry_id": [answered.entry_id], "rank": [9], "voter_id": [answered.voter_id], "weight": [7723]}
        | {"probability": [0.25], "reasons": [json.dumps(reasons)]}
    )
    store(Candidate, made, {"run_id": answered.run_id})
    found = Candidate.objects.get(run=answered.run_id, rank=9)
    assert (found.reasons, found.weight, found.probability) == (reasons, 7723, 0.25)
