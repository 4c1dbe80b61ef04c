"""An election's definition as the text an administrator edits, and where in that text something stands."""

import re
from typing import Any

import tomli_w

from reconcile.deciding.election_parts import Election, Label


def election_to_text(election: Election) -> str:
    """Return the definition as TOML; `election_from_text` reads it back unchanged."""
    return tomli_w.dumps(election.to_dict())


def doubts_of(definition: Any, path: str = "") -> list[tuple[str, Label]]:
    """Return every doubt a definition names, with the path of what is in doubt, in the order of the text."""
    if isinstance(definition, list):
        return [each for i, inner in enumerate(definition) for each in doubts_of(inner, f"{path}[{i}]")]
    if not isinstance(definition, dict):
        return []
    mine = definition.get("doubt") or (definition.get("text") if path.startswith("doubts[") else None)
    inner = [each for key, value in definition.items() for each in doubts_of(value, f"{path}.{key}".lstrip("."))]
    return [(path, mine), *inner] if mine else inner


def line_of(text: str, path: str) -> int | None:
    """Return the line on which `path` ("deadlines[1].reasons") is written, else that on which its table begins.

    None: nowhere. Tables written as `[[deadlines]]`, `[reserve]` and `[categories.moved]` are found: enough to point.
    """
    lines = text.splitlines()
    start, table, begins = 0, "", None
    for name, number in re.findall(r"([\w-]+)(?:\[(\d+)\])?", path):
        if key := _key_in(lines, start, name):  # first: a later table of this name may belong to another entry
            return key
        table = f"{table}.{name}".lstrip(".")
        headers = [i for i in range(start, len(lines)) if re.match(rf"\[+\s*{re.escape(table)}\s*\]", lines[i])]
        if len(headers) > int(number or 0):
            start = headers[int(number or 0)]
            begins = start + 1
    return begins


def _key_in(lines: list[str], start: int, name: str) -> int | None:
    """Return the line of a key of the table that begins at `start`."""
    for i, line in enumerate(lines[start:], start=start):
        if i > start and line.startswith("["):
            return None
        if re.match(rf"\s*{re.escape(name)}\s*[=.]", line):
            return i + 1
    return None
