"""What every tool's process does: read a case, link it, write the scored pairs and how long each part took.

Needs pyarrow only. The pairs' columns: `left`, `right` (rows of the case's tables), `score` (higher is likelier),
`tie` (orders pairs of one score), `probability` (null where the tool states none), `own` (the tool would link
them), `chosen` (of a tool that assigns one to one by itself: it assigned them; null otherwise).
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tests.benchmarks.peers.case import Case

SCHEMA = pa.schema(
    [
        ("left", pa.int64()), ("right", pa.int64()), ("score", pa.float64()), ("tie", pa.float64()),
        ("probability", pa.float64()), ("own", pa.bool_()), ("chosen", pa.bool_()),
    ]
)  # fmt: skip


def run(link: Callable[[Case], pa.Table]) -> None:
    """Link the case in the folder named first; write `pairs.parquet` and `seconds.json` into the second."""
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    begun = time.perf_counter()
    case = Case.read(folder, "left", "right")
    read = time.perf_counter()
    pairs = link(case)
    linked = time.perf_counter()
    missing = {
        name: pa.nulls(len(pairs), SCHEMA.field(name).type) for name in SCHEMA.names if name not in pairs.schema.names
    }
    for name, column in missing.items():
        pairs = pairs.append_column(name, column)
    pq.write_table(pairs.select(SCHEMA.names).cast(SCHEMA), out / "pairs.parquet")
    seconds = {"read": read - begun, "link": linked - read}
    (out / "seconds.json").write_text(json.dumps(seconds), encoding="utf-8")
