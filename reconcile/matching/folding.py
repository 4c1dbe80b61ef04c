"""Spelling classes of Indonesian names (domain 7.2): one comparison key per class; the raw name is shown."""

import re
from functools import lru_cache

_FAMILIES = {
    "MUHAMAD": """MUHAMMAD MUHAMAD MOHAMMAD MOHAMAD MOCHAMMAD MOCHAMAD MUCHAMMAD MUCHAMAD MUKHAMMAD MUKHAMAD MOKHAMAD
        MOKHAMMAD MOHAMED MUHAMMED MUCH MOCH MOH MUH MHD MD MUHD MOHD MUKH MUHAMMADD""",
    "AHMAT": "AHMAD ACHMAD AKHMAD AHMAT ACHMAT AKHMAT ACH AKH AHMED",
    "ABDUL": "ABDUL ABDOEL ABD ABDU ABDL",
    "NUR": "NUR NOOR NOER NOR NURR",
    "SITI": "SITI SITTI SITY ST STI SITIE",
    "SRI": "SRI SRIE SRY",
}
_FAMILY = {spelling: key for key, spellings in _FAMILIES.items() for spelling in spellings.split()}
_DOUBLED = re.compile(r"(.)\1+")
# Applied in this order to a word in capitals. Old spelling first, then sounds, then doubled letters.
_RULES = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        (r"OE", "U"), (r"DJ", "J"), (r"TJ", "C"), (r"NJ", "NY"), (r"SJ", "SY"), (r"CH", "KH"), (r"KH", "H"),
        (r"SY|SH|TS", "S"), (r"TH", "T"), (r"D[HZ]", "D"), (r"Q", "K"), (r"X", "KS"), (r"Z", "S"), (r"[FV]", "P"),
        (r"IE", "I"), (r"A[EIY]", "E"), (r"AU", "O"), (r"Y", "I"), (r"D$", "T"), (r"B$", "P"), (r"([A-Z])\1+", r"\1"),
    )
)  # fmt: skip


@lru_cache(maxsize=1 << 20)
def fold_word(word: str) -> str:
    """Return the key of one word's spelling class: MOCHAMMAD -> MUHAMAD, DJOKO -> JOKO, ZAENAL -> SENAL."""
    family = _FAMILY.get(word) or _FAMILY.get(_DOUBLED.sub(r"\1", word))
    if family:
        return family
    for pattern, by in _RULES:
        word = pattern.sub(by, word)
    return word
