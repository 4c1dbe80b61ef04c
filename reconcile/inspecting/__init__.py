"""What is wrong, or seems so, inside one roll: the same person twice, ages, dates, numbers, TPS that are too large.

Nothing is struck and nothing repaired: each finding says where to look. A fault cannot be right; a warning may be
(a valid NIK may carry a wrong date, domain 6). Never imports Django.
"""

from reconcile.inspecting.parts import CHECKS, FAULTS, FINDINGS, PAIRED, Check
from reconcile.inspecting.roll import inspect_roll

__all__ = ["CHECKS", "FAULTS", "FINDINGS", "PAIRED", "Check", "inspect_roll"]
