"""What a register says of nationality and occupation, where it bears on the vote. Free text, read with care:
whoever cannot be told gets no verdict.
"""

import re

from reconcile.deciding.countries import COUNTRIES
from reconcile.regions import fold

_INDONESIAN = frozenset({"WN", "RI", "ID", "IDN", "NKRI"})
_FOREIGN = frozenset({"ASING", "WARGANEGARAASING", "WARGAASING", "FOREIGN", "FOREIGNER"})
_CITIZEN_OF = re.compile(r"^(?:WARGANEGARA|WARGA|WNA|WN|KEBANGSAAN)")

_FORMER = re.compile(r"PENSIUN|PURN|MANTAN|BEKAS|PECAT|PTDH|VETERAN|\bEKS\b|\bEX\b")
_CIVIL = re.compile(
    r"\b(?:PNS|ASN|PPPK|P3K|CPNS|HONORER|KARYAWAN|SATPAM|SECURITY|CALON|ISTRI|SUAMI|ANAK|KELUARGA)\b"
    r"|PAMONG|SATPOL|POL PP|HUTAN|POLHUT|POLSUS|KHUSUS"
)
_SERVING = re.compile(r"\b(?:TNI|TNIAD|TNIAL|TNIAU|POLRI|POLISI|KEPOLISIAN|BRIMOB|TENTARA)\b")


def is_foreign(nationality: str | None) -> bool | None:
    """Say whether a nationality as written is not Indonesian; None for nothing written, or nothing known."""
    word = fold(nationality or "")
    if not word:
        return None
    if word.startswith(("WNI", "INDONESIA")) or word in _INDONESIAN:
        return False
    of = _CITIZEN_OF.sub("", word)
    if of.startswith("INDONESIA"):
        return False
    if word.startswith("WNA") or word in _FOREIGN or word in COUNTRIES or of in COUNTRIES:
        return True
    return None


def is_serving(occupation: str | None) -> bool | None:
    """Say whether an occupation as written is active service in TNI or Polri (UU 7/2017 Pasal 200).

    The retired and dismissed may vote, and so may civil servants of either. None: nothing written, or words
    that fit both ("PNS/TNI/POLRI").
    """
    text = re.sub(r"[^A-Z0-9/,;]+", " ", (occupation or "").upper()).strip(" /,;")
    if not text:
        return None
    if _FORMER.search(text):
        return False
    parts = [part for part in re.split(r"[/,;]", text) if part.strip()]
    answers = {bool(_SERVING.search(part)) and not _CIVIL.search(part) for part in parts}
    return answers.pop() if len(answers) == 1 else None
