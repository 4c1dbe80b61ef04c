"""One-to-one choice -> the answer for every register row: certain, for a person to settle, or nobody."""

import numpy as np

from reconcile.matching.cautioning import cautions_of_choice, cautions_of_pair, is_beside_the_name
from reconcile.matching.results import Candidate, Caution, Match
from reconcile.matching.scene import Scene
from reconcile.records import MatchStatus


def judge(scene: Scene) -> list[Match]:
    """Return one answer for each register row, in the table's order."""
    rivals = _rival_claims(scene)
    candidates = _candidates(scene)
    return [_judge_row(scene, row, candidates[row], rivals) for row in range(scene.left.n)]


def _judge_row(
    scene: Scene, row: int, candidates: tuple[Candidate, ...], rivals: dict[int, list[tuple[int, int]]]
) -> Match:
    ranked, options = scene.ranked, scene.options
    places = scene.ranked.of(row)
    mates = tuple(mate for mate in scene.rows_by_group[int(scene.held_group[row])] if mate != row)
    person = scene.chosen.get(int(scene.held_group[row]))
    if person is None:
        lost = _lost_claim(scene, row, places)
        top = float(ranked.probability[places[0]]) if len(places) else 0.0
        # Whose likely voter went to a better claim is not ruled out: one of the two claims is wrong.
        status = MatchStatus.REVIEW if lost and top >= options.same_claim else MatchStatus.NONE
        return Match(row, status, None, top, candidates=candidates, cautions=lost, same_as=mates)
    place = next((at for at in places if ranked.person[at] == person), None)
    own = float(ranked.probability[place]) if place is not None else 0.0
    probability = max(own, _vouched(scene, row, person, mates))
    entry, cautions = _entry(scene, person, place), list[Caution]()
    if place is not None:
        cautions = cautions_of_pair(scene, row, place, person)
        cautions += cautions_of_choice(scene, row, place, rivals.get(person, []))
        if is_beside_the_name(scene, place, mates):
            cautions.append(Caution.TWIN_POSSIBLE)
    # Another row of the same person lifts what is likely by itself; it does not vouch for a row that fits ill.
    if probability < options.automatic or own < options.same_person:
        cautions.append(Caution.UNLIKELY)
    status = MatchStatus.REVIEW if cautions else MatchStatus.AUTO
    return Match(
        row, status, entry, probability, entries=scene.entries[person], candidates=candidates,
        cautions=tuple(dict.fromkeys(cautions)), same_as=mates,
    )  # fmt: skip


def _candidates(scene: Scene) -> list[tuple[Candidate, ...]]:
    """Return the best few candidates of each row."""
    ranked, keep = scene.ranked, scene.options.keep
    some = np.flatnonzero(np.arange(len(ranked.row)) - ranked.start[ranked.row] < keep)
    pairs = ranked.pair[some]
    columns = (scene.compared.right[pairs], ranked.weight[some], ranked.probability[some])
    reasons = scene.weighed.reasons(pairs)
    made = [Candidate(*one) for one in zip(*(column.tolist() for column in columns), reasons, strict=True)]
    ends = np.searchsorted(ranked.row[some], np.arange(scene.left.n + 1)).tolist()
    return [tuple(made[start:end]) for start, end in zip(ends, ends[1:], strict=False)]


def _entry(scene: Scene, person: int, place: int | None) -> int:
    if place is not None:
        return int(scene.compared.right[scene.ranked.pair[place]])
    return min(scene.entries[person], key=lambda voter: int(scene.right.rank[voter]))


def _vouched(scene: Scene, row: int, person: int, mates: tuple[int, ...]) -> float:
    """How sure the other rows of the same person make a row."""
    best = 0.0
    for mate in mates:
        at = next((at for at in scene.ranked.of(mate) if scene.ranked.person[at] == person), None)
        if at is not None:
            same = max(scene.same.get((row, mate), 0.0), scene.same.get((mate, row), 0.0))
            best = max(best, same * float(scene.ranked.probability[at]))
    return best


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
