"""What an officer says of a file instead of what it was recognised as: its kind, heading rows and columns."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reconcile.reading.columns import IGNORED, fields_of, first_of_each, fold_heading
from reconcile.records import ListKind


@dataclass(frozen=True)
class ListMapping:
    """Where it says nothing, the file is read as recognised; so the empty one changes nothing.

    `fields`: our field by the office's heading as `Recognition` names it, "" for a column to be left out.
    Headings are compared by letters and digits only, so the same mapping serves the sender's next file.
    `header_rows`: the row of a sheet's heading (its first line, from 1), 0 for a sheet to be left out.
    """

    kind: ListKind | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    header_rows: Mapping[str, int] = field(default_factory=dict)

    def to_json(self) -> str:
        said = {"kind": self.kind, "fields": dict(self.fields), "header_rows": dict(self.header_rows)}
        return json.dumps(said, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "ListMapping":
        said: dict[str, Any] = json.loads(text)
        return cls(ListKind(said["kind"]) if said["kind"] else None, said["fields"], said["header_rows"])

    def apply(self, headings: Sequence[str], below: Sequence[str] | None = None) -> list[str]:
        """Return our field for each column of a heading: as said, else as known; each field once.

        `below`: the second line of the heading. What is said of one column takes the field from any other.
        """
        names = column_names(shown_headings(headings, below))
        said = {fold_heading(heading): ours or IGNORED for heading, ours in self.fields.items()}
        told = first_of_each([said.get(fold_heading(name), "") for name in names])
        known = fields_of(headings, below, taken=told)
        return [ours or guess for ours, guess in zip(told, known, strict=True)]


NOTHING_SAID = ListMapping()


def shown_headings(headings: Sequence[str], below: Sequence[str] | None) -> list[str]:
    """Return one heading a column: the second line's where it says something."""
    return [under or over for over, under in zip(headings, below, strict=True)] if below else list(headings)


def column_names(headings: Sequence[str]) -> list[str]:
    """Return a name for each column of a sheet that no other has: "NIK", "NIK (2)", "[C]" where no heading is."""
    names: list[str] = []
    times: dict[str, int] = {}
    for place, heading in enumerate(headings, start=1):
        said = " ".join(heading.split()) or f"[{letter_of(place)}]"
        times[said] = times.get(said, 0) + 1
        names.append(said if times[said] == 1 else f"{said} ({times[said]})")
    return names


def letter_of(column: int) -> str:
    """Return the letters over a column in a spreadsheet: 1 -> "A", 28 -> "AB"."""
    before, last = divmod(column - 1, 26)
    return (letter_of(before) if before else "") + chr(ord("A") + last)
