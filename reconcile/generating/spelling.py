"""The spelling classes of Indonesian names (domain 7.2): ways one name is rightly written."""

from random import Random

WHOLE_WORDS: dict[str, tuple[str, ...]] = {
    "MUHAMMAD": ("MUHAMAD", "MOHAMMAD", "MOHAMAD", "MOCHAMAD", "MUKHAMAD", "MOCH", "MOH", "MUH.", "M."),
    "MOHAMMAD": ("MUHAMMAD", "MOHAMAD", "MOCHAMMAD", "MOH.", "M."),
    "MOCHAMAD": ("MUHAMMAD", "MOHAMAD", "MOCHAMMAD", "MOCH.", "M."),
    "MOH": ("MUHAMMAD", "MOH.", "MUH", "M."),
    "AHMAD": ("ACHMAD", "AKHMAD", "ACH."),
    "ACHMAD": ("AHMAD", "AKHMAD", "ACH."),
    "ABDUL": ("ABDOEL", "ABD.", "ABD"),
    "NUR": ("NOOR", "NOER", "NOR"),
    "NOOR": ("NUR", "NOER"),
    "SITI": ("SITTI", "ST."),
    "MUSTA'IN": ("MUSTAIN",),
    "MA'RUF": ("MARUF", "MAKRUF"),
    "ROFI'AH": ("ROFIAH", "ROFIKAH"),
}

# From -> to; most hold in both directions and are then listed twice.
SUBSTITUTIONS: tuple[tuple[str, str], ...] = (
    ("U", "OE"),
    ("OE", "U"),
    ("J", "DJ"),
    ("DJ", "J"),
    ("C", "TJ"),
    ("NY", "NJ"),
    ("SY", "SJ"),
    ("SY", "S"),
    ("CH", "KH"),
    ("KH", "CH"),
    ("KH", "K"),
    ("KH", "H"),
    ("F", "P"),
    ("V", "P"),
    ("V", "F"),
    ("Z", "J"),
    ("Z", "S"),
    ("Q", "K"),
    ("TH", "T"),
    ("DH", "D"),
    ("I", "Y"),
    ("Y", "I"),
    ("IY", "I"),
    ("AI", "AE"),
    ("AE", "AI"),
    ("AU", "O"),
    ("NN", "N"),
    ("SS", "S"),
    ("LL", "L"),
    ("N", "NN"),
    ("'", ""),
)
_CLUSTERS = {"J": "DNS", "C": "STKM", "U": "OA", "I": "AEI", "Y": "NS", "N": "N"}  # not after these letters


def respell(word: str, rng: Random) -> str | None:
    """Return `word` written another accepted way, or None when no class applies."""
    if word in WHOLE_WORDS:
        return rng.choice(WHOLE_WORDS[word])
    ways = [(old, new, place) for old, new in SUBSTITUTIONS for place in _places(word, old)]
    if word.endswith("O") and len(word) > 4:
        ways.append(("O", "A", len(word) - 1))  # Javanese: Suprapto, Suprapta
    if not ways or len(word) < 4:
        return None
    old, new, place = rng.choice(ways)
    return word[:place] + new + word[place + len(old) :]


def _places(word: str, part: str) -> list[int]:
    """Return where `part` may be exchanged: not where it belongs to a longer cluster, nor at the end."""
    found = []
    for place in range(len(word) - len(part)):
        if not word.startswith(part, place):
            continue
        if place and word[place - 1] in _CLUSTERS.get(part, ""):
            continue
        if part == "N" and not _between_vowels(word, place):
            continue
        if part in ("I", "U") and word[place + 1] in "AIUEO":
            continue
        found.append(place)
    return found


def _between_vowels(word: str, place: int) -> bool:
    return 0 < place < len(word) - 1 and word[place - 1] in "AIUEO" and word[place + 1] in "AIUEO"
