"""Words for what is wrong with the definition of an election: what, and what to do."""

from collections.abc import Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from reconcile.deciding.fields import Fault, FaultCode
from reconcile.labels.words import Words

FAULTS: dict[FaultCode, Words] = {
    FaultCode.NOT_TOML: _(
        "The text cannot be read as TOML: %(detail)s. Often a quotation mark or a bracket is missing."
    ),
    FaultCode.MISSING: _("This key is missing. Add it; the elections that come with the program show how."),
    FaultCode.WRONG_TYPE: _("This must be %(detail)s."),
    FaultCode.EMPTY: _("This must not be empty. Write a value."),
    FaultCode.TOO_SMALL: _("This number is too small. Write %(detail)s or more."),
    FaultCode.TOO_LARGE: _("This number is too large. Write %(detail)s or less."),
    FaultCode.NOT_A_DATE: _("%(detail)s is not a date. Write it as 2024-11-27: year, month, day."),
    FaultCode.NOT_A_TIME: _('%(detail)s is not a time. Write it as "07:00".'),
    FaultCode.NOT_A_CODE: _("%(detail)s is not a code. Use small letters, digits, - and _ only."),
    FaultCode.NOT_A_TEXT: _("Write at most %(detail)s characters, and nothing that cannot be seen."),
    FaultCode.UNKNOWN_CHOICE: _("This word is not known here. Choose from: %(detail)s."),
    FaultCode.UNKNOWN_KEY: _("Nothing reads a key of this name. Correct its spelling, or remove it."),
    FaultCode.TWICE: _("%(detail)s stands here more than once. Keep one of them."),
    FaultCode.OVERLAP: _(
        "%(detail)s means something else already at the same stage. Give it another code, or other stages."
    ),
    FaultCode.NO_SUCH_REASON: _(
        "No table [[reasons]] explains the reason %(detail)s. Add one, or take the reason out here."
    ),
    FaultCode.NO_DEADLINE: _(
        "No deadline names the reason %(detail)s. Add it to the reasons of a table [[deadlines]]."
    ),
    FaultCode.NO_SUCH_STAGE: _("No table [[stages]] has the code %(detail)s. Add one, or take the stage out here."),
    FaultCode.NO_SUCH_ZONE: _("%(detail)s is no time zone. In Indonesia: Asia/Jakarta, Asia/Makassar, Asia/Jayapura."),
    FaultCode.NO_REMARK: _(
        'No table [[remarks]] takes the vote away for: %(detail)s. Add one; without a number, write code = "".'
    ),
    FaultCode.NO_DISTRICTS: _(
        'This ballot needs a table of electoral districts (%(detail)s). Write districts = "pemilu-2024"; what that '
        "does not hold can be imported under Electoral districts."
    ),
    FaultCode.NO_POINT: _('With effect = "barred" a point must say why; with any other effect leave it out.'),
    FaultCode.WRONG_ORDER: _("The polls close before they open. Correct one of the two times."),
    FaultCode.NO_SUCH_ELECTION: _("No election %(detail)s comes with the program."),
}

# What a value must be, by the name of its type.
TYPES: dict[str, Words] = {
    "int": _("a whole number without quotation marks; write shares as two of them, numerator and denominator"),
    "str": _("a text in quotation marks"),
    "bool": _("true or false, without quotation marks"),
    "list": _("a list in square brackets"),
    "dict": _("a table of its own"),
}


def in_our_language(label: Mapping[str, str]) -> str:
    """Return an election's own text in the reader's language, in the other one where it has no such text."""
    ours, other = ("en", "id") if (get_language() or "").startswith("en") else ("id", "en")
    return label.get(ours) or label.get(other, "")


def fault_text(fault: Fault, line: int | None = None) -> str:
    """Return one sentence: on which line, where in the definition, what is wrong and what to do."""
    words = str(FAULTS[fault.code]) % {"detail": TYPES.get(fault.detail, fault.detail)}
    where = [str(_("line %(line)s")) % {"line": line}] if line else []
    where += [fault.path] if fault.path else []
    return f"{', '.join(where)}: {words}" if where else words
