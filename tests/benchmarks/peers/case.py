"""A case on disk: two tables and the true pairs. Needs pyarrow only: read in every tool's environment."""

import json
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

FEBRL, REGISTER = "febrl", "register"  # which columns the tables have


@dataclass(frozen=True)
class Case:
    """`truth` holds rows of `left` and of `right` that are one person, in columns of those names."""

    kind: str
    left: pa.Table
    right: pa.Table
    truth: pa.Table

    def write(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("left", "right", "truth"):
            pq.write_table(getattr(self, name), folder / f"{name}.parquet")
        # Last: a case that was interrupted is not there.
        (folder / "case.json").write_text(json.dumps({"kind": self.kind}), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path, *names: str) -> "Case":
        """Read the tables named (all when none is)."""
        kind = json.loads((folder / "case.json").read_text(encoding="utf-8"))["kind"]
        empty = pa.table({})
        wanted = names or ("left", "right", "truth")
        read = {name: pq.read_table(folder / f"{name}.parquet") for name in wanted}
        return cls(kind, *(read.get(name, empty) for name in ("left", "right", "truth")))
