"""What forbids haste: between two records, between two voters for one person, between two people for one voter."""

import numpy as np

from reconcile.matching.encoding import DATE, FEMALE, NO_NIK, SERIAL, SHORT, People
from reconcile.matching.options import NIK_LEVELS, OTHER_NAME, SAME_NAME
from reconcile.matching.results import Caution
from reconcile.matching.scene import Scene
from reconcile.matching.weighing import MILLI

# A NIK contains the birth date: where it is the voter's but for a fault of writing, it vouches for the year.
_NIK_SLIPS = ("transposed", "one_digit", "one_digit_district", "one_digit_serial")
_IS_NEAR = np.isin(NIK_LEVELS, (*_NIK_SLIPS, "relative"))
_NIK_SUPPORTS = ("equal", *_NIK_SLIPS, "rounded_fits", "short_fits")
_WOMANS_DAY = 4  # first digit of the day in a woman's NIK, or more: 40 is added
_LIKE_NAME = (*SAME_NAME, "one_letter", "initials", "missing_word")
_SAME_STREET = ("street_and_rt", "street")
_SAME_YEAR = ("year_only", "filler", "age_fits")
_LETTERS_OFF = ("one_letter", "two_letters")


def cautions_of_pair(scene: Scene, row: int, place: int, person: int) -> list[Caution]:
    """What in the two records themselves forbids haste (domain 7.4, tiers B and the caps)."""
    compared, pair = scene.compared, int(scene.ranked.pair[place])
    voter = int(compared.right[pair])
    found = []
    name, nik, born = (compared.level(field, pair) for field in ("name", "nik", "birth_date"))
    if _is_thin(scene, row, place):
        found.append(Caution.THIN)
    if (nik == "equal" and _is_of_another(scene, row, pair)) or _owned_by_another(scene, row, person):
        found.append(Caution.NIK_OF_ANOTHER)
    certain = scene.ranked.probability[place] >= scene.options.certain and name in SAME_NAME
    in_district = nik == "one_digit_district" and not certain
    if nik in ("contradicts", "two_digits") or (in_district and _is_elsewhere(scene, row, pair)):
        found.append(Caution.NIK_CONTRADICTS)
    if _may_be_twin(scene, row, pair):
        found.append(Caution.TWIN_POSSIBLE)
    if name in ("alias", *OTHER_NAME):
        found.append(Caution.NAME_FAR)
    if compared.level("sex", pair) == "differs" and not (nik in _NIK_SUPPORTS and _tells_sex(scene, row, voter)):
        found.append(Caution.SEX_DIFFERS)
    if nik not in _NIK_SUPPORTS:
        found += _cautions_of_birth(scene, row, voter, born)
    return found


def _is_thin(scene: Scene, row: int, place: int) -> bool:
    """True for a row without a full birth date and without a NIK, or with one that is only near.

    A year or an age stands in for the date where the home agrees too and all is as good as certain; where it is
    certain without the home, the home need not agree, and a NIK that is near needs no year beside it.
    """
    left, compared, pair = scene.left, scene.compared, int(scene.ranked.pair[place])
    if left.month[row] > 0:
        return False
    nik, street, born = (compared.level(field, pair) for field in ("nik", "street", "birth_date"))
    probability, options = scene.ranked.probability[place], scene.options
    sure, certain = probability >= options.automatic_without_date, probability >= options.certain
    at_home = compared.level("region", pair) == "village" or street in _SAME_STREET
    alike = compared.level("name", pair) in _LIKE_NAME
    if left.nik_kind[row] == NO_NIK:
        return not (alike and born in _SAME_YEAR and ((sure and at_home) or certain))
    if nik not in _NIK_SLIPS or street in _SAME_STREET or (certain and alike):
        return False
    return not (sure and born in _SAME_YEAR and _same_dated(scene, row, int(compared.right[pair])))


def _is_of_another(scene: Scene, row: int, pair: int) -> bool:
    """True where an equal NIK stands beside another name, or a birth date that no slip explains."""
    compared = scene.compared
    if compared.level("name", pair) in OTHER_NAME:
        return True
    if compared.level("birth_date", pair) != "different":
        return False
    return _is_far(scene, row, int(compared.right[pair])) or compared.level("name", pair) not in SAME_NAME


def _same_dated(scene: Scene, row: int, voter: int) -> bool:
    """True where the digits of the birth date agree: then a slip is in the district or in the serial."""
    mine, theirs = scene.left.digits[row], scene.right.digits[voter]
    return bool((mine[DATE:SERIAL] == theirs[DATE:SERIAL]).all())


def _may_be_twin(scene: Scene, row: int, pair: int) -> bool:
    """True where the numbers are neighbours, or one is missing, and the call name is another one."""
    name, nik = (scene.compared.level(field, pair) for field in ("name", "nik"))
    voter = int(scene.compared.right[pair])
    if nik == "one_digit_serial":
        if name in SAME_NAME:
            return False
        # Twins are registered one after the other, under one date, whatever date stands beside the number: then any
        # other call name will do.
        next_door = abs(_serial(scene.left, row) - _serial(scene.right, voter)) <= scene.options.neighbours
        return _has_another_call_name(scene, row, voter, 0 if next_door else scene.options.own_name)
    return (
        nik == "missing" and name in _LETTERS_OFF and _has_another_call_name(scene, row, voter, scene.options.own_name)
    )


def _serial(people: People, row: int) -> int:
    return int(people.digits[row, SERIAL:] @ [1000, 100, 10, 1])


def _is_far(scene: Scene, row: int, voter: int) -> bool:
    """True where two birth years are known and no slip apart."""
    years = (int(scene.left.year[row]), int(scene.right.year[voter]))
    return min(years) > 0 and abs(years[0] - years[1]) > scene.options.far_birth


def _cautions_of_birth(scene: Scene, row: int, voter: int, born: str) -> list[Caution]:
    """What two birth dates forbid where no number vouches for one of them."""
    if _is_far(scene, row, voter):
        return [Caution.BIRTH_YEAR_FAR]
    return [Caution.UNLIKELY] if born == "different" else []


def _has_another_call_name(scene: Scene, row: int, voter: int, carriers: int) -> bool:
    """True where the call name differs and is a name of its own, carried by so many voters: DANI is no slip for DONI.

    Twins are told apart by what they are called: not by what follows an equal name, nor by a slip nobody is called by.
    A small roll does not tell what is a name: there every other call name may be one.
    """
    if scene.right.n < scene.options.tells_names:
        carriers = 0
    own, theirs = scene.left.names.folded_of(row), scene.right.names.folded_of(voter)
    for word in own[own >= 0]:
        if word not in theirs:
            return bool(np.exp2(-scene.word_bits[word]) * scene.right.n >= carriers)
        if scene.word_bits[word] > scene.options.calls_nobody:
            return False
    return False


def _is_elsewhere(scene: Scene, row: int, pair: int) -> bool:
    """True where two NIK name two districts and no home agrees: a slip, or a namesake born the same day.

    A district that does not exist is a slip: nobody was ever registered there.
    """
    compared, voter = scene.compared, int(scene.compared.right[pair])
    district = scene.left.digits[row, :DATE]
    if (district == scene.right.digits[voter, :DATE]).all() or not scene.is_district("".join(map(str, district))):
        return False
    street, region, place = (compared.level(field, pair) for field in ("street", "region", "birth_place"))
    name, born = compared.level("name", pair), compared.level("birth_date", pair)
    if name in SAME_NAME and born == "equal" and "differs" not in (street, place):
        return False
    at_home = region in ("village", "district") and place != "differs"
    return not at_home and street not in _SAME_STREET


def _tells_sex(scene: Scene, row: int, voter: int) -> bool:
    """True where the row's own NIK says the sex that the roll says: a woman's day is written plus 40.

    A NIK with a slip elsewhere says it as well. Of one that is a digit short the digit may stand one place before.
    """
    mine, theirs = scene.left.digits[row], scene.right.digits[voter]
    if (theirs[DATE] >= _WOMANS_DAY) != (scene.right.sex[voter] == FEMALE):
        return False
    if scene.left.nik_kind[row] == SHORT:
        day = theirs[DATE : DATE + 2]
        return any((mine[start : start + 2] == day).all() for start in (DATE, DATE - 1))
    return bool(mine[DATE] == theirs[DATE])


def is_beside_the_name(scene: Scene, place: int, mates: tuple[int, ...]) -> bool:
    """True for a row a letter off its voter's name, without number, where a row taken for the same person has the
    name itself: two rows of one person, or two twins of whom one is on the roll. A call name that nobody on the roll
    has is a slip."""
    compared, ranked = scene.compared, scene.ranked
    pair = int(ranked.pair[place])
    if compared.level("nik", pair) in _NIK_SUPPORTS or compared.level("name", pair) not in _LETTERS_OFF:
        return False
    if not _has_another_call_name(scene, int(ranked.row[place]), int(compared.right[pair]), 1):
        return False
    others = [at for mate in mates for at in ranked.of(mate) if ranked.person[at] == ranked.person[place]]
    return any(compared.level("name", int(ranked.pair[at])) in SAME_NAME for at in others)


def _owned_by_another(scene: Scene, row: int, person: int) -> bool:
    return bool(scene.owners.get(row, frozenset()) - {person})


def cautions_of_choice(scene: Scene, row: int, place: int, rivals: list[tuple[int, int]]) -> list[Caution]:
    """Near-ties between two voters for one person, and between two people for one voter."""
    ranked, found = scene.ranked, []
    others = [float(ranked.probability[at]) for at in scene.ranked.of(row) if at != place]
    near = max(others, default=0.0) >= scene.options.tie * float(ranked.probability[place])
    if near or _has_namesake(scene, row, place):
        found.append(Caution.TWO_AS_LIKELY)
    if _slipped_onto(scene, row, place):
        found.append(Caution.NIK_OF_ANOTHER)
    own, group = int(ranked.weight[place]), int(scene.held_group[row])
    if any(rival != group and weight > own - scene.options.clear_winner * MILLI for rival, weight in rivals):
        found.append(Caution.CLAIMED_TWICE)
    return found


def _has_namesake(scene: Scene, row: int, place: int) -> bool:
    """True where no number tells this voter from another of the same name and birth date."""
    compared, pair = scene.compared, int(scene.ranked.pair[place])
    if compared.level("nik", pair) in _NIK_SUPPORTS:
        return False
    others = [int(scene.ranked.pair[at]) for at in scene.ranked.of(row) if at != place]
    return any(
        compared.level("birth_date", other) == "equal" and compared.level("name", other) in SAME_NAME
        for other in others
    )


def _slipped_onto(scene: Scene, row: int, place: int) -> bool:
    """True where the NIK is this voter's, but all else fits a relative better, or somebody a slip in the NIK away."""
    ranked, nik_bits = scene.ranked, scene.weighed.parts["nik"]
    if scene.compared.level("nik", int(ranked.pair[place])) != "equal":
        return False
    places = np.asarray(scene.ranked.of(row))
    pairs = ranked.pair[places]
    levels, own = scene.compared.levels, place - places[0]
    # Who is called otherwise is not the better one for a rarer name: WISNU, whose twin is called WISNI.
    near = _IS_NEAR[levels["nik"][pairs]] & (levels["name"][pairs] <= levels["name"][pairs[own]])
    if not near.any():
        return False
    # A relative's chance takes off what the NIK adds: it grows with all that agrees, so it goes with the NIK.
    rest = ranked.weight[places] - nik_bits[pairs] - scene.weighed.parts["relative"][pairs]
    return bool(rest[near].max() > rest[own])
