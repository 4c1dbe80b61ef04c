"""Papers of an approved version: made, noted with their fingerprints, and taken away."""

import logging

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from reconcile.actions.audit import record
from reconcile.actions.errors import ActionRefused
from reconcile.actions.papers import Made, record_paper, record_papers, version_to_print
from reconcile.models import Officer, Paper, PaperKind, StoredVersion
from reconcile.queries.papers import matter_of
from reconcile.writing.papers import (
    BY_CODE,
    Audience,
    MadePaper,
    Matter,
    Pack,
    TypesettingFailed,
    letter_of,
    make_pack,
)

log = logging.getLogger(__name__)

_NOT_MADE = _("A paper could not be made, so none is given out. Tell the administrator; the log names the paper.")
_NO_PAPER = _("There is no such paper of this version for your role. Choose one from the page of papers.")
_NOT_PACKED = _("The pack has not been made yet. Make it first.")
_PACK_DIFFERS = _(
    "What the pack is made of besides the list (visits, loans, voters of the TPS) has changed since. Make it anew."
)


def matter_to_print(stored: StoredVersion, audience: Audience) -> Matter:
    """Return what papers are made of. Refused: "not_approved", "altered"."""
    return matter_of(stored, version_to_print(stored), audience)


@transaction.atomic
def print_paper(*, stored: StoredVersion, code: str, audience: Audience, by: Officer) -> MadePaper:
    """Make one paper and note it. Refused: "not_approved", "altered", "no_paper", "not_made"."""
    matter = matter_to_print(stored, audience)
    paper = BY_CODE.get(code)
    if paper is None or audience not in paper.audiences or not paper.has(matter):
        raise ActionRefused("no_paper", _NO_PAPER)
    try:
        made = paper.make(matter)
    except TypesettingFailed as failure:
        raise _not_made(failure) from failure
    record_paper(stored=stored, made=_told(made), by=by)
    return made


@transaction.atomic
def print_letter(*, stored: StoredVersion, number: int, audience: Audience, by: Officer) -> MadePaper:
    """Make the letter of one person. Refused: as `print_paper`, "no_paper" for somebody who gets no letter."""
    matter = matter_to_print(stored, audience)
    row = matter.by_number.get(number)
    try:
        if row is None:
            raise ValueError("no such row")
        made = letter_of(matter, row)
    except TypesettingFailed as failure:
        raise _not_made(failure) from failure
    except ValueError:
        raise ActionRefused("no_paper", _NO_PAPER) from None
    record_paper(stored=stored, made=_told(made), by=by)
    return made


@transaction.atomic
def print_pack(*, stored: StoredVersion, audience: Audience, by: Officer) -> Pack:
    """Make every paper and the zip of them, and note each: all or none.

    Refused: "not_approved", "altered", "not_made".
    """
    pack = _pack(matter_to_print(stored, audience))
    whole = Made(PaperKind.PACK, pack.name, pack.sha256, len(pack.content), len(pack.papers))
    record_papers(stored=stored, made=[*map(_told, pack.papers), whole], by=by)
    return pack


@transaction.atomic
def take_pack(*, stored: StoredVersion, audience: Audience, by: Officer) -> Pack:
    """Return the pack as it was made, byte for byte. Refused: "not_packed", "pack_differs" and as `print_pack`."""
    matter = matter_to_print(stored, audience)
    pack = _pack(matter)
    packs = Paper.objects.filter(version=stored, kind=PaperKind.PACK, name=pack.name)
    made = packs.filter(sha256=pack.sha256).first()
    if made is None:
        raise ActionRefused("pack_differs", _PACK_DIFFERS) if packs else ActionRefused("not_packed", _NOT_PACKED)
    record("printing.take_pack", by=by, election=made.election, subject=made, version=stored.pk, sha256=made.sha256)
    return pack


def _pack(matter: Matter) -> Pack:
    try:
        return make_pack(matter)
    except TypesettingFailed as failure:
        raise _not_made(failure) from failure


def _not_made(failure: TypesettingFailed) -> ActionRefused:
    log.error("paper not made: %s", failure)
    return ActionRefused("not_made", _NOT_MADE)


def _told(made: MadePaper) -> Made:
    is_pdf = made.name.endswith(".pdf")
    return Made(
        kind=PaperKind.PDF if is_pdf else PaperKind.WORKBOOK,
        name=made.name,
        sha256=made.sha256,
        size=len(made.content),
        rows=made.rows,
        pages=made.pages if is_pdf else None,
    )
