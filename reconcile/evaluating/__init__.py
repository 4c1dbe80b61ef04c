"""Labelled cases -> how good the answers are: shares with intervals, calibration, by group and by damage.

Guarantees: every row of the truth is counted once, also one that was never read; the same cases give the
same figures in any order of their rows; what is wrong is named by file, sheet and row, never by a person's
name or number. Never imports Django.
"""

from reconcile.evaluating.answering import Answered, Setting, answer_case
from reconcile.evaluating.cases import CaseFault, LabelledCase, NotACase, read_case
from reconcile.evaluating.evaluation import Evaluation
from reconcile.evaluating.figures import FIGURES, Figures, Share
from reconcile.evaluating.traits import Trait

__all__ = [
    "FIGURES",
    "Answered",
    "CaseFault",
    "Evaluation",
    "Figures",
    "LabelledCase",
    "NotACase",
    "Setting",
    "Share",
    "Trait",
    "answer_case",
    "read_case",
]
