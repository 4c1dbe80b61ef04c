"""Our matcher on a case, as anybody would call it: two Arrow tables; on the registers with the usual options."""

from datetime import date

import pyarrow as pa

from reconcile.matching import MatchOptions, match
from tests.benchmarks.peers import febrl
from tests.benchmarks.peers.case import FEBRL, Case
from tests.benchmarks.peers.running import run

LIKELY = 0.5  # from here on we would say "this is the voter"; what is automatic is stricter


def link(case: Case) -> pa.Table:
    left, right, options = case.left, case.right, MatchOptions()
    if case.kind == FEBRL:
        left, right, options = febrl.as_records(left), febrl.as_records(right), febrl.OPTIONS
    found = match(left, right, options, as_of=date(2024, 11, 1))
    rows = []
    for one in found.matches:
        candidates = {c.voter: (c.probability, c.weight) for c in one.candidates}
        if one.chosen is not None:
            candidates[one.chosen] = (one.probability, candidates.get(one.chosen, (0.0, 0))[1])
        for voter, (probability, weight) in candidates.items():
            chosen = voter == one.chosen
            rows.append((one.held, voter, probability, weight, probability, chosen and probability >= LIKELY, chosen))
    names = ("left", "right", "score", "tie", "probability", "own", "chosen")
    return pa.table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))


if __name__ == "__main__":
    run(link)
