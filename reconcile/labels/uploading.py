"""Words for the upload wizard: its steps and states, what the worker does, what stands in the way."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from reconcile.labels.words import Words

# The five steps, in order, as the step bar names them.
WIZARD_STEPS: dict[str, Words] = {
    "choose": _("Choose"),
    "files": _("Files"),
    "recognise": _("Recognise"),
    "check": _("Check"),
    "apply": _("Apply"),
}

UPLOAD_STATUSES: dict[str, Words] = {
    "files": _("waits for files"),
    "to_recognise": _("waits to be recognised"),
    "recognising": _("being recognised"),
    "recognised": _("recognised, waits for your yes"),
    "to_check": _("waits to be checked"),
    "checking": _("being checked"),
    "checked": _("checked, ready to be applied"),
    "to_apply": _("waits to be applied"),
    "applying": _("being applied"),
    "applied": _("applied"),
    "undone": _("undone"),
    "cancelled": _("cancelled"),
}

UPLOAD_FAILURES: dict[str, Words] = {
    "failed": _(
        "The last try broke off. Nothing was changed. Try again; if that does not help, tell the administrator."
    ),
    "gave_up": _("The work broke off several times. Nothing was changed. Tell the administrator."),
    "moved": _("The lists in force have changed since the check, so nothing was applied. The numbers below are new."),
}

LIST_STATUSES: dict[str, Words] = {
    "stored": _("not applied yet"),
    "accepted": _("in force"),
    "refused": _("refused"),
    "replaced": _("replaced"),
    "withdrawn": _("undone"),
}

# What the worker is doing: steps of a job, told with n of total.
WORK_STEPS: dict[str, Words] = {
    "unpacking": _("unpacking the files"),
    "recognising": _("looking at the files"),
    "reading": _("reading the rows"),
    "comparing": _("comparing with what is known"),
    "storing": _("storing"),
}

CHANGE_KINDS: dict[str, Words] = {
    "new": _("new"),
    "changed": _("changed"),
    "gone": _("no longer listed"),
}

VERDICTS: dict[str, Words] = {
    "open": _("not decided"),
    "same": _("the same person"),
    "different": _("two people"),
}

# Why a file of an upload was passed over before anything was read.
FILE_NOTES: dict[str, Words] = {
    "same_file": _("already uploaded; nothing has changed"),
}


@dataclass(frozen=True)
class ObstacleWords:
    """`what` says what was found; `how` what can be done about it. Both may use the obstacle's numbers."""

    what: Words
    how: Words


OBSTACLES: dict[str, ObstacleWords] = {
    "no_files": ObstacleWords(_("There is no file yet."), _("Choose at least one file.")),
    "refused": ObstacleWords(
        _("%(file)s cannot be used."), _("Remove the file from this upload, or replace it by a better one.")
    ),
    "field_missing": ObstacleWords(
        _("%(file)s: no column holds the %(field)s."),
        _("Say below which column it is. If the file has none, ask the office for a list that has."),
    ),
    "heading_needed": ObstacleWords(
        _("%(file)s: no heading row was found."),
        _("Say below in which row the headings stand, or remove the file."),
    ),
    "kind_needed": ObstacleWords(
        _("%(file)s: it is not clear what kind of list this is."), _("Choose the kind below.")
    ),
    "place_needed": ObstacleWords(
        _("%(file)s: it is not clear which place this register comes from."), _("Choose the place below.")
    ),
    "place_differs": ObstacleWords(
        _("%(file)s does not look like a register of %(place)s."),
        _("Choose the right place or kind below, or remove the file."),
    ),
    "nobody": ObstacleWords(_("Not one row can be used."), _("Correct the file and upload it again.")),
    "doubles": ObstacleWords(
        _("%(rows)s people of this upload are also in %(file)s and would be counted twice."),
        _("Say whether the new file replaces that one, or whether both are right."),
    ),
    "expected_differs": ObstacleWords(
        _("You expected %(expected)s people, the files hold %(records)s."),
        _("Find out which number is right, or let an administrator accept it with a reason."),
    ),
    "older": ObstacleWords(
        _("This register is older than the one in force, of %(date)s: it would be kept as history and not count."),
        _("Check the date in the file, or let an administrator accept it with a reason."),
    ),
    "total_differs": ObstacleWords(
        _("A total written in the sheet is not the number of people read."),
        _("Ask the office which number is right, or let an administrator accept it with a reason."),
    ),
    "nik_zeros": ObstacleWords(
        _("Nearly all NIK of a sheet end in 0: Excel has spoilt the column."),
        _("Ask for the list with the NIK as text, or let an administrator accept it with a reason."),
    ),
    "mass_change": ObstacleWords(
        _("%(changed)s of %(before)s people would be gone or changed: more than %(limit)s %%."),
        _("Another administrator than %(by)s must confirm this with a reason."),
    ),
}

# Why an applied upload cannot be undone.
UNDO_REFUSALS: dict[str, Words] = {
    "not_applied": _("This upload is not in force."),
    "approved": _("A list built on it has been approved on %(date)s. Recall the approval first."),
    "replaced": _("A later upload of %(date)s builds on it. Undo that one first."),
    "running": _("A comparison is running on these lists. Wait until it has ended."),
}

# Our fields, as somebody chooses them for a column of an office. "ignored" is read and never stored.
COLUMNS: dict[str, Words] = {
    "number": _("running number"),
    "voter_id": _("voter number (DPID)"),
    "nkk": _("family card (NKK)"),
    "nik": _("NIK"),
    "name": _("name"),
    "alias": _("alias"),
    "father": _("father (bin)"),
    "sex": _("sex"),
    "birth_place": _("birth place"),
    "birth_date": _("birth date"),
    "birth_place_date": _("birth place and date"),
    "age": _("age"),
    "marital": _("marital status"),
    "nationality": _("nationality"),
    "occupation": _("occupation"),
    "address": _("address"),
    "rt": _("RT"),
    "rw": _("RW"),
    "rt_rw": _("RT/RW"),
    "disability": _("disability"),
    "ektp": _("e-KTP status"),
    "source_of_data": _("source of the data"),
    "remark": _("remark"),
    "tps": _("TPS"),
    "village": _("village"),
    "village_code": _("village code"),
    "district": _("district"),
    "district_code": _("district code"),
    "regency": _("regency"),
    "province": _("province"),
    "stage_code": _("stage code"),
    "updated": _("date of change"),
    "from_tps": _("TPS left"),
    "from_village": _("village left"),
    "from_district": _("district left"),
    "from_regency": _("regency left"),
    "from_province": _("province left"),
    "to_tps": _("new TPS"),
    "to_village": _("new village"),
    "to_district": _("new district"),
    "to_regency": _("new regency"),
    "to_province": _("new province"),
    "move_reason": _("reason for moving"),
    "registration_number": _("register number"),
    "register_class": _("register class"),
    "entry_date": _("date of entry"),
    "release_date": _("date of release"),
    "block": _("block and room"),
    "unit": _("unit"),
    "detention_order": _("detention order"),
    "corrects_file": _("corrected file"),
    "corrects_sheet": _("corrected sheet"),
    "corrects_row": _("corrected row"),
    "ignored": _("not needed: is never stored"),
}

# Fields of a record of which a change is told; "place" and "last_seen" say where a person was before.
CHANGED_FIELDS: dict[str, Words] = {
    **{name: COLUMNS[name] for name in (
        "registration_number", "register_class", "release_date", "entry_date", "block", "unit", "name", "nik", "nkk",
        "birth_date", "sex", "marital", "nationality", "address", "rt", "rw", "tps", "to_tps", "ektp", "disability",
        "remark",
    )},
    "birth_year": _("birth year"),
    "region_code": _("region code of the home"),
    "tps_region": _("village code of the TPS"),
    "to_region": _("village code of the new TPS"),
    "place": _("place of custody"),
    "last_seen": _("last seen in the list of"),
    "file": _("file"),
    "row": _("row"),
}  # fmt: skip
