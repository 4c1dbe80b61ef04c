"""An approved version -> the workbooks and PDFs an office works with, all from the same rows. Never imports Django.

Papers are Indonesian, whatever language a screen has. The same version gives the same bytes.
"""

from reconcile.writing.papers.catalogue import BY_CODE, PAPERS, MadePaper, Paper, letter_of, papers_of
from reconcile.writing.papers.matter import Audience, HandOver, Matter, Supply, VisitSheet
from reconcile.writing.papers.packing import Pack, contents_name, make_pack, pack_name
from reconcile.writing.papers.typesetting import TypesettingFailed

__all__ = [
    "BY_CODE",
    "PAPERS",
    "Audience",
    "HandOver",
    "MadePaper",
    "Matter",
    "Pack",
    "Paper",
    "Supply",
    "TypesettingFailed",
    "VisitSheet",
    "contents_name",
    "letter_of",
    "make_pack",
    "pack_name",
    "papers_of",
]
