"""The class of a register number, however an office writes it: "BIIa 176/2024" -> "B.IIa"."""

import re

_PREFIX = re.compile(r"^(?:(?:NOMOR|NO|REGISTRASI|REGISTER|REG|NR)\b[\s.:]*)+")
_RUNNING_NUMBER = re.compile(r"^\d+\s*[/.-]\s*(?=[ABCDF])")
_SEPARATED = r"[\s./-]*"
# Roman digits, with a small l typed for I. A longer one is tried first: "III" is no "I".
_ROMAN = re.compile(
    rf"""^(?:
        (?P<a>A) {_SEPARATED} (?P<stage>[IL]{{3}}|[IL]{{2}}|[IL]V|V|[IL])
      | (?P<b>B) {_SEPARATED} (?:(?P<three>[IL]{{3}})S? | (?P<two>[IL]{{2}}) (?:{_SEPARATED}(?P<part>[AB]))?
                                 | (?P<one>[IL]))
    ) (?![A-Z])""",
    re.VERBOSE,
)
# Arabic digits only where they cannot be the running number: a part letter, or number and year, must follow.
_ARABIC = re.compile(
    rf"^(?P<letter>[AB]){_SEPARATED}(?P<digit>[1-5])(?:(?P<part>[AB])(?![A-Z])|(?=[\s./-]+\d+[\s./-]+\d{{4}}))"
)
_LETTER = re.compile(rf"^([ABCDF])(?!{_SEPARATED}[A-Z])")
_STAGES = {"1": "I", "2": "II", "3": "III", "4": "IV", "5": "V"}


def register_class(number: str | None) -> str:
    """Return the class a register number begins with, "" where it cannot be read.

    A.I to A.V (detained, by the authority), B.I, B.IIa, B.IIb, B.III (sentenced), C, D, F. Where only part of
    the class is written the part is returned ("B.II", "B"): that somebody is sentenced is worth knowing.
    """
    text = _PREFIX.sub("", (number or "").upper().strip(" .:'\t\xa0"))
    text = _RUNNING_NUMBER.sub("", text)
    if roman := _ROMAN.match(text):
        return _from_roman(roman)
    if arabic := _ARABIC.match(text):
        return _from_arabic(arabic)
    letter = _LETTER.match(text)
    return letter[1] if letter else ""


def _from_roman(found: re.Match[str]) -> str:
    if found["a"]:
        return f"A.{found['stage'].replace('L', 'I')}"
    if found["three"]:
        return "B.III"
    return f"B.II{(found['part'] or '').lower()}" if found["two"] else "B.I"


def _from_arabic(found: re.Match[str]) -> str:
    letter, digit, part = found["letter"], found["digit"], found["part"]
    is_possible = letter == "A" and not part or letter == "B" and (digit == "2" or digit in "13" and not part)
    return f"{letter}.{_STAGES[digit]}{(part or '').lower()}" if is_possible else ""
