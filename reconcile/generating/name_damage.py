"""How a register writes a name: slips of the pen, other spellings, and what is added around it (domain 7)."""

from random import Random

from reconcile.generating import names
from reconcile.generating.damage import Damage, Dice
from reconcile.generating.people import Person
from reconcile.generating.spelling import respell
from reconcile.records import Sex

CUT_AT = 20  # characters some programs keep of a name
LETTERS = "ABCDEFGHIJKLMNOPRSTUWY"
SPLIT_AFTER = ("SRI", "NUR", "TRI", "DWI", "SU", "SITI", "KHOI", "ABD", "PUR", "SETYO")
TITLES: dict[Sex, tuple[str, ...]] = {
    Sex.MALE: ("H. ", "H ", "DRS. ", "IR. ", "KH. ", "DR. ", "R. "),
    Sex.FEMALE: ("HJ. ", "HJ ", "DRA. ", "DR. ", "NY. "),
}
DEGREES = (", S.PD", " S.PD.I", ", S.H", ", SE", " A.MD", ", S.KOM", " SH", ", S.AG")
ALIAS_MARKS = (" ALS ", " ALIAS ", " AL ", " ALS. ", " @ ", " Als ")


def write_name(person: Person, dice: Dice) -> str:
    """Return the name cell: the damaged name with title, alias and father's name, as one text."""
    words = with_slips(person.name.split(), dice)
    text = " ".join(words)
    if len(text) > CUT_AT and dice.falls(Damage.NAME_CUT):
        dice.note(Damage.NAME_CUT)
        text = text[:CUT_AT].rstrip()
    text = _titled(text, person.sex, dice)
    if dice.falls(Damage.NAME_ALIAS):
        dice.note(Damage.NAME_ALIAS)
        text += dice.rng.choice(ALIAS_MARKS) + _nickname(person.name, dice.rng)
    if dice.falls(Damage.NAME_FATHER):
        dice.note(Damage.NAME_FATHER)
        text += _child_of(person, dice.rng)
    if dice.falls(Damage.NAME_CASE):
        dice.note(Damage.NAME_CASE)
        return " ".join(word.capitalize() for word in text.split(" "))
    return text


def with_slips(words: list[str], dice: Dice) -> list[str]:
    """Apply every slip that falls and fits; one word at least remains."""
    rng = dice.rng
    if len(words) > 1:
        words = _fewer_words(words, dice)
    for kind, slip in ((Damage.NAME_SPELLING, respell), (Damage.NAME_LETTER, _letter_slip)):
        if dice.falls(kind):
            place = rng.randrange(len(words))
            changed = slip(words[place], rng)
            if changed:
                dice.note(kind)
                words = [*words[:place], changed, *words[place + 1 :]]
    return _regrouped(words, dice)


def _fewer_words(words: list[str], dice: Dice) -> list[str]:
    """Lose a word, shorten the last to its initial, or move the first to the end."""
    if dice.falls(Damage.NAME_WORD):
        dice.note(Damage.NAME_WORD)
        place = dice.rng.choices(range(len(words)), weights=[1] + [3] * (len(words) - 1))[0]
        words = words[:place] + words[place + 1 :]
    if len(words) > 1 and dice.falls(Damage.NAME_INITIAL):
        dice.note(Damage.NAME_INITIAL)
        words = [*words[:-1], words[-1][0] + dice.rng.choice(("", "."))]
    elif len(words) > 1 and dice.falls(Damage.NAME_ORDER):
        dice.note(Damage.NAME_ORDER)
        words = [*words[1:], words[0]]
    return words


def _regrouped(words: list[str], dice: Dice) -> list[str]:
    """Write two words as one, or one as two."""
    if len(words) > 1 and dice.falls(Damage.NAME_JOINED):
        dice.note(Damage.NAME_JOINED)
        place = dice.rng.randrange(len(words) - 1)
        return [*words[:place], words[place] + words[place + 1], *words[place + 2 :]]
    if dice.falls(Damage.NAME_SPLIT):
        for place, word in enumerate(words):
            head = next((head for head in SPLIT_AFTER if word.startswith(head) and len(word) > len(head) + 2), "")
            if head:
                dice.note(Damage.NAME_SPLIT)
                return [*words[:place], head, word[len(head) :], *words[place + 1 :]]
    return words


def _letter_slip(word: str, rng: Random) -> str | None:
    """Return the word with one letter wrong, lost, doubled or too many; None when it is too short."""
    if len(word) < 4:
        return None
    place = rng.randrange(1, len(word))
    head, letter, tail = word[:place], word[place], word[place + 1 :]
    other = rng.choice([one for one in LETTERS if one != letter])
    return rng.choice((head + other + tail, head + tail, head + letter + letter + tail, head + other + letter + tail))


def _titled(text: str, sex: Sex, dice: Dice) -> str:
    if not dice.falls(Damage.NAME_TITLE):
        return text
    dice.note(Damage.NAME_TITLE)
    if dice.rng.random() < 0.6:
        return dice.rng.choice(TITLES[sex]) + text
    return text + dice.rng.choice(DEGREES)


def _nickname(name: str, rng: Random) -> str:
    """Return a nickname, or the end or beginning of the name itself ("SUTRISNO" -> "TRISNO")."""
    word = name.split()[0]
    if rng.random() < 0.6 or len(word) < 6:
        return rng.choice(names.NICKNAMES)
    return word[2:] if rng.random() < 0.7 else word[:4]


def _child_of(person: Person, rng: Random) -> str:
    usual = "BINTI" if person.sex is Sex.FEMALE else "BIN"
    mark = rng.choice((usual, usual, usual, "BT" if person.sex is Sex.FEMALE else "B."))
    late = rng.choices(("", " (ALM)", " (Alm)", " ALM"), weights=(0.76, 0.14, 0.06, 0.04))[0]
    return f" {mark} {person.father}{late}"
