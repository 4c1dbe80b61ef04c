"""recordlinkage 0.16 by the recipes of its guide. Runs in the peers' environment; the recipe is the third word.

`guide`: "Link two datasets" of its guide: block on the given name, six features, a link from a sum above 3.
`ecm`: several blocks, as its page on performance advises, graded features and its unsupervised classifier with
binarize=0.8, as in "Classification algorithms"; missing values disagree, as that page says.
"""

import sys

import numpy as np
import pandas as pd
import pyarrow as pa
import recordlinkage

from tests.benchmarks.peers.case import FEBRL, Case
from tests.benchmarks.peers.running import run

GUIDE_CUT = 3
ALIKE = 0.85
ECM_BINARIZE = 0.8

Names = list[str]
BLOCKS: dict[bool, list[Names]] = {
    True: [["given_name"], ["surname"], ["date_of_birth"], ["soc_sec_id"], ["postcode"]],
    False: [["name"], ["nik"], ["birth_date"], ["first_name", "village"], ["first_name", "birth_year"]],
}


def link(case: Case) -> pa.Table:
    febrl = case.kind == FEBRL
    left, right = (_frame(table, febrl) for table in (case.left, case.right))
    index = recordlinkage.Index()
    recipe = sys.argv[3]
    for columns in BLOCKS[febrl] if recipe == "ecm" else [["given_name"] if febrl else ["first_name"]]:
        index.block(columns)
    candidates = index.index(left, right)
    compare = {("guide", True): guide_febrl, ("guide", False): guide_register, ("ecm", True): graded_febrl}
    features = compare.get((recipe, febrl), graded_register)().compute(candidates, left, right)
    return _by_ecm(features) if recipe == "ecm" else _by_sum(features)


def _frame(table: pa.Table, febrl: bool) -> pd.DataFrame:
    frame = table.to_pandas().set_index("id")
    if febrl:
        return frame
    words = frame["name"].str.split()
    frame["first_name"], frame["last_name"] = words.str[0], words.str[-1]
    frame["birth_date"] = pd.to_datetime(frame["birth_date"]).dt.strftime("%Y-%m-%d")
    frame["birth_year"] = frame["birth_year"].fillna(frame["birth_date"].str[:4].astype(float))
    frame["nik"] = frame["nik"].fillna(frame["nik_digits"])
    code = frame["region_code"].fillna("")
    frame["village"] = code.where(code.str.len() >= 10)
    frame["regency"] = code.str[:4].where(code.str.len() >= 4)
    return frame


def guide_febrl() -> recordlinkage.Compare:
    compare = recordlinkage.Compare()
    compare.exact("given_name", "given_name")
    compare.string("surname", "surname", method="jarowinkler", threshold=ALIKE)
    for name in ("date_of_birth", "suburb", "state"):
        compare.exact(name, name)
    compare.string("address_1", "address_1", threshold=ALIKE)
    return compare


def guide_register() -> recordlinkage.Compare:
    """The guide's six features, each by the column of the same kind."""
    compare = recordlinkage.Compare()
    compare.exact("first_name", "first_name")
    compare.string("name", "name", method="jarowinkler", threshold=ALIKE)
    for name in ("birth_date", "village", "nik"):
        compare.exact(name, name)
    compare.string("street", "street", threshold=ALIKE)
    return compare


def graded_febrl() -> recordlinkage.Compare:
    compare = recordlinkage.Compare()
    for name in ("given_name", "surname"):
        compare.string(name, name, method="jarowinkler", label=name)
    for name in ("address_1", "suburb", "soc_sec_id", "date_of_birth", "postcode"):
        compare.string(name, name, method="levenshtein", label=name)
    for name in ("state", "street_number"):
        compare.exact(name, name, label=name)
    return compare


def graded_register() -> recordlinkage.Compare:
    compare = recordlinkage.Compare()
    compare.string("name", "name", method="jarowinkler", label="name")
    for name in ("nik", "birth_date", "street"):
        compare.string(name, name, method="levenshtein", label=name)
    for name in ("sex", "birth_place", "birth_year", "village", "regency"):
        compare.exact(name, name, label=name)
    return compare


def _by_sum(features: pd.DataFrame) -> pa.Table:
    total = features.sum(axis=1).to_numpy(float)
    return _pairs(features, {"score": total, "tie": np.zeros(len(total)), "own": total > GUIDE_CUT})


def _by_ecm(features: pd.DataFrame) -> pa.Table:
    classifier = recordlinkage.ECMClassifier(binarize=ECM_BINARIZE)
    features = features.fillna(0)
    linked = classifier.fit_predict(features)
    probability = classifier.prob(features).to_numpy(float)
    columns = {"score": probability, "tie": features.sum(axis=1).to_numpy(float), "probability": probability}
    return _pairs(features, {**columns, "own": features.index.isin(linked)})


def _pairs(features: pd.DataFrame, columns: dict[str, np.ndarray]) -> pa.Table:
    left, right = (features.index.get_level_values(level).to_numpy() for level in (0, 1))
    return pa.table({"left": left, "right": right, **columns})


if __name__ == "__main__":
    run(link)
