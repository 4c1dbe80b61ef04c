"""A whole roll inspected, column by column."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from reconcile.deciding.election_parts import Election
from reconcile.diffing.lists import Ints, Mask, plain
from reconcile.diffing.parts import Stage
from reconcile.diffing.sides import Side, make_side
from reconcile.inspecting.parts import CHECKS, FINDINGS, Check
from reconcile.matching import Double, MatchOptions, find_doubles
from reconcile.reading.checking import against_rows, dates_in
from reconcile.reading.problems import ProblemCode
from reconcile.records import NikQuality

Progress = Callable[[str, int, int], None]

OLDEST = 115  # years; the oldest Indonesians whose age anybody has proved were younger
NOBODY = -1


@dataclass(frozen=True)
class _Found:
    """Rows of one check, with what is said of them."""

    check: Check
    row: Ints
    other: Ints | None = None
    percent: Ints | None = None
    said: list[str] | None = None

    def table(self) -> pa.Table:
        n = len(self.row)
        none = np.full(n, NOBODY)
        columns = (
            np.full(n, CHECKS.index(self.check)), self.row, none if self.other is None else self.other,
            none if self.percent is None else self.percent, [""] * n if self.said is None else self.said,
        )  # fmt: skip
        return pa.table(
            [pa.array(column).cast(field.type) for column, field in zip(columns, FINDINGS, strict=True)],
            schema=FINDINGS,
        )


def inspect_roll(
    stage: Stage,
    election: Election,
    options: MatchOptions | None = None,
    *,
    progress: Progress | None = None,
) -> pa.Table:
    """Return what was found (`FINDINGS`), by check, then in the order of the rows, the likeliest pairs first.

    Rows that a remark strikes are no voters and are not looked at. Of rows with one NIK each is held against the
    first other one; of rows that are likely one person each pair is told once.
    """
    tell = progress or (lambda step, done, total: None)
    tell("inspecting", 0, 2)
    side = make_side(stage, election)
    rows = np.flatnonzero(~side.strikes)
    voters = stage.table.take(pa.array(rows))
    found = [*_of_rows(voters, election), *_of_stations(side, rows, election)]
    found.append(_Found(Check.CODE_UNKNOWN, np.flatnonzero(side.odd[rows])))
    tell("inspecting", 1, 2)
    doubles = find_doubles(voters, options)
    found += _of_pairs(voters, doubles, election)
    tell("inspecting", 2, 2)
    by_check = sorted(found, key=lambda one: CHECKS.index(one.check))
    local = pa.concat_tables([one.table() for one in by_check])
    for name in ("row", "other"):
        place = local[name].to_numpy()
        column = np.where(place == NOBODY, NOBODY, rows[np.maximum(place, 0)]) if len(rows) else place
        local = local.set_column(local.column_names.index(name), FINDINGS.field(name), [pa.array(column, pa.int32())])
    return local


def _of_rows(voters: pa.Table, election: Election) -> Iterator[_Found]:
    """Yield what each row says against itself."""
    yield from _of_ages(voters, election)
    niks, dates = plain(voters, "nik"), plain(voters, "birth_date")
    wrong = against_rows(niks, dates, plain(voters, "sex"))
    dated = np.flatnonzero(wrong[ProblemCode.NIK_DATE_DIFFERS] | wrong[ProblemCode.DATE_SWAPPED])
    taken = pa.array(dated)
    yield _Found(Check.NIK_DATE_DIFFERS, dated, said=dates_in(niks.take(taken), dates.take(taken)))
    yield _Found(Check.NIK_SEX_DIFFERS, np.flatnonzero(wrong[ProblemCode.NIK_SEX_DIFFERS]))
    quality = plain(voters, "nik_quality").cast(pa.string())
    usable = pc.and_(pc.is_valid(niks), pc.equal(quality.fill_null(NikQuality.OK.value), NikQuality.OK.value))
    yield _Found(Check.NIK_UNUSABLE, np.flatnonzero(~np.asarray(usable)))


def _of_ages(voters: pa.Table, election: Election) -> Iterator[_Found]:
    """Yield who is too young, and whose birth cannot be (UU 7/2017 Pasal 198: 17 on voting day, or married)."""
    born = plain(voters, "birth_date")
    stated = plain(voters, "birth_year")
    year = np.asarray(pc.coalesce(pc.year(born), stated.cast(pa.int64())).fill_null(0))
    # Where only the year is known, it is judged by the day on which somebody of that year is oldest.
    day = np.asarray(pc.add(pc.multiply(pc.month(born), 100), pc.day(born)).fill_null(101))
    voting = election.voting_day
    age = voting.year - year - (day > voting.month * 100 + voting.day)
    known = year > 0
    is_impossible = known & ((age < 0) | (age > OLDEST))
    unreadable = ~known & np.asarray(pc.not_equal(plain(voters, "birth_raw").fill_null(""), ""))
    young = known & ~is_impossible & (age < election.minimum_age)
    marital = plain(voters, "marital").cast(pa.string())
    married = np.asarray(pc.is_in(marital, value_set=pa.array(election.adult_by_marriage, pa.string())))
    yield _Found(Check.DATE_IMPOSSIBLE, np.flatnonzero(is_impossible | unreadable))
    yield _Found(Check.UNDER_AGE, np.flatnonzero(young & ~married))
    yield _Found(Check.MARRIED_MINOR, np.flatnonzero(young & married))
    yield _Found(Check.AGE_UNKNOWN, np.flatnonzero(~known & ~unreadable))


def _of_stations(side: Side, rows: Ints, election: Election) -> Iterator[_Found]:
    """Yield the TPS that have more voters than one may have; each stands at its first voter."""
    coded = side.table["station"].take(pa.array(rows)).combine_chunks().dictionary_encode()
    stations = coded.dictionary.to_pylist()
    code = coded.indices.fill_null(len(stations)).to_numpy()
    voters = np.bincount(code, minlength=len(stations) + 1)[: len(stations)]
    limit = election.max_voters
    excepted = [limit.special_may_exceed and election.is_special_tps(one.split("-")[1]) for one in stations]
    large = np.flatnonzero((voters > limit.per_tps) & ~np.array(excepted, bool))
    first = [int(np.argmax(code == one)) for one in large]
    order = np.argsort(first, kind="stable")
    yield _Found(Check.TPS_TOO_LARGE, np.array(first, np.int64)[order], said=[str(voters[one]) for one in large[order]])


def _of_pairs(voters: pa.Table, doubles: tuple[Double, ...], election: Election) -> Iterator[_Found]:
    """Yield rows that share a NIK, and pairs that are likely one person; at home and in custody is told by itself."""
    special = _special(voters, election)
    split = {(one.left, one.right): one for one in doubles if special[one.left] != special[one.right]}
    likely = [one for one in doubles if (one.left, one.right) not in split and not one.same_number]
    for check, pairs in ((Check.SPECIAL_AND_HOME, [*split.values()]), (Check.LIKELY_TWICE, likely)):
        row, other, percent = (
            np.array([(one.left, one.right, _percent(one)) for one in pairs], np.int64).reshape(-1, 3).T
        )
        yield _Found(check, row, other, percent)
    told = {frozenset(pair) for pair in split}
    row, other = _same_nik(plain(voters, "nik"))
    kept = [frozenset(pair) not in told for pair in zip(row.tolist(), other.tolist(), strict=True)]
    yield _Found(Check.NIK_TWICE, row[kept], other[kept])


def _percent(double: Double) -> int:
    """Return a probability in whole percent, never rounded up to certainty."""
    return min(99, round(100 * double.probability))


def _special(voters: pa.Table, election: Election) -> Mask:
    numbers = plain(voters, "tps").cast(pa.string()).fill_null("").dictionary_encode()
    special: Mapping[str, bool] = {one: election.is_special_tps(one) for one in numbers.dictionary.to_pylist()}
    return np.array([*special.values()], bool)[numbers.indices.to_numpy()]


def _same_nik(niks: pa.Array) -> tuple[Ints, Ints]:
    """Return each row whose NIK stands elsewhere too, and the first other row that has it."""
    code = niks.dictionary_encode().indices.fill_null(NOBODY).to_numpy().astype(np.int64)
    order = np.argsort(code, kind="stable")
    order = order[code[order] != NOBODY]
    begins = np.ones(len(order), bool)
    begins[1:] = code[order][1:] != code[order][:-1]
    start = np.maximum.accumulate(np.where(begins, np.arange(len(order)), 0))
    several = ~begins
    several[:-1] |= several[1:] & begins[:-1]
    at = np.flatnonzero(several)
    row = order[at]
    other = np.where(begins[at], order[np.minimum(at + 1, max(0, len(order) - 1))], order[start[at]])
    by_row = np.argsort(row, kind="stable")
    return row[by_row], other[by_row]
