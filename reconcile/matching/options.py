"""Every number and table of the model that a person chose, with its origin. Travels with each run.

Weights are in bits: log2 of how much more often a level is seen on one person's two records (m) than
on two people's (u). The m-probabilities are a prior made for Rutan and Polres registers from the faults
reported in domain 5.5 and 7; the u-probabilities are counted from the roll at hand, never chosen.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self

VERSION = "2"

# Numbers that belong to the version as a whole, for nobody would set them for a single run.
INITIAL_BITS = 3.0  # a first letter is shared by about one name in eight
NEAR_WORD_LOSS = 2.0  # bits: a word but one letter is shared by about four times as many people as the word
LETTER_BITS = 2.0  # of each letter of a clipped word
SHORTEST_FUZZY = 4  # letters of a word in which one may be wrong
SHORTEST_NAME = 3  # letters of a whole name in which one may be wrong; how common that is, is counted
SHORTEST_FOR_TWO = 5  # letters of a whole name in which two may be wrong
SHORTEST_CLIPPED = 5  # letters of a joined name that begins another
SHORTEST_CLIPPED_SLIP = 7  # letters of such a name in which one may be wrong
SHORTEST_CUT = 2  # letters that are left of a last word; a single one is an initial
SHORTEST_PLACE = 4  # letters of a birth place in which one may be wrong, or which another may hold
SHORTEST_FOR_TWO_IN_PLACE = 6  # letters of a birth place in which two may be wrong
STREET_ALIKE = 85  # rapidfuzz ratio of street and hamlet from which they are the same
UNSEEN = 0.3  # pairs added to every count from the roll: what was not seen is rare, not impossible

# Levels of each field, best first. The order is also the order in which a level is looked for.
NAME_LEVELS = (
    "equal", "same_words", "joined", "spelling", "one_letter", "two_letters", "initials", "missing_word",
    "clipped", "alias", "partial", "different",
)  # fmt: skip
# Levels at which two names are the same but for how an office spells them, and at which they are two names.
SAME_NAME = ("equal", "same_words", "joined", "spelling")
OTHER_NAME = ("partial", "different")
BIRTH_LEVELS = (
    "equal", "swapped", "one_part", "year_only", "filler", "age_fits", "year_near", "different", "missing",
)  # fmt: skip
NIK_LEVELS = (
    "equal", "transposed", "one_digit", "one_digit_district", "one_digit_serial", "rounded_fits", "short_fits",
    "two_digits", "relative", "contradicts", "missing",
)  # fmt: skip
SEX_LEVELS = ("equal", "differs", "missing")
PLACE_LEVELS = ("equal", "near", "differs", "missing")
REGION_LEVELS = ("village", "district", "regency", "elsewhere", "missing")
STREET_LEVELS = ("street_and_rt", "street", "rt", "differs", "missing")
NKK_LEVELS = ("equal", "differs", "missing")
FATHER_LEVELS = ("equal", "differs", "missing")
# Of two numbers: under how many of them somebody was recorded for the electronic card.
EKTP_LEVELS = ("both", "one", "neither", "missing")

LEVELS: dict[str, tuple[str, ...]] = {
    "name": NAME_LEVELS, "nik": NIK_LEVELS, "birth_date": BIRTH_LEVELS, "sex": SEX_LEVELS,
    "birth_place": PLACE_LEVELS, "region": REGION_LEVELS, "street": STREET_LEVELS, "nkk": NKK_LEVELS,
    "father": FATHER_LEVELS, "ektp": EKTP_LEVELS, "relative": ("relative",), "prior": ("prior",),
}  # fmt: skip


def _m_name() -> dict[str, float]:
    """How often one person's name stands so in both lists (domain 7.2: spellings; 5.5: aliases, clipping)."""
    return {
        "equal": 0.60, "same_words": 0.03, "joined": 0.04, "spelling": 0.08, "one_letter": 0.12, "two_letters": 0.04,
        "initials": 0.025, "missing_word": 0.03, "clipped": 0.01, "alias": 0.005, "partial": 0.015, "different": 0.005,
    }  # fmt: skip


def _m_birth() -> dict[str, float]:
    return {
        "equal": 0.80, "swapped": 0.03, "one_part": 0.07, "year_only": 0.5, "filler": 0.5, "age_fits": 0.9,
        "year_near": 0.03, "different": 0.01,
    }  # fmt: skip


def _m_nik() -> dict[str, float]:
    """Of the NIK in a register that are whole, rounded or one digit short (domain 5.5, reliability N)."""
    return {
        "equal": 0.85, "transposed": 0.025, "one_digit": 0.021, "one_digit_district": 0.019, "one_digit_serial": 0.02,
        "rounded_fits": 0.95, "short_fits": 0.95, "two_digits": 0.01, "relative": 0.02, "contradicts": 0.04,
    }  # fmt: skip


def _of_relative() -> dict[str, dict[str, float]]:
    """How often a near relative's record agrees so, for each time the person's own does; levels not named: as often.

    Of relatives in one home about one in a hundred is a twin or bears the same name (father and son); names that
    rhyme are common among siblings. Twins are registered one after the other: their NIK differ in the serial.
    """
    return {
        "name": {
            "equal": 0.008, "same_words": 0.003, "joined": 0.003, "spelling": 0.02, "one_letter": 0.05,
            "two_letters": 0.2, "initials": 0.1, "missing_word": 0.1, "clipped": 0.1, "alias": 0.2, "partial": 4.0,
            "different": 185.0,
        },
        "name_of_twin": {
            "equal": 1e-4, "same_words": 1e-4, "joined": 1e-4, "spelling": 0.002, "one_letter": 0.2,
            "two_letters": 0.5, "initials": 0.05, "missing_word": 0.1, "clipped": 0.05, "alias": 0.2, "partial": 4.0,
            "different": 150.0,
        },
        "birth_date": {
            "equal": 0.01, "swapped": 0.002, "one_part": 0.06, "year_only": 0.06, "filler": 0.06, "age_fits": 0.12,
            "year_near": 2.0, "different": 95.0,
        },
        "nik": {
            "equal": 0.001, "transposed": 0.01, "one_digit": 0.02, "one_digit_district": 0.02, "one_digit_serial": 0.1,
            "rounded_fits": 0.001, "short_fits": 0.001, "two_digits": 0.3, "contradicts": 24.0,
        },
        "nik_of_twin": {
            "equal": 0.003, "transposed": 0.01, "one_digit": 0.02, "one_digit_district": 0.02, "one_digit_serial": 30.0,
            "rounded_fits": 0.01, "short_fits": 0.01, "two_digits": 20.0, "contradicts": 9.0,
        },
        "sex": {"equal": 0.5, "differs": 100.0},
        "birth_place": {"differs": 0.7},
        "father": {"differs": 1.5},
    }  # fmt: skip


def _of_double() -> dict[str, Any]:
    """The m-probabilities of two rows of one roll that are one person: KPU copies from the civil registry.

    Names and dates are hardly ever written anew there; who stands twice mostly moved, with a card and a home of the
    new place, or was keyed in again, and one in ten or twenty has a second NIK (domain 5.5: Kaur, Mojokerto).
    """
    return {
        "m_name": {
            "equal": 0.70, "same_words": 0.02, "joined": 0.04, "spelling": 0.09, "one_letter": 0.08,
            "two_letters": 0.01, "initials": 0.02, "missing_word": 0.03, "clipped": 0.005, "alias": 0.005,
            "partial": 0.005, "different": 0.005,
        },
        "m_birth": {
            "equal": 0.92, "swapped": 0.02, "one_part": 0.04, "year_only": 0.5, "filler": 0.5, "age_fits": 0.9,
            "year_near": 0.01, "different": 0.01,
        },
        "m_nik": {
            "equal": 0.70, "transposed": 0.06, "one_digit": 0.05, "one_digit_district": 0.05, "one_digit_serial": 0.03,
            "rounded_fits": 0.95, "short_fits": 0.95, "two_digits": 0.03, "relative": 0.001, "contradicts": 0.08,
        },
        "m_nkk_equal": 0.5,
        "m_region": {"village": 0.60, "district": 0.05, "regency": 0.33, "elsewhere": 0.02},
        "m_street": {"street_and_rt": 0.48, "street": 0.04, "rt": 0.02, "differs": 0.46},
        # The probabilities are modest: of made-up rolls 96 in 100 of those shown were right.
        "likely_double": 0.06,
    }  # fmt: skip


@dataclass(frozen=True)
class MatchOptions:
    """All choices of one run; `to_json` and back without loss."""

    version: str = VERSION
    m_name: Mapping[str, float] = field(default_factory=_m_name)
    m_birth: Mapping[str, float] = field(default_factory=_m_birth)
    m_nik: Mapping[str, float] = field(default_factory=_m_nik)
    # Share of a register's NIK that are a relative's or a cell-mate's: what an equal NIK is worth against.
    nik_of_another: float = 0.01
    # Share of one person's records that agree on a field; a register's address is often where the
    # arrest was (domain 5.2), its sex is almost never wrong.
    m_sex_equal: float = 0.995
    m_place: Mapping[str, float] = field(default_factory=lambda: {"equal": 0.85, "near": 0.04, "differs": 0.11})
    place_slips: float = 30.0  # ways to misspell the name of one place: of these a register's is one
    m_region: Mapping[str, float] = field(
        default_factory=lambda: {"village": 0.78, "district": 0.06, "regency": 0.11, "elsewhere": 0.05}
    )
    m_street: Mapping[str, float] = field(
        default_factory=lambda: {"street_and_rt": 0.35, "street": 0.35, "rt": 0.08, "differs": 0.22}
    )
    m_nkk_equal: float = 0.85
    m_father_equal: float = 0.8
    relatives: float = 4.0  # near relatives of a held person among the voters: the family card and next door; 0: none
    of_relative: Mapping[str, Mapping[str, float]] = field(default_factory=_of_relative)
    # Learning m from the register itself: the prior counts as so many pairs, for a register of 200 can be odd.
    prior_pairs: float = 100.0
    training_rounds: int = 15
    # No field may speak louder than this: a fault in a roll is commoner than one in a million.
    most_bits: float = 20.0
    most_name_bits: float = 17.0
    most_place_bits: float = 5.0  # a birth place nobody else has may be a slip
    # Voters whose name is as near by chance, over and above those counted: half a voter for a name nobody else has,
    # more for levels at which a name drifts into another's.
    more_alike: Mapping[str, float] = field(
        default_factory=lambda: {
            "equal": 0.5,
            "same_words": 0.5,
            "joined": 0.5,
            "spelling": 0.5,
            "one_letter": 1.0,
            "two_letters": 2.0,
        }
    )
    # Of two entries of one person under two numbers: recording compares the fingerprints with everybody's, and a second
    # one ends as DUPLICATE (domain 6). One in ten is taken to have slipped through.
    m_ektp: Mapping[str, float] = field(default_factory=lambda: {"both": 0.10, "one": 0.88, "neither": 0.02})
    family: float = 3.0  # other voters on a family card: who an equal NKK, or a relative's NIK, may be as well
    u_father_equal: float = 1 / 64  # two men whose fathers are called the same (domain 7: few names are common)
    # Share of held persons expected on the roll where no NIK can tell (domain 11: Blora, 169 of 202).
    share_on_roll: float = 0.7
    # Where so many are on the roll by the rule, the model's own expectation may raise the share; where few are, every
    # model finds more than there are (linkage.md, section 1).
    many_on_roll: float = 0.5
    most_on_roll: float = 0.998
    fewest_for_share: int = 20  # held persons with NIK or birth date below whom the share is not taken from them
    # Candidate step: how like a name must be (rapidfuzz ratio, 0 to 100) when found by another field.
    near_name: int = 70
    near_name_by_token: int = 80
    rare_token: int = 10  # a word carried by so few voters finds them by itself
    frequent_token: int = 4_000  # a word carried by more voters finds nobody by itself
    frequent_name: int = 400
    compared: int = 100  # candidates weighed against each other for each person
    keep: int = 5  # candidates kept for each person
    # Decisions.
    automatic: float = 0.95  # least probability; measured on generated cases, where the model is rather too modest
    # Beside each of these stands what decoys say; the automatic one is the least, not below `automatic`, whose share of
    # false matches is at most `false_share` by them, before any caution; with them fewer than one in 1,000 was wrong.
    thresholds: tuple[float, ...] = (0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999)
    false_share: float = 0.005
    fewest_decoys: int = 200  # decoys cost as much as held persons do; of fewer, one that links would say too much
    most_decoys: int = 1_000
    few_on_roll: float = 0.3  # share of held persons on the roll below which every probability needs a second look
    automatic_without_date: float = 0.99  # the same for who has neither NIK nor full birth date, but a year or an age
    # From here on the two records need nothing more but a like name: of 14 matches of generated cases that a caution
    # about a slip in the NIK held back from .999 on, for want of a date or of a home, none was wrong.
    certain: float = 0.999
    # The same for a row of a later snapshot without NIK whose register number and day of entry are both others: of
    # twelve registers written anew one namesake who came as the other left had .9992.
    linked_against_custody: float = 0.9995
    far_birth: int = 2  # years: domain 7.4 caps what differs by more
    own_name: int = 5  # voters who carry a word before it is a name and no misspelling
    tells_names: int = 2_000  # voters from which a roll tells what people are called
    neighbours: int = 2  # serials of twins' NIK lie no further apart
    calls_nobody: float = 6.0  # bits: a word that one name in 64 holds (MUHAMMAD, SRI) is not what somebody is called
    clear_winner: float = 10.0  # bits by which a rival claim is weaker that is none
    tie: float = 0.05  # a second voter with this share of the first one's probability is a near-tie
    reviewable: float = 0.05  # below this nobody is proposed
    likely_double: float = 0.5  # two rows of one list from which they are shown as likely the same person
    # Share of a roll that stands on it twice (domain 11: 390,070 of 205,853,518 were removed in 2023).
    doubled_voters: float = 0.002
    # A list without NIK that shows so many of its rows twice was not copied from the civil registry: it is weighed by
    # what it teaches; up to so many rows, as each is then matched with all others.
    many_doubled: float = 0.01
    most_learnt: int = 25_000
    of_double: Mapping[str, Any] = field(default_factory=_of_double)  # what `for_doubles` puts in place of the above
    double_entries: float = 0.05  # share of register rows that stand a second time, before any evidence
    surely_one: float = 0.95  # two rows that each fit one voter so surely are that voter
    same_person: float = 0.90  # two register rows are one person
    same_claim: float = 0.50  # two rows that each fit one voter so well may be one person

    def for_doubles(self) -> Self:
        """Return the options by which two rows of one list are weighed."""
        return replace(self, **self.of_double)

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    def to_json(self) -> str:
        return json.dumps(self.to_dict(), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Self:
        stored: dict[str, Any] = json.loads(text)
        stored["thresholds"] = tuple(stored["thresholds"])  # JSON knows only lists
        return cls(**stored)
