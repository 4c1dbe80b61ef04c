"""Paths -> results: files are opened in up to two processes, and understood as each one is there."""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from reconcile.reading.mapping import NOTHING_SAID, ListMapping
from reconcile.reading.problems import Refused
from reconcile.reading.raw import Raw, RawSheet
from reconcile.reading.results import ReadResult
from reconcile.reading.text import read_text
from reconcile.reading.understanding import understand
from reconcile.reading.workbook import Asked, Wanted, is_workbook, read_workbooks

WHOLE = 1_000  # parts into which the work on a file is divided for whoever waits
_READ = 800  # of these until all cells are there

Outcome = ReadResult | Refused


def read_list(
    path: Path,
    *,
    name: str | None = None,
    near: str = "",
    mapping: ListMapping = NOTHING_SAID,
    tick: Callable[[int, int], None] | None = None,
) -> ReadResult:
    """Read one file. `name`: what the office calls it; `near`: code of the regency it is about.

    `mapping`: what an officer says of it. `tick(done, total)` is called from another thread as the work goes on.
    Raises Refused when the file is no list or cannot be read whole.
    """
    (found,) = read_lists(
        [path], names=[name or path.name], near=near, mapping=mapping,
        tick=tick and (lambda _place, done: tick(done, WHOLE)),
    )  # fmt: skip
    if isinstance(found, Refused):
        raise found
    return found


def read_cells(path: Path, mapping: ListMapping = NOTHING_SAID, wanted: Wanted | None = None) -> list[RawSheet]:
    """Read the cells of one file as written, nothing understood. Raises Refused.

    `wanted`: rows (from 0) of each sheet; of a workbook's other rows the texts are left empty, to save memory.
    """
    if not is_workbook(path):
        return [read_text(path, mapping)]
    found: list[Raw] = []
    read_workbooks([path], lambda _place, raw: found.append(raw), Asked(wanted=wanted))
    if isinstance(found[0], Refused):
        raise found[0]
    return found[0]


def distinct_names(paths: Sequence[Path]) -> list[str]:
    """Name files as the office does; files of one name keep so many folders that a row is never ambiguous."""
    names = [path.name for path in paths]
    for longer in ([f"{path.parent.name}/{path.name}" for path in paths], [str(path) for path in paths]):
        counts = Counter(names)
        names = [name if counts[name] == 1 else other for name, other in zip(names, longer, strict=True)]
    return names


def read_lists(
    paths: Sequence[Path],
    *,
    names: Sequence[str] | None = None,
    near: str = "",
    mapping: ListMapping = NOTHING_SAID,
    each: Callable[[int, Outcome], None] | None = None,
    tick: Callable[[int, int], None] | None = None,
) -> list[Outcome]:
    """Read files, workbooks in up to two processes; return a result or a refusal for each, in order.

    `names`: what the offices call the files (default: their own names, `distinct_names`). From several threads,
    `each(place, outcome)` is called as each file is done, `tick(place, thousandths)` as the work on it goes on.
    """
    called = names or distinct_names(paths)
    outcomes: dict[int, Outcome] = {}

    def tell(place: int, share: float) -> None:
        if tick:
            tick(place, round(share * _READ))

    def finish(place: int, raw: Raw) -> None:
        tell(place, 1)
        outcomes[place] = _outcome(raw, called[place], near, mapping)
        if tick:
            tick(place, WHOLE)
        if each:
            each(place, outcomes[place])

    workbooks = [place for place, path in enumerate(paths) if not _finish_text(place, path, finish, mapping)]
    if workbooks:
        asked = Asked(tick=lambda nth, share: tell(workbooks[nth], share))
        read_workbooks([paths[place] for place in workbooks], lambda nth, raw: finish(workbooks[nth], raw), asked)
    return [outcomes[place] for place in range(len(paths))]


def _finish_text(place: int, path: Path, finish: Callable[[int, Raw], None], mapping: ListMapping) -> bool:
    """Read a file that is no workbook; return whether it was none."""
    try:
        if is_workbook(path):
            return False
        finish(place, [read_text(path, mapping)])
    except Refused as refused:
        finish(place, refused)
    return True


def _outcome(raw: Raw, file: str, near: str, mapping: ListMapping) -> Outcome:
    try:
        if isinstance(raw, Refused):
            raise raw
        return understand(raw, file, near, mapping)
    except Refused as refused:
        refused.file = file
        return refused
