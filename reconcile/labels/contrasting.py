"""Words for what tells two voters apart: "NIK: the same here, one digit differs there"."""

from django.utils.translation import gettext_lazy as _

from reconcile.labels.matching import FIELDS, level_text


def contrast_text(field: str, first: str, second: str, weight: int) -> str:
    """Return one field of two candidates in plain words: the first is here, the second there.

    Where the level is the same for both, what agrees is rarer (or what differs tells less) for the one that
    `weight` speaks for: above zero the first.
    """
    words = {"field": FIELDS.get(field, field), "first": level_text(field, first), "second": level_text(field, second)}
    if first != second:
        return str(_("%(field)s: %(first)s here, %(second)s there")) % words
    if weight > 0:
        return str(_("%(field)s: %(first)s with both, and it weighs more here")) % words
    return str(_("%(field)s: %(first)s with both, and it weighs more there")) % words


def field_text(field: str) -> str:
    """Return the words for a field of a match."""
    return str(FIELDS.get(field, field))
