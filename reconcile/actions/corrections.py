"""The correction workbook of a list: made once by a worker, beside the upload, for whoever uploads."""

from dataclasses import replace
from pathlib import Path

import pyarrow as pa
from django.conf import settings
from django.utils.translation import override

from reconcile.actions import background, understanding
from reconcile.actions.recognising import regency_of
from reconcile.labels import PROBLEMS, what_is_wrong
from reconcile.models import SourceList
from reconcile.reading import Problem
from reconcile.writing.corrections import correction_workbook


def path_of(one: SourceList) -> Path:
    return Path(settings.MEDIA_ROOT) / "corrections" / f"{one.pk}.xlsx"


def ask_for_correction(one: SourceList) -> None:
    """Have the workbook made, anew where there was one. Call inside a transaction."""
    path_of(one).unlink(missing_ok=True)
    background.enqueue(background.MAKE_CORRECTION, one.pk)


def make_correction(*, one: SourceList) -> int:
    """Write the rows of a checked list somebody must work on; return how many, 0 where there are none.

    It is made from the office's own file, so that nothing but its faulty rows is in it, as they were written.
    """
    if not one.to_correct:
        return 0
    path, office = path_of(one), one.chain[0]
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    result = understanding.read(one, regency_of(one.upload), tick=lambda done, total: None)
    result = replace(result, table=result.table.schema.empty_table())  # the records of a long roll, not needed any more
    pa.default_memory_pool().release_unused()
    part = path.with_suffix(".part")
    part.touch(mode=0o600)
    with override("id"):  # the offices' language, whoever asks
        rows = correction_workbook(
            Path(office.file.path),
            result,
            sha256=office.sha256,
            say=_say,
            target=part,
            mapping=understanding.mapping_of(office),
        )
    part.replace(path)
    return rows


def _say(problem: Problem) -> tuple[str, str]:
    return what_is_wrong(problem.code, problem.said), str(PROBLEMS[problem.code].remedy)
