"""Personal names as registers and rolls write them -> name, alias, father's name (domain 7.1).

The alias and the father's name are evidence of their own and never part of the name. What a title
looks like is data: the tables at the top.
"""

import re
import unicodedata
from dataclasses import dataclass


def _table(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Always titles when they stand first. "R", "M", "A" alone are not: they can be initials.
TITLES_BEFORE = _table(
    """H HJ KH KHR HAJI HAJAH DRS DRA DR DRG DRH IR PROF RNGT RR NY NYI TN SDR SDRI GUS UST USTADZ USTAD
    USTADZAH KYAI NYAI ALM ALMH ALMARHUM ALMARHUMAH"""
)
# Titles after the name, without their dots. The short ones count only after a comma or with dots.
TITLES_AFTER = _table(
    """SPD SPDI SPDSD SH SE SEI ST SKOM SSOS SAG SHI SHUT SIP SIKOM SKEP SKM SKED SPT SP SSI SSN SS SFARM
    SPSI SAP SADM SAK STR STRKEB STP SSTP MPD MPDI MM MSI MH MHUM MT MKES MKOM MAP MA MSC MBA MAK
    MPSI AMD AMDKEB AMDKEP AMK AMKEB BA BSC LC CPA AK APT NERS NS PHD ALM ALMH ALMARHUM ALMARHUMAH"""
)
LONG_TITLES_AFTER = frozenset(title for title in TITLES_AFTER if len(title) >= 4) | {"SPD", "AMD", "ALM"}
ALIAS_WORDS = _table("ALIAS ALS AKA @")
FATHER_WORDS = _table("BIN BINTI BINTIN BT BTE BNT")
# "AL" opens an alias in a register ("SUNARDI AL KEBO") unless it is the Arabic article of one of these.
AFTER_ARTICLE = _table(
    """AMIN FATIH HAKIM RASYID HUDA ANSHORI ANSORI FARISI GHIFARI GIFARI HABSYI IDRUS JUFRI KAHFI KARIM
    KHOLIQ MAHDI MALIK MUBAROK MUNAWAR MUSTOFA QADRI QODRI RAHMAN ROSYID SHODIQ SIDIQ SYARIF ZAHRA
    AYYUBI AYUBI FARUQ GHOZALI GHAZALI HADI HAMID HASAN HUSEIN ISLAM JABAR KAUTSAR LATIF MAJID RIDHO
    RIZKI RIZQI FARABI BAIHAQI BUKHORI"""
)
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'"})
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_SPACES = re.compile(r"\s+")
_ODD, _ODD_IN_REGISTER = re.compile(r"[^A-Z' \-.,]"), re.compile(r"[^A-Z' \-.,@]")
_LETTER = re.compile(r"[A-Z]")
_PARENTHESIS = re.compile(r"\(([^()]*)\)?")


@dataclass(frozen=True)
class Name:
    """`name` in capitals without titles; `aliases` and `father` apart; `odd`: digits or marks were in it."""

    name: str
    aliases: tuple[str, ...] = ()
    father: str = ""
    odd: bool = False


def read_name(written: str, *, in_register: bool) -> Name:
    """Split one written name. In a roll only bin/binti is split off; a register also writes aliases."""
    text = _SPACES.sub(" ", _capitals(written).replace('"', " ")).strip(" .,;:-")
    asides = [aside.strip() for aside in _PARENTHESIS.findall(text)]
    asides = [aside for aside in asides if aside and aside.strip(" .") not in TITLES_AFTER]
    text = _PARENTHESIS.sub(" ", text)
    if in_register:
        text = text.replace("A.K.A", "AKA").replace("@", " @ ").replace("/", " ALIAS ").replace(" AL.", " ALS ")
    odd = _ODD_IN_REGISTER if in_register else _ODD
    is_odd = bool(odd.search(text)) or bool(asides and not in_register)
    name, aliases, father = _split_markers(_words(odd.sub(" ", text)), in_register)
    if in_register:
        aliases += [_plain(_ODD.sub(" ", aside)) for aside in asides]
    kept = tuple(dict.fromkeys(alias for alias in aliases if alias and alias != name))
    return Name(name or _plain(text), kept, father, is_odd)


def _capitals(written: str) -> str:
    """Return capitals without accents: what is left of a letter's marks would only keep equal names apart."""
    text = unicodedata.normalize("NFKD", written.translate(_QUOTES).upper())
    bare = "".join(letter for letter in text if not unicodedata.combining(letter))
    return _UNSEEN.sub("", bare).upper()


def _words(text: str) -> list[str]:
    """Cut into words and commas; "S.PD.I" stays one word, "M.SUPARNO" becomes two."""
    words: list[str] = []
    for word in text.replace(",", " , ").split():
        is_word = bool(_LETTER.search(word)) or (word in ",@" and bool(words))
        bare = word.strip(".") if is_word else ""
        if "." in bare and bare.replace(".", "") not in TITLES_AFTER | TITLES_BEFORE:
            words += [part for part in bare.split(".") if part]
        elif "." in bare:
            words.append(bare)
        elif bare:
            words.append(word.lstrip("."))
    return words


def _split_markers(words: list[str], in_register: bool) -> tuple[str, list[str], str]:
    """Walk the words: what follows a marker belongs to the alias or to the father until the next marker."""
    parts: list[tuple[str, list[str]]] = [("name", [])]
    for place, word in enumerate(words):
        kind = _marker(words, place, in_register) if parts[0][1] else ""
        if kind:
            parts.append((kind, []))
        else:
            parts[-1][1].append(word)
    name = _without_titles(parts[0][1])
    aliases = [_without_titles(found) for kind, found in parts[1:] if kind == "alias"]
    fathers = [_without_titles(found) for kind, found in parts[1:] if kind == "father"]
    return name, [alias for alias in aliases if alias], " ".join(father for father in fathers if father)


def _marker(words: list[str], place: int, in_register: bool) -> str:
    """Say what begins here. "B." and "AL" only count when something follows: they may be part of a name."""
    word, following = words[place].rstrip("."), (words[place + 1 :] or [""])[0].rstrip(".")
    if word in FATHER_WORDS or (in_register and words[place] == "B." and following):
        return "father"
    if not in_register:
        return ""
    if word in ALIAS_WORDS:
        return "alias"
    return "alias" if word == "AL" and following and following not in AFTER_ARTICLE else ""


def _without_titles(words: list[str]) -> str:
    """Strip titles before and after; never the last word left."""
    before_comma = words[: words.index(",")] if "," in words else words
    after_comma = [word for word in words[len(before_comma) :] if word != ","]
    after_comma = [word for word in after_comma if not _is_title_after(word, sure=bool(before_comma))]
    kept = before_comma + after_comma
    while len(kept) > 1 and kept[0].replace(".", "") in TITLES_BEFORE:
        kept = kept[1:]
    while len(kept) > 1 and _is_title_after(kept[-1], sure=False):
        kept = kept[:-1]
    return _plain(" ".join(kept))


def _is_title_after(word: str, *, sure: bool) -> bool:
    """`sure`: the word stands after a comma, where even two letters are a title."""
    bare = word.replace(".", "")
    if bare not in TITLES_AFTER:
        return False
    return sure or "." in word.rstrip(".") or bare in LONG_TITLES_AFTER


def _plain(text: str) -> str:
    return _SPACES.sub(" ", re.sub(r"[.,@]", " ", text)).strip(" -'")
