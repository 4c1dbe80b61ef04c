"""One-to-one choice -> the answer for every register row: certain, for a person to settle, or nobody."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from reconcile.matching.assigning import Ranked
from reconcile.matching.blocking import Index
from reconcile.matching.comparing import Compared
from reconcile.matching.encoding import DATE, FEMALE, Ints, People
from reconcile.matching.options import MatchOptions
from reconcile.matching.results import Candidate, Caution, Match
from reconcile.matching.weighing import MILLI, Weighed
from reconcile.records import MatchStatus

_FAR = 2  # years: domain 7.4 caps what differs by more
# A NIK contains the birth date: where it is the voter's but for a fault of writing, it vouches for the year.
_NIK_SLIPS = ("transposed", "one_digit", "one_digit_serial")
_NIK_SUPPORTS = ("equal", *_NIK_SLIPS, "rounded_fits", "short_fits")
# Where the digits of the day are the voter's own, they vouch for the sex as well: a woman's day is written plus 40.
_NIK_WITH_DAY = ("equal", "rounded_fits")
_OTHER_NAME = ("partial", "different")
_SAME_NAME = ("equal", "same_words", "joined", "spelling")
_SAME_STREET = ("street_and_rt", "street")
_LETTERS_OFF = ("one_letter", "two_letters")
_OF_ITS_OWN = 5  # voters who carry a word before it is a name and no misspelling
_CLEAR_WINNER = 10 * MILLI  # a rival claim this many thousandths of a bit weaker is no rival


@dataclass(frozen=True)
class Scene:
    """Everything a judgement looks at."""

    left: People
    right: People
    index: Index
    weighed: Weighed
    ranked: Ranked
    voter_group: Ints
    entries: dict[int, tuple[int, ...]]  # roll rows by group of voters
    held_group: Ints
    same: dict[tuple[int, int], float]
    chosen: dict[int, int]
    word_bits: npt.NDArray[np.float64]  # how rare each folded word is on the roll
    options: MatchOptions

    @property
    def compared(self) -> Compared:
        return self.weighed.compared

    @cached_property
    def rows_by_group(self) -> dict[int, list[int]]:
        """Register rows of each person, in the order of the register's files."""
        found: dict[int, list[int]] = {}
        for row in np.argsort(self.left.rank).tolist():
            found.setdefault(int(self.held_group[row]), []).append(row)
        return found

    @cached_property
    def taken(self) -> frozenset[int]:
        return frozenset(self.chosen.values())


def judge(scene: Scene) -> list[Match]:
    """Return one answer for each register row, in the table's order."""
    rivals = _rival_claims(scene)
    return [_judge_row(scene, row, rivals) for row in range(scene.left.n)]


def _judge_row(scene: Scene, row: int, rivals: dict[int, list[tuple[int, int]]]) -> Match:
    ranked, options = scene.ranked, scene.options
    places = scene.ranked.of(row)
    candidates = tuple(_candidate(scene, place) for place in list(places)[: options.keep])
    mates = tuple(mate for mate in scene.rows_by_group[int(scene.held_group[row])] if mate != row)
    person = scene.chosen.get(int(scene.held_group[row]))
    if person is None:
        lost = _lost_claim(scene, row, places)
        top = float(ranked.probability[places[0]]) if len(places) else 0.0
        # Whose likely voter went to a better claim is not ruled out: one of the two claims is wrong.
        status = MatchStatus.REVIEW if lost and top >= options.same_claim else MatchStatus.NONE
        return Match(row, status, None, top, candidates=candidates, cautions=lost, same_as=mates)
    place = next((at for at in places if ranked.person[at] == person), None)
    probability = _probability(scene, row, person, place, mates)
    entry, cautions = _entry(scene, person, place), list[Caution]()
    if place is not None:
        cautions = _cautions_of_pair(scene, row, int(ranked.pair[place]), person)
        cautions += _cautions_of_choice(scene, row, place, rivals.get(person, []))
        if _is_beside_the_name(scene, place, mates):
            cautions.append(Caution.TWIN_POSSIBLE)
    # Another row of the same person lifts what is likely by itself; it does not vouch for a row that fits ill.
    own = float(ranked.probability[place]) if place is not None else 0.0
    if probability < options.automatic or own < options.same_person:
        cautions.append(Caution.UNLIKELY)
    status = MatchStatus.REVIEW if cautions else MatchStatus.AUTO
    return Match(
        row, status, entry, probability, entries=scene.entries[person], candidates=candidates,
        cautions=tuple(dict.fromkeys(cautions)), same_as=mates,
    )  # fmt: skip


def _candidate(scene: Scene, place: int) -> Candidate:
    pair = int(scene.ranked.pair[place])
    return Candidate(
        voter=int(scene.compared.right[pair]),
        weight=int(scene.ranked.weight[place]),
        probability=float(scene.ranked.probability[place]),
        reasons=scene.weighed.reasons(pair),
    )


def _entry(scene: Scene, person: int, place: int | None) -> int:
    if place is not None:
        return int(scene.compared.right[scene.ranked.pair[place]])
    return min(scene.entries[person], key=lambda voter: int(scene.right.rank[voter]))


def _probability(scene: Scene, row: int, person: int, place: int | None, mates: tuple[int, ...]) -> float:
    """A row is as sure as its own evidence, or as another row of the same person makes it."""
    own = float(scene.ranked.probability[place]) if place is not None else 0.0
    for mate in mates:
        at = next((at for at in scene.ranked.of(mate) if scene.ranked.person[at] == person), None)
        if at is not None:
            same = max(scene.same.get((row, mate), 0.0), scene.same.get((mate, row), 0.0))
            own = max(own, same * float(scene.ranked.probability[at]))
    return own


def _cautions_of_pair(scene: Scene, row: int, pair: int, person: int) -> list[Caution]:
    """What in the two records themselves forbids haste (domain 7.4, tiers B and the caps)."""
    compared, left = scene.compared, scene.left
    voter = int(compared.right[pair])
    found = []
    name, nik, born, street = (compared.level(field, pair) for field in ("name", "nik", "birth_date", "street"))
    if left.month[row] < 1 and (left.nik_kind[row] == 0 or (nik in _NIK_SLIPS and street not in _SAME_STREET)):
        found.append(Caution.THIN)
    if (nik == "equal" and (born == "different" or name in _OTHER_NAME)) or _owned_by_another(scene, row, person):
        found.append(Caution.NIK_OF_ANOTHER)
    if nik in ("contradicts", "two_digits") or (nik == "one_digit" and _is_elsewhere(scene, row, pair)):
        found.append(Caution.NIK_CONTRADICTS)
    if _may_be_twin(scene, row, pair):
        found.append(Caution.TWIN_POSSIBLE)
    if name in ("alias", *_OTHER_NAME):
        found.append(Caution.NAME_FAR)
    if compared.level("sex", pair) == "differs" and not (nik in _NIK_WITH_DAY and _tells_sex(scene.right, voter)):
        found.append(Caution.SEX_DIFFERS)
    if nik not in _NIK_SUPPORTS:
        found += _cautions_of_birth(scene, row, voter, born)
    return found


def _may_be_twin(scene: Scene, row: int, pair: int) -> bool:
    """True where the names differ and the numbers are neighbours, or there is none and the name is another one."""
    name, nik, born = (scene.compared.level(field, pair) for field in ("name", "nik", "birth_date"))
    if nik == "one_digit_serial":
        return born not in ("one_part", "different") and name not in _SAME_NAME
    return nik == "missing" and name in _LETTERS_OFF and _is_another_name(scene, row, int(scene.compared.right[pair]))


def _cautions_of_birth(scene: Scene, row: int, voter: int, born: str) -> list[Caution]:
    """What two birth dates forbid where no number vouches for one of them."""
    years = (int(scene.left.year[row]), int(scene.right.year[voter]))
    if min(years) > 0 and abs(years[0] - years[1]) > _FAR:
        return [Caution.BIRTH_YEAR_FAR]
    return [Caution.UNLIKELY] if born == "different" else []


def _is_another_name(scene: Scene, row: int, voter: int) -> bool:
    """True where the word that differs is a name of its own on this roll: DANI is no slip for DONI."""
    own, theirs = scene.left.names.folded[row], scene.right.names.folded[voter]
    other_words = np.setdiff1d(own[own >= 0], theirs)
    return bool((scene.word_bits[other_words] <= np.log2(scene.right.n / _OF_ITS_OWN)).any())


def _is_elsewhere(scene: Scene, row: int, pair: int) -> bool:
    """True where two NIK name two districts and no home agrees: a slip, or a namesake born the same day."""
    compared, voter = scene.compared, int(scene.compared.right[pair])
    if (scene.left.digits[row, :DATE] == scene.right.digits[voter, :DATE]).all():
        return False
    street, region, place = (compared.level(field, pair) for field in ("street", "region", "birth_place"))
    at_home = region in ("village", "district") and place != "differs"
    return not at_home and street not in _SAME_STREET


def _tells_sex(right: People, voter: int) -> bool:
    """True where the voter's NIK says the sex that the roll says."""
    return bool((right.digits[voter, 6] >= 4) == (right.sex[voter] == FEMALE))


def _is_beside_the_name(scene: Scene, place: int, mates: tuple[int, ...]) -> bool:
    """True for a row a letter off its voter's name, without number, where a row taken for the same person has the
    name itself: two rows of one person, or two twins of whom one is on the roll."""
    compared, ranked = scene.compared, scene.ranked
    pair = int(ranked.pair[place])
    if compared.level("nik", pair) in _NIK_SUPPORTS or compared.level("name", pair) not in _LETTERS_OFF:
        return False
    others = [at for mate in mates for at in ranked.of(mate) if ranked.person[at] == ranked.person[place]]
    return any(compared.level("name", int(ranked.pair[at])) in _SAME_NAME for at in others)


def _owned_by_another(scene: Scene, row: int, person: int) -> bool:
    if scene.left.nik_kind[row] != 1:
        return False
    owners = scene.index.nik.equal_to(scene.left.nik[row : row + 1])
    return any(int(scene.voter_group[owner]) != person for owner in owners)


def _cautions_of_choice(scene: Scene, row: int, place: int, rivals: list[tuple[int, int]]) -> list[Caution]:
    """Near-ties between two voters for one person, and between two people for one voter."""
    ranked, found = scene.ranked, []
    others = [float(ranked.probability[at]) for at in scene.ranked.of(row) if at != place]
    near = max(others, default=0.0) >= scene.options.tie * float(ranked.probability[place])
    if near or _has_namesake(scene, row, place):
        found.append(Caution.TWO_AS_LIKELY)
    if _slipped_onto(scene, row, place):
        found.append(Caution.NIK_OF_ANOTHER)
    own, group = int(ranked.weight[place]), int(scene.held_group[row])
    if any(rival != group and weight > own - _CLEAR_WINNER for rival, weight in rivals):
        found.append(Caution.CLAIMED_TWICE)
    return found


def _has_namesake(scene: Scene, row: int, place: int) -> bool:
    """True where no number tells this voter from another of the same name and birth date."""
    compared, pair = scene.compared, int(scene.ranked.pair[place])
    if compared.level("nik", pair) in _NIK_SUPPORTS:
        return False
    others = [int(scene.ranked.pair[at]) for at in scene.ranked.of(row) if at != place]
    return any(
        compared.level("birth_date", other) == "equal" and compared.level("name", other) in _SAME_NAME
        for other in others
    )


def _slipped_onto(scene: Scene, row: int, place: int) -> bool:
    """True where the NIK is this voter's, but all else fits another better whose NIK is only one slip away."""
    ranked, nik_bits = scene.ranked, scene.weighed.parts["nik"]
    if scene.compared.level("nik", int(ranked.pair[place])) != "equal":
        return False
    rest = {at: int(ranked.weight[at] - nik_bits[ranked.pair[at]]) for at in ranked.of(row)}
    slips = [at for at in rest if scene.compared.level("nik", int(ranked.pair[at])) in _NIK_SLIPS]
    return any(rest[at] > rest[place] for at in slips)


def _lost_claim(scene: Scene, row: int, places: range) -> tuple[Caution, ...]:
    """Say so when the voter this person fits was given to another held person."""
    lost = any(
        int(scene.ranked.person[at]) in scene.taken and scene.ranked.probability[at] >= scene.options.reviewable
        for at in places
    )
    return (Caution.CLAIMED_TWICE,) if lost else ()


def _rival_claims(scene: Scene) -> dict[int, list[tuple[int, int]]]:
    """Return (group of register rows, weight) of all serious claims by person of the roll."""
    ranked = scene.ranked
    claims: dict[int, list[tuple[int, int]]] = {}
    for at in np.flatnonzero(ranked.probability >= scene.options.reviewable).tolist():
        claim = (int(scene.held_group[ranked.row[at]]), int(ranked.weight[at]))
        claims.setdefault(int(ranked.person[at]), []).append(claim)
    return claims
