"""m learnt from the register itself: towards its own faults, never away from the prior without evidence."""

from dataclasses import replace

import numpy as np
import pytest

from reconcile.matching import MatchOptions
from reconcile.matching.assigning import Ranked
from reconcile.matching.comparing import Compared
from reconcile.matching.encoding import encode
from reconcile.matching.options import LEVELS
from reconcile.matching.training import train
from reconcile.matching.wording import Vocabularies

from .builders import AS_OF, crowd, held, run, table, voter

PRIOR = MatchOptions()


def pairs(names, n=None, others="equal"):
    """Return people and pairs, one a person, with these name levels and all else agreeing."""
    rows = [held() for _ in names]
    left = encode(table(rows), Vocabularies(), AS_OF.year)
    places = np.arange(len(names))
    levels = {field: np.zeros(len(names), np.int8) for field in LEVELS if field not in ("prior", "relative")}
    levels["name"] = np.asarray([LEVELS["name"].index(level) for level in names], np.int8)
    return left, Compared(places, places, levels, np.zeros(len(names)))


def learn(names, probability, options=PRIOR):
    left, compared = pairs(names)
    n = len(names)
    shares = np.full(n, probability)
    ranked = Ranked(np.arange(n), np.arange(n), np.arange(n), np.zeros(n, np.int64), shares, np.arange(n + 1))
    return train(left, compared, lambda tried: ranked, options)


def test_a_fault_the_register_has_often_is_weighed_as_its_own():
    trained = learn(["joined"] * 60 + ["equal"] * 140, 1.0)
    assert trained.options.m_name["joined"] > 3 * PRIOR.m_name["joined"]
    assert trained.options.m_name["one_letter"] < PRIOR.m_name["one_letter"]
    assert trained.pairs == 200


def test_the_levels_of_a_field_keep_their_sum():
    m = learn(["joined"] * 30 + ["partial"] * 10, 0.9).options
    assert sum(m.m_name.values()) == pytest.approx(sum(PRIOR.m_name.values()))
    assert m.m_birth["age_fits"] == PRIOR.m_birth["age_fits"]  # who states an age was not asked


def test_no_match_leaves_the_prior_and_a_few_hardly_move_it():
    assert learn(["joined"] * 50, 0.0).options == PRIOR
    few = learn(["joined"] * 2, 1.0).options
    assert few.m_name["equal"] == pytest.approx(PRIOR.m_name["equal"], abs=0.02)


def test_more_pseudo_counts_hold_the_prior_firmer():
    loose, firm = (
        learn(["joined"] * 50, 1.0, replace(PRIOR, prior_pairs=pairs)).options.m_name["joined"]
        for pairs in (20.0, 900.0)
    )
    assert loose > firm > PRIOR.m_name["joined"]


def test_the_learning_ends():
    assert learn(["joined"] * 50, 1.0).rounds <= 3
    assert learn(["joined"] * 50, 1.0, replace(PRIOR, training_rounds=1)).rounds == 1


@pytest.mark.slow
def test_a_register_of_strangers_does_not_teach_that_strangers_match():
    strangers = [row | {"nik": None, "nik_digits": None, "nik_quality": "missing"} for row in crowd()[:40]]
    strangers = [held(**{k: row[k] for k in ("name", "sex")} | {"nik": None, "birth_date": None}) for row in strangers]
    found = run(strangers, [voter()], alone=True)
    assert found.expected < 1
