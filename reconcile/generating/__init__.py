"""Makes realistic made-up elections for the demo, the tests, `evaluate` and the benchmarks.

Guarantees: the same seed and arguments give the same people, and files with the same bytes; every
register row stands in the truth, with each kind of damage done to it; every full NIK and NKK carries a
serial from 9001 on; where people's groups decide an outcome, the files hold enough to reach it, save
where damage makes that impossible for anybody. Never imports Django.
"""

from reconcile.generating.case_files import CaseFiles, Layout, write_case
from reconcile.generating.cases import GeneratedCase, generate_case, register_before, write_anew
from reconcile.generating.damage import Damage
from reconcile.generating.earlier_stages import write_earlier_stages
from reconcile.generating.geography import station_points
from reconcile.generating.groups import Group
from reconcile.generating.register_books import write_rutan
from reconcile.generating.text_rolls import write_text_roll

__all__ = [
    "CaseFiles",
    "Damage",
    "GeneratedCase",
    "Group",
    "Layout",
    "generate_case",
    "register_before",
    "station_points",
    "write_anew",
    "write_case",
    "write_earlier_stages",
    "write_rutan",
    "write_text_roll",
]
