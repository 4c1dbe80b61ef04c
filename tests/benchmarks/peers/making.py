"""`python -m tests.benchmarks.peers.making CASE`: write one case below var/peers/cases, unless it is there."""

import sys
from collections.abc import Callable

from tests.benchmarks.peers import febrl, made_up
from tests.benchmarks.peers.case import Case
from tests.benchmarks.peers.environment import CASES, febrl_folder

MAKERS: dict[str, Callable[[], Case]] = {
    "febrl4": lambda: febrl.whole(febrl_folder()),
    "febrl4-few": lambda: febrl.few(febrl_folder()),
    "blora": lambda: made_up.make(seed=1, voters=24_000, held=200),
    "blora-strong": lambda: made_up.make(seed=2, voters=24_000, held=2_000, strength=1.7),
    "blora-few": lambda: made_up.make(seed=3, voters=24_000, held=4_000, few=True),
    "blora-large": lambda: made_up.make(seed=4, voters=700_000, held=200),
}


def main() -> None:
    name = sys.argv[1]
    MAKERS[name]().write(CASES / name)


if __name__ == "__main__":
    main()
