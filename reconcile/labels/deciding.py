"""Words for what follows from an answer: actions, who does them, notes, differences between sources."""

from django.utils.translation import gettext_lazy as _

from reconcile.deciding.codes import Action, Actor, DiscrepancyCode, Note
from reconcile.labels.words import Words

# What to do, as an office would write it on a list of tasks.
ACTIONS: dict[Action, Words] = {
    Action.SETTLE_REVIEW: _("settle the doubtful case"),
    Action.SEND_EVIDENCE: _("send KPU the proof that this person may not vote"),
    Action.STRIKE_ONE: _("strike all entries but one"),
    Action.MOVE_BACK: _("move back to the roll at home"),
    Action.MOVE_ALONG: _("issue the moved-voter letter for where the person will be"),
    Action.ASK_KPU: _("ask KPU where this person may vote"),
    Action.VOTE_AT_HOME: _("tell the person to vote at home"),
    Action.MARK_COPY: _("mark as gone in the TPS's copy of the roll"),
    Action.COUNT_BALLOTS: _("count the ballots"),
    Action.ISSUE_TRANSFER_LETTER: _("issue the moved-voter letter"),
    Action.EXPLAIN_NO_BALLOT: _("explain that there is no ballot for this home here"),
    Action.RECORD_LOSS: _("record the lost vote and tell Bawaslu"),
    Action.FIND_NIK: _("find the NIK"),
    Action.RECORD_EKTP: _("record the e-KTP on site"),
    Action.ASK_OTHER_KPU: _("ask the KPU of the home regency"),
    Action.SEARCH_SIDALIH: _("search in Sidalih"),
}

ACTORS: dict[Actor, Words] = {
    Actor.KPPS: _("KPPS"),
    Actor.KPU: _("KPU"),
    Actor.INSTITUTION: _("Rutan or Polres"),
    Actor.DISDUKCAPIL: _("Disdukcapil"),
}

NOTES: dict[Note, Words] = {
    Note.UNDER_AGE: _("Under 17 on voting day and never married."),
    Note.FOREIGN: _("Not an Indonesian citizen."),
    Note.SERVING: _("Serves in the TNI or Polri."),
    Note.DEAD: _("Marked as dead."),
    Note.REVOKED: _("The right to vote was revoked by a verdict."),
    Note.ESTABLISHED: _("Officers have established this with evidence; it prevails over the lists."),
    Note.AGE_CONTRADICTED: _("The sources disagree whether this person is old enough."),
    Note.NATIONALITY_CONTRADICTED: _("The sources disagree on the nationality."),
    Note.SERVICE_CONTRADICTED: _("The sources disagree whether this person serves in the TNI or Polri."),
    Note.DEATH_CONTRADICTED: _("Marked as dead on the roll, but held alive."),
    Note.HOMES_DIFFER: _("The register rows of this person name homes in different regencies."),
    Note.AGE_UNCERTAIN: _("The birth date is not known well enough to be sure of the age."),
    Note.MARITAL_UNKNOWN: _("Under 17 on voting day; whether married is not stated."),
    Note.NATIONALITY_UNREADABLE: _("The nationality cannot be read."),
    Note.OCCUPATION_UNCLEAR: _("The occupation leaves open whether this person serves in the TNI or Polri."),
    Note.HOME_UNKNOWN: _("Not even the regency of the home is known."),
    Note.BALLOTS_NEED_DISTRICT: _(
        "The home is known too roughly to name all ballots: its district, or even its regency, is needed."
    ),
    Note.BALLOTS_NEED_VILLAGE: _(
        "The village is needed to name all ballots: the district of the home is split between electoral districts."
    ),
    Note.BALLOTS_NEED_TABLE: _(
        "No table of electoral districts names the home: an administrator must import that regency's table."
    ),
    Note.TPS_UNKNOWN: _("The roll does not say where the TPS of this entry lies."),
    Note.REMARK_UNKNOWN: _("The remark on the roll is none of the known codes."),
    Note.DETENTION_STAGE_ENDS: _("This stage of detention ends before voting day; usually it is extended."),
    Note.LATER_RELEASE_PREVAILS: _("Another sentence of this person runs longer."),
    Note.RELEASE_UNKNOWN: _("Sentenced, but the end of the sentence is not stated."),
    Note.DETAINED_AGAIN: _("Taken in again after the end of the sentence."),
    Note.STAY_SAID: _(
        "An officer has said where this person will be on voting day; the register's dates do not count."
    ),
    Note.ELSEWHERE_ON_DAY: _("An officer has said that on voting day this person will be where another TPS serves."),
    Note.ARRESTED_AFTER_DEADLINE: _(
        "Taken in after the deadline for moving; KPU decides whether this person may vote."
    ),
    Note.ENTRY_STRUCK: _("An entry on the roll was left out because its remark says it does not count."),
    Note.EKTP_UNRECORDED: _("The e-KTP is not recorded yet."),
    Note.DEADLINE_PASSED: _("The deadline has passed."),
    Note.NO_BALLOT_HERE: _("The home lies outside the province: there is no ballot for it here."),
    Note.UNREGISTERED_POSSIBLE: _(
        "The home lies in the village of this TPS: may vote as an unregistered voter with e-KTP."
    ),
}

DISCREPANCIES: dict[DiscrepancyCode, Words] = {
    DiscrepancyCode.NIK_DIFFERS: _("NIK differs"),
    DiscrepancyCode.NIK_UNUSABLE: _("NIK not usable"),
    DiscrepancyCode.NAME_DIFFERS: _("name differs"),
    DiscrepancyCode.BIRTH_DATE_DIFFERS: _("birth date differs"),
    DiscrepancyCode.SEX_DIFFERS: _("sex differs"),
    DiscrepancyCode.PLACE_DIFFERS: _("home village differs"),
    DiscrepancyCode.LISTED_TWICE_IN_REGISTER: _("twice in one register"),
    DiscrepancyCode.IN_BOTH_REGISTERS: _("in the Rutan's and the Polres's register"),
    DiscrepancyCode.LISTED_TWICE_ON_ROLL: _("twice on the roll"),
    DiscrepancyCode.NOT_IN_CUSTODY: _("on the roll but not in custody"),
}

# Why nothing can be said of somebody's ballots; the keys are those of `queries.gaps`.
GAPS: dict[str, Words] = {
    "village": _("village (desa) needed"),
    "district": _("district (kecamatan) needed"),
    "table": _("table of electoral districts needed"),
    "home": _("home unknown"),
}
