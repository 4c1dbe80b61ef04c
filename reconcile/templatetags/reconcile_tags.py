"""What templates need to show codes, numbers and dates; no rule and no query of its own but the frame's."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import get_language, ngettext

from reconcile import labels, regions
from reconcile.deciding import TpsRef
from reconcile.queries import problems
from reconcile.queries.filters import NEVER, Filter
from reconcile.queries.groups import Group, group_of
from reconcile.versions import in_groups

register = template.Library()
SOON = 90  # seconds; beyond, minutes are told


def _is_english() -> bool:
    return (get_language() or "").startswith("en")


TABLES: dict[str, Mapping[Any, Any]] = {
    "action": labels.ACTIONS,
    "actor": labels.ACTORS,
    "answer": labels.ANSWERS,
    "audience": labels.AUDIENCES,
    "ballot_column": labels.BALLOT_COLUMNS,
    "bulk_rule": labels.BULK_RULES,
    "case_reason": labels.CASE_REASONS,
    "case_explanation": labels.CASE_EXPLANATIONS,
    "case_status": labels.CASE_STATUSES,
    "caution": labels.CAUTIONS,
    "decision_end": labels.DECISION_ENDS,
    "decision_reason": labels.DECISION_REASONS,
    "place_kind": labels.PLACE_KINDS,
    "pair_field": labels.PAIR_FIELDS,
    "clearing": labels.CLEARINGS,
    "finding_status": labels.FINDING_STATUSES,
    "forecast": labels.FORECASTS,
    "gap": labels.GAPS,
    "point": labels.POINTS,
    "stay": labels.STAYS,
    "trust": labels.TRUSTS,
    "change": labels.CHANGE_KINDS,
    "check": {code: words.what for code, words in labels.CHECKS.items()},
    "column": labels.COLUMNS,
    "conflict": labels.CONFLICTS,
    "counted_at": labels.COUNTED_AT,
    "discrepancy": labels.DISCREPANCIES,
    "ending": labels.ENDINGS,
    "file_note": labels.FILE_NOTES,
    "finding": labels.FINDINGS,
    "group": labels.GROUPS,
    "hand": labels.HAND_KINDS,
    "kind": labels.KINDS,
    "list_status": labels.LIST_STATUSES,
    "loan_status": labels.LOAN_STATUSES,
    "match_status": labels.MATCH_STATUSES,
    "not_voted": {**labels.NOT_VOTED, **{code.value: words.short for code, words in labels.OUTCOMES.items()}},
    "note": labels.NOTES,
    "paper_kind": labels.PAPER_KINDS,
    "person_change": labels.PERSON_CHANGES,
    "role": labels.ROLES,
    "run_status": labels.RUN_STATUSES,
    "sex": labels.SEXES,
    "step": labels.RUN_STEPS,
    "supposition": labels.SUPPOSITIONS,
    "outcome": {code: words.short for code, words in labels.OUTCOMES.items()},
    "outcome_sentence": {code: words.sentence for code, words in labels.OUTCOMES.items()},
    "outcome_meaning": {code: words.meaning for code, words in labels.OUTCOMES.items()},
    "upload_failure": labels.UPLOAD_FAILURES,
    "upload_status": labels.UPLOAD_STATUSES,
    "verdict": labels.VERDICTS,
    "version_end": labels.VERSION_ENDS,
    "version_status": labels.VERSION_STATUSES,
    "vote_kind": labels.VOTE_KINDS,
    "wizard_step": labels.WIZARD_STEPS,
    "work_step": labels.WORK_STEPS,
    "paper": labels.PAPERS,
    "roll_step": labels.ROLL_STEPS,
    "stage_group": labels.STAGE_GROUPS,
    "measure": labels.MEASURES,
    "stage_fault": {code: words.short for code, words in labels.STAGE_FAULTS.items()},
    "stage_fault_meaning": {code: words.meaning for code, words in labels.STAGE_FAULTS.items()},
    "roll_check": {code: words.short for code, words in labels.ROLL_CHECKS.items()},
    "roll_check_meaning": {code: words.meaning for code, words in labels.ROLL_CHECKS.items()},
    "problem": {code: words.what for code, words in labels.PROBLEMS.items()},
    "remedy": {code: words.remedy for code, words in labels.PROBLEMS.items()},
}


@register.filter
def word(code: str, table: str) -> Any:
    """Return the words for a code. A code without words is shown as it is; a test forbids that."""
    return TABLES[table].get(code, code)


@register.filter
def capital(text: Any) -> str:
    """Return a text that begins with a capital letter: codes' words are written small."""
    return str(text)[:1].upper() + str(text)[1:]


@register.filter
def number(value: int | None) -> str:
    """Return a whole number as people write it: 24.600 in Indonesian, 24,600 in English."""
    if value is None:
        return "–"
    written = f"{value:,}"
    return written if _is_english() else written.replace(",", ".")


@register.simple_tag
def people(count: int, **codes: Any) -> str:
    """Return a number of held people as the link to exactly these people; 0 leads nowhere.

    `codes` narrow the list as its address does (`queries.filters.Filter`). `data-count` says how many must be there:
    the page says it again as `data-total`, and a test holds the two equal on every screen.
    """
    if not count:
        return number(count)
    query = Filter(**{name: str(code) for name, code in codes.items()}).query()
    address = reverse("reconcile:people") + (query if query != "?" else "")
    return format_html('<a href="{}" data-count="{}">{}</a>', address, count, number(count))


@register.simple_tag
def figure(count: int, page: str, pk: int | None = None, **codes: Any) -> str:
    """Return a number as the link to the page that lists what it counts, as `people` does; 0 leads nowhere.

    `page`: its name among the addresses, `pk`: what it is about, `codes`: what the list is narrowed to.
    """
    if not count:
        return number(count)
    query = urlencode({name: code for name, code in codes.items() if code})
    address = reverse(f"reconcile:{page}", args=[] if pk is None else [pk]) + (f"?{query}" if query else "")
    return format_html('<a href="{}" data-count="{}">{}</a>', address, count, number(count))


@register.filter
def of(counts: Mapping[str, int], code: str) -> int:
    """Return the number counted under a code, 0 where none is."""
    return counts.get(code, 0)


@register.filter
def due_code(value: date | None) -> str:
    """Return the day of a step as an address carries it."""
    return value.isoformat() if value else NEVER


@register.filter
def day(value: date | None) -> str:
    """Return a date as dd-mm-yyyy."""
    return value.strftime("%d-%m-%Y") if value else ""


@register.filter
def short_day(value: date | None) -> str:
    """Return a date as dd-mm, where the year is clear."""
    return value.strftime("%d-%m") if value else ""


@register.filter
def long_day(value: date | None) -> str:
    """Return a date with the month's name: 20 November 2024."""
    return date_format(value, "j F Y") if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """Return a moment as dd-mm-yyyy hh.mm, in local time."""
    return timezone.localtime(value).strftime("%d-%m-%Y %H.%M") if value else ""


@register.filter
def clock(value: datetime | None) -> str:
    """Return the time of a moment as hh.mm, in local time."""
    return timezone.localtime(value).strftime("%H.%M") if value else ""


@register.filter
def hour(value: time | None) -> str:
    """Return a time of day as hh.mm."""
    return value.strftime("%H.%M") if value else ""


@register.filter
def iso_day(value: str) -> str:
    """Return a date kept as text as dd-mm-yyyy."""
    return day(parse_date(value))


@register.filter
def officer(value: Any) -> str:
    """Return how an officer is called: the full name, else the login."""
    return (value.get_full_name() or value.get_username()) if value else ""


@register.filter
def time_left(seconds: int) -> str:
    """Return how long something still takes, as roughly as it is known."""
    if seconds < SOON:
        return ngettext("about %(n)s second left", "about %(n)s seconds left", seconds) % {"n": seconds}
    minutes = round(seconds / 60)
    return ngettext("about %(n)s minute left", "about %(n)s minutes left", minutes) % {"n": minutes}


@register.filter
def bits(thousandths: int) -> str:
    """Return a weight with its sign and all its digits, so that a column visibly adds up: +12,345."""
    written = f"{thousandths / 1000:+.3f}".replace("-", "−")
    return written if _is_english() else written.replace(".", ",")


@register.filter
def local(label: Mapping[str, str]) -> str:
    """Return the text of an election's own label in the language of the page."""
    return labels.in_our_language(label)


@register.filter
def short_name(election: Any) -> str:
    """Return what officers call an election: "Pilkada 2024"."""
    return f"{election.definition['kind'].replace('-', ' ').capitalize()} {election.voting_day.year}"


@register.filter
def field_name(name: str) -> Any:
    """Return the words for a field of the comparison."""
    return labels.FIELD_NAMES.get(name, name)


@register.filter
def field_word(name: str) -> str:
    """Return the words for a field of a record, as a line begins with it."""
    known = labels.CHANGED_FIELDS.get(name) or labels.FIELD_NAMES.get(name) or labels.VERSION_FIELDS.get(name)
    return capital(known or name)


@register.filter
def mark(fingerprint: str) -> str:
    """Return a fingerprint in groups of four, as papers print it."""
    return in_groups(fingerprint)


TONES = {
    Group.HERE: "good",
    Group.LETTER: "warn",
    Group.CHECK: "warn",
    Group.OTHERS: "",
    Group.CANNOT: "stop",
}


@register.filter
def tone(outcome: str, provisional: bool) -> str:
    """Return the colour of an outcome, as a class of the stylesheet."""
    return TONES[group_of(outcome, provisional)]


@register.filter
def sign_name(sign: str) -> Any:
    """Return a sign of the comparison in words, for whoever hears the page."""
    return labels.SIGNS.get(sign, sign)


@register.filter
def tps_name(tps: TpsRef) -> str:
    """Return a TPS as officers call it: "TPS 901 Kunden"."""
    return f"TPS {tps.number} {regions.name_of(tps.region).title()}".strip()


@register.filter
def tps_code(tps: TpsRef) -> str:
    """Return a TPS as an address carries it: "3316091015-901"."""
    return f"{tps.region}-{tps.number}"


@register.filter
def shown_cell(text: str) -> str:
    """Return a cell with every number masked that is long enough to be somebody's."""
    return problems.shown_cell(text)


@register.filter
def bare(sentence: Any) -> str:
    """Return a sentence without its full stop, to be used as a heading."""
    return str(sentence).rstrip(".")
