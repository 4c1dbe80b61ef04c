"""What can be wrong with a file, a row or a cell. Codes only: the sentences are in `reconcile.labels`."""

from dataclasses import dataclass, field
from enum import StrEnum


class Refusal(StrEnum):
    """Why a whole file is refused; nothing of it is kept."""

    EMPTY = "empty"  # no bytes, or no cell filled
    NOT_A_LIST = "not_a_list"  # neither a workbook nor a text table, or no columns we know
    NO_HEADER = "no_header"  # cells, but no heading row
    NO_PEOPLE = "no_people"  # a heading row with nobody below it
    ENCRYPTED = "encrypted"
    BROKEN = "broken"  # truncated, damaged, or not what its first bytes say
    HTML = "html"  # a web page saved under the name of a workbook
    TOO_LARGE = "too_large"
    DANGEROUS = "dangerous"  # a zip bomb, macros, entities
    AT_FORMAT_LIMIT = "at_format_limit"  # the list ends where the format ends: rows may have fallen off
    ROWS_DISAGREE = "rows_disagree"  # the reader sees other rows than the file holds
    MIXED_KINDS = "mixed_kinds"  # sheets of different kinds in one workbook
    NO_READER = "no_reader"  # the reading process died or ran out of time
    MISSING = "missing"  # no such file
    MIXED_CORRECTIONS = "mixed_corrections"  # a correction workbook with rows of two lists


class Refused(Exception):
    """The file cannot be read as a list. Carries a code, never a cell's content."""

    def __init__(self, code: Refusal, file: str = "", detail: str = "") -> None:
        super().__init__(code.value)
        self.code = code
        self.file = file
        self.detail = detail


class Ending(StrEnum):
    """Why a row is no record: skipped rows are nobody's data, rejected rows may be."""

    TITLE = "title"
    IDENTITY = "identity"  # the block that names province to TPS
    HEADER = "header"
    NUMBERING = "numbering"  # the row 1, 2, 3 ... under the heading
    TOTAL = "total"
    BLANK = "blank"
    SIGNATURE = "signature"  # legend and signature block
    OTHER_SHEET = "other_sheet"  # a row of a sheet that holds no list
    NO_NAME = "no_name"  # rejected: a row with data but nobody's name
    BAD_COLUMNS = "bad_columns"  # rejected: more or fewer fields than the heading


REJECTED = frozenset({Ending.NO_NAME, Ending.BAD_COLUMNS})


class ProblemCode(StrEnum):
    """What is wrong with a cell of a record that is kept, or with a row that is not."""

    NIK_MISSING = "nik_missing"
    NIK_SHORT = "nik_short"
    NIK_LONG = "nik_long"
    NIK_ROUNDED = "nik_rounded"
    NIK_LOST = "nik_lost"
    NIK_LETTERS = "nik_letters"
    NIK_JUNK = "nik_junk"
    NIK_TWICE = "nik_twice"  # two rows of this file carry the same NIK
    NIK_DATE_DIFFERS = "nik_date_differs"  # a warning: a valid NIK may disagree
    NIK_SEX_DIFFERS = "nik_sex_differs"
    NIK_ZEROS = "nik_zeros"  # so many NIK end in 0 that Excel must have rounded the column
    NKK_UNUSABLE = "nkk_unusable"
    NAME_MISSING = "name_missing"
    NAME_ODD = "name_odd"  # digits or marks in a name
    DATE_UNREADABLE = "date_unreadable"
    DATE_IMPOSSIBLE = "date_impossible"  # 31-02-1990
    DATE_TWO_DIGIT_YEAR = "date_two_digit_year"
    DATE_MONTH_FIRST = "date_month_first"  # 12/25/1990
    DATE_SWAPPED = "date_swapped"  # the NIK says day and month stand the other way round
    SEX_UNREADABLE = "sex_unreadable"
    PLACE_UNKNOWN = "place_unknown"  # the sheet does not say, or the tables do not know, where its TPS lies
    FORMULA_EMPTY = "formula_empty"  # a formula whose result the file does not hold
    HIDDEN_SHEET = "hidden_sheet"
    HIDDEN_ROWS = "hidden_rows"
    HIDDEN_COLUMN = "hidden_column"
    COLUMNS_UNKNOWN = "columns_unknown"  # headings nobody knows: said, not stored
    COLUMN_TWICE = "column_twice"  # a second column for the same field: the first is read
    TOTAL_DIFFERS = "total_differs"  # the sheet's own total is not the number of people read
    BAD_COLUMNS = "bad_columns"
    CORRECTS_NOTHING = "corrects_nothing"  # a row of a correction workbook that names no row of the list
    CORRECTED_TWICE = "corrected_twice"  # two rows of a correction workbook name the same row


@dataclass(frozen=True)
class Problem:
    """One thing a person must look at. `row` is the office's row number, 0 for a whole sheet or file."""

    code: ProblemCode
    sheet: str
    row: int
    column: str  # the office's own heading
    value: str = field(default="", repr=False)  # the cell as written: personal data, never for a log
    said: str = field(default="", repr=False)  # what another cell says instead: the NIK's date, as DD-MM-YYYY
