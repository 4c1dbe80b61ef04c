"""Files as offices make them -> one Arrow table of records, and an account of every row.

Guarantees: rows read = records + rejected + skipped, per file; nothing is repaired silently; the row
numbers are the ones the office sees in its own program. Never imports Django.
"""

from reconcile.reading.corrections import Corrects
from reconcile.reading.lists import read_list, read_lists
from reconcile.reading.mapping import ListMapping
from reconcile.reading.problems import Ending, Problem, ProblemCode, Refusal, Refused
from reconcile.reading.recognising import ColumnSeen, Recognition, SheetSeemed, missing_fields, recognise
from reconcile.reading.results import ReadResult, RowEnd, SheetSeen

__all__ = [
    "ColumnSeen",
    "Corrects",
    "Ending",
    "ListMapping",
    "Problem",
    "ProblemCode",
    "ReadResult",
    "Recognition",
    "Refusal",
    "Refused",
    "RowEnd",
    "SheetSeemed",
    "SheetSeen",
    "missing_fields",
    "read_list",
    "read_lists",
    "recognise",
]
