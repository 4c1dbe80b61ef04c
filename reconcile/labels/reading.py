"""Words for files: kinds of lists, refusals, what is wrong with a row, why a row is no record."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from reconcile.labels.words import Words
from reconcile.reading.problems import Ending, ProblemCode, Refusal
from reconcile.records import ListKind

KINDS: dict[ListKind, Words] = {
    ListKind.ROLL: _("Voter roll"),
    ListKind.MOVED: _("Moved-voter list"),
    ListKind.RUTAN: _("Rutan register"),
    ListKind.POLRES: _("Police register"),
}

# One sentence each: where, what, what to do. `%(detail)s` is never a cell's content.
REFUSALS: dict[Refusal, Words] = {
    Refusal.EMPTY: _("%(file)s: the file is empty; check that the right file was chosen and upload it again."),
    Refusal.NOT_A_LIST: _(
        "%(file)s: this is neither a voter roll nor a register of people in custody; "
        "choose the Excel or text file that the office made."
    ),
    Refusal.NO_HEADER: _(
        "%(file)s: no heading row was found; add a row with headings such as NAMA, NIK and TANGGAL LAHIR "
        "above the people and upload it again."
    ),
    Refusal.NO_PEOPLE: _(
        "%(file)s: there is a heading row but nobody below it; check the file with the office that sent it."
    ),
    Refusal.ENCRYPTED: _(
        "%(file)s: the file is locked with a password; open it in Excel, remove the password, save it and "
        "upload it again."
    ),
    Refusal.BROKEN: _("%(file)s: the file is damaged; ask for it again, or save it in Excel as a new .xlsx file."),
    Refusal.HTML: _(
        "%(file)s: this is a web page with the name of a workbook; open it in Excel, save it as .xlsx and "
        "upload it again."
    ),
    Refusal.TOO_LARGE: _("%(file)s: the file is too large; split it by district and upload the parts."),
    Refusal.DANGEROUS: _(
        "%(file)s: the file contains macros or other parts a list does not need; save it in Excel as a plain "
        ".xlsx file and upload it again."
    ),
    Refusal.AT_FORMAT_LIMIT: _(
        "%(file)s: the list ends exactly where the file format ends, so people may be missing; ask for it as "
        ".xlsx or as text."
    ),
    Refusal.ROWS_DISAGREE: _(
        "%(file)s: the number of rows read is not the number of rows in the file; open it in Excel, save it "
        "as a new .xlsx file and upload it again."
    ),
    Refusal.MIXED_KINDS: _("%(file)s: the sheets are lists of different kinds; save each kind as a file of its own."),
    Refusal.NO_READER: _(
        "%(file)s: reading took too long or too much memory and was stopped; open it in Excel, save it "
        "as a new .xlsx file and upload it again."
    ),
    Refusal.MIXED_CORRECTIONS: _(
        "%(file)s: the rows come from the correction workbooks of different lists; upload the workbook of each list "
        "by itself."
    ),
    Refusal.MISSING: _("%(file)s: there is no such file; check the name and the folder."),
}


@dataclass(frozen=True)
class ProblemWords:
    """`what` names the fault, `remedy` what the office can do about it; `said` what another cell says instead."""

    what: Words
    remedy: Words
    said: Words | None = None


_ASK_KTP = _("Copy the NIK from the KTP-el or the family card, as text.")
_AS_TEXT = _("Format the column as text and type the NIK again from the KTP-el.")
_CHECK_DATE = _("Check the date on the KTP-el.")
_BY_NIK = _("the NIK says %(said)s")

PROBLEMS: dict[ProblemCode, ProblemWords] = {
    ProblemCode.NIK_MISSING: ProblemWords(_("The NIK is missing."), _ASK_KTP),
    ProblemCode.NIK_SHORT: ProblemWords(_("The NIK has fewer than 16 digits."), _ASK_KTP),
    ProblemCode.NIK_LONG: ProblemWords(_("The NIK has more than 16 digits."), _ASK_KTP),
    ProblemCode.NIK_ROUNDED: ProblemWords(_("The NIK was kept as a number: Excel has lost its last digit."), _AS_TEXT),
    ProblemCode.NIK_LOST: ProblemWords(
        _("The NIK was shortened by Excel to something like 3.31E+15: most digits are lost."), _AS_TEXT
    ),
    ProblemCode.NIK_LETTERS: ProblemWords(_("Letters stand among the digits of the NIK."), _ASK_KTP),
    ProblemCode.NIK_JUNK: ProblemWords(_("This is no NIK, only digits that fill the cell."), _ASK_KTP),
    ProblemCode.NIK_TWICE: ProblemWords(
        _("Two rows carry the same NIK."), _("Check which of the two people the NIK belongs to.")
    ),
    ProblemCode.NIK_DATE_DIFFERS: ProblemWords(
        _("The birth date in the NIK is another one than in the list."),
        _("Check both on the KTP-el; a valid NIK may differ from the birth date."),
        _BY_NIK,
    ),
    ProblemCode.NIK_SEX_DIFFERS: ProblemWords(
        _("The NIK says another sex than the list."), _("Check both on the KTP-el.")
    ),
    ProblemCode.NIK_ZEROS: ProblemWords(
        _("Nearly all NIK of this sheet end in 0: Excel has rounded the column."),
        _("Ask for the list again with the NIK column formatted as text."),
    ),
    ProblemCode.NKK_UNUSABLE: ProblemWords(
        _("The family card number is not usable."), _("Not needed for matching; correct it if you can.")
    ),
    ProblemCode.NAME_MISSING: ProblemWords(_("The name is missing."), _("Fill in the name and upload again.")),
    ProblemCode.NAME_ODD: ProblemWords(
        _("The name contains digits or unusual marks."), _("Check the spelling on the KTP-el.")
    ),
    ProblemCode.DATE_UNREADABLE: ProblemWords(_("The date cannot be read."), _CHECK_DATE),
    ProblemCode.DATE_IMPOSSIBLE: ProblemWords(_("There is no such date."), _CHECK_DATE),
    ProblemCode.DATE_TWO_DIGIT_YEAR: ProblemWords(_("The year has only two digits."), _CHECK_DATE),
    ProblemCode.DATE_MONTH_FIRST: ProblemWords(_("The month stands before the day."), _CHECK_DATE),
    ProblemCode.DATE_SWAPPED: ProblemWords(
        _("By the NIK, day and month stand the other way round."), _CHECK_DATE, _BY_NIK
    ),
    ProblemCode.SEX_UNREADABLE: ProblemWords(_("The sex is neither L nor P."), _("Write L or P.")),
    ProblemCode.PLACE_UNKNOWN: ProblemWords(
        _("It is not clear in which village this TPS lies."),
        _("Write province, regency, district, village and TPS in full, in their columns or above the list."),
    ),
    ProblemCode.FORMULA_EMPTY: ProblemWords(
        _("This row holds a formula without a result: it was never computed, or ended as an error such as #REF!."),
        _("Open the file in Excel, mend the formula or type the value, save the file and upload it again."),
    ),
    ProblemCode.HIDDEN_SHEET: ProblemWords(
        _("The sheet is hidden and was not read."),
        _("Show it in Excel if its people belong to the list, or delete it, and upload the file again."),
    ),
    ProblemCode.HIDDEN_ROWS: ProblemWords(
        _("Some rows are hidden or filtered away; they were read all the same."),
        _("Remove the filter in Excel and check these rows."),
    ),
    ProblemCode.HIDDEN_COLUMN: ProblemWords(
        _("This column is hidden; it was read all the same."), _("Show it in Excel and check what it holds.")
    ),
    ProblemCode.COLUMNS_UNKNOWN: ProblemWords(
        _("This heading is not known; the column was not stored."),
        _("Nothing to do, unless the column holds names, NIK, dates or addresses."),
    ),
    ProblemCode.COLUMN_TWICE: ProblemWords(
        _("Another column says the same; only the first of the two was read."),
        _("Delete the column that does not count, or choose it when the columns are confirmed."),
    ),
    ProblemCode.TOTAL_DIFFERS: ProblemWords(
        _("The total in the sheet is not the number of people read."),
        _("Count the people of this sheet and ask the office which number is right."),
    ),
    ProblemCode.BAD_COLUMNS: ProblemWords(
        _("The row has more or fewer columns than the heading."),
        _("Check whether a separator is missing or too many."),
    ),
    ProblemCode.CORRECTS_NOTHING: ProblemWords(
        _("The row does not say which row of the list it corrects."),
        _("Leave the columns that begin with rutanvote as they were; send people who are new in a list of their own."),
    ),
    ProblemCode.CORRECTED_TWICE: ProblemWords(
        _("Two rows correct the same row of the list."), _("Keep the row that is right and delete the other.")
    ),
}

ENDINGS: dict[Ending, Words] = {
    Ending.TITLE: _("title"),
    Ending.IDENTITY: _("province to TPS"),
    Ending.HEADER: _("heading"),
    Ending.NUMBERING: _("column numbers"),
    Ending.TOTAL: _("total"),
    Ending.BLANK: _("empty row"),
    Ending.SIGNATURE: _("legend and signatures"),
    Ending.OTHER_SHEET: _("sheet without a list"),
    Ending.NO_NAME: _("rejected: nobody's name"),
    Ending.BAD_COLUMNS: _("rejected: wrong number of columns"),
}


def refusal_text(code: Refusal | str, file: str) -> str:
    """Return the one sentence that names the file and says what to do."""
    return str(REFUSALS[Refusal(code)]) % {"file": file}


def problem_text(code: ProblemCode | str, sheet: str, row: int, column: str, said: str = "") -> str:
    """Return one sentence of where, what and what to do: "Row 7, column NIK: The NIK is missing; copy it from …".

    `said`: what another cell of the row says, where the problem has such a thing.
    """
    words = PROBLEMS[ProblemCode(code)]
    parts = (
        (_("sheet %(sheet)s"), {"sheet": sheet}),
        (_("row %(row)s"), {"row": row}),
        (_("column %(column)s"), {"column": column}),
    )
    where = ", ".join(str(words) % value for words, value in parts if all(value.values()))
    sentence = _joined(what_is_wrong(code, said), str(words.remedy))
    return f"{where[:1].upper()}{where[1:]}: {sentence}" if where else sentence


def what_is_wrong(code: ProblemCode | str, said: str = "") -> str:
    """Return what is wrong as a sentence of its own, with what another cell says instead."""
    words = PROBLEMS[ProblemCode(code)]
    if not (said and words.said):
        return str(words.what)
    return f"{str(words.what).removesuffix('.')} ({str(words.said) % {'said': said}})."


def _joined(first: str, second: str) -> str:
    """Make one sentence of two. A word in capitals (NIK) keeps them."""
    begins = second[:1].lower() if second[1:2].islower() else second[:1]
    return f"{first.removesuffix('.')}; {begins}{second[1:]}"
