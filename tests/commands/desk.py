"""A desk with a roll and a register on it, where `manage.py reconcile` is run."""

import csv
import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from office_files import roll_text, rutan_book

WORDS = ("--election", "pilkada-2024", "--tps", "33.16.09.1015/901", "--as-of", "2024-11-01")
FILES = ["candidates.csv", "people.csv", "summary.json"]


class Desk:
    """A folder with a roll and a register, and what the command says about files put on it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.out = folder, folder / "out"
        self.said, self.faults = "", ""
        self.roll = self.put("DPT.csv", roll_text())
        self.rutan = self.put("rutan.xlsx", rutan_book())

    def put(self, name: str, content: bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        return path

    def run(self, *words: object) -> None:
        out, err = io.StringIO(), io.StringIO()
        try:
            call_command("reconcile", *WORDS, *map(str, words), "--out", str(self.out), stdout=out, stderr=err)
        finally:
            self.said, self.faults = out.getvalue(), err.getvalue()

    def refused(self, *words: object) -> list[str]:
        """Return the sentences on stderr; nothing may have been written."""
        with pytest.raises(SystemExit) as stop:
            self.run(*words)
        assert stop.value.code == 2
        assert self.said == ""
        assert not self.out.exists()
        return self.faults.splitlines()

    def rows(self, name: str = "people.csv") -> list[dict[str, str]]:
        with (self.out / name).open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))

    @property
    def summary(self) -> dict[str, object]:
        found: dict[str, object] = json.loads((self.out / "summary.json").read_text(encoding="utf-8"))
        return found
