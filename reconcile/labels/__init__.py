"""Words for every code of the pure side; no logic. A test fails when a code has none."""

from reconcile.labels.contrasting import contrast_text, field_text
from reconcile.labels.deciding import ACTIONS, ACTORS, DISCREPANCIES, NOTES
from reconcile.labels.matching import CAUTIONS, LEVELS, level_text, reason_text
from reconcile.labels.outcomes import GROUPS, MATCH_STATUSES, OUTCOMES
from reconcile.labels.reading import ENDINGS, KINDS, PROBLEMS, REFUSALS, problem_text, refusal_text, what_is_wrong
from reconcile.labels.working import (
    DATE_QUALITIES,
    FIELD_NAMES,
    LIST_STATUSES,
    MARITALS,
    NIK_QUALITIES,
    PLACE_KINDS,
    ROLES,
    RUN_STATUSES,
    RUN_STEPS,
    SEXES,
    SIGNS,
)

__all__ = [
    "ACTIONS",
    "ACTORS",
    "CAUTIONS",
    "DATE_QUALITIES",
    "DISCREPANCIES",
    "ENDINGS",
    "FIELD_NAMES",
    "GROUPS",
    "KINDS",
    "LEVELS",
    "LIST_STATUSES",
    "MARITALS",
    "MATCH_STATUSES",
    "NIK_QUALITIES",
    "NOTES",
    "OUTCOMES",
    "PLACE_KINDS",
    "PROBLEMS",
    "REFUSALS",
    "ROLES",
    "RUN_STATUSES",
    "RUN_STEPS",
    "SEXES",
    "SIGNS",
    "contrast_text",
    "field_text",
    "level_text",
    "problem_text",
    "reason_text",
    "refusal_text",
    "what_is_wrong",
]
