"""Every code that deciding can emit besides the outcomes. The words for them are in `reconcile.labels`."""

from enum import StrEnum


class Action(StrEnum):
    """What has to be done next for one person."""

    SETTLE_REVIEW = "settle_review"  # say which of the contradicting sources is right
    SEND_EVIDENCE = "send_evidence"  # tell KPU why this person may not vote, with proof
    STRIKE_ONE = "strike_one"  # listed where one may stand once: strike all but one
    MOVE_BACK = "move_back"  # on our roll, but at home on voting day: back to the home TPS
    MOVE_ALONG = "move_along"  # will be in a hospital or another prison: a letter for the TPS that serves it
    ASK_KPU = "ask_kpu"  # too late to move back: nobody knows where this person may vote
    VOTE_AT_HOME = "vote_at_home"  # tell the person to vote at home
    MARK_COPY = "mark_copy"  # gone from custody: mark the TPS's copy, nobody else may use the place
    COUNT_BALLOTS = "count_ballots"  # nothing but counting the ballots
    ISSUE_TRANSFER_LETTER = "issue_transfer_letter"
    EXPLAIN_NO_BALLOT = "explain_no_ballot"  # home in another province and no ballot for it here
    RECORD_LOSS = "record_loss"  # write down the lost vote and tell Bawaslu
    FIND_NIK = "find_nik"
    RECORD_EKTP = "record_ektp"
    ASK_OTHER_KPU = "ask_other_kpu"  # the KPU of the home regency
    SEARCH_SIDALIH = "search_sidalih"


class Actor(StrEnum):
    """Who must do it."""

    KPPS = "kpps"
    KPU = "kpu"
    INSTITUTION = "institution"  # the Rutan or the Polres
    DISDUKCAPIL = "disdukcapil"


class Note(StrEnum):
    """What a person should know of how an outcome came about."""

    # why ineligible
    UNDER_AGE = "under_age"
    FOREIGN = "foreign"
    SERVING = "serving"  # TNI or Polri
    DEAD = "dead"
    REVOKED = "revoked"
    ESTABLISHED = "established"  # officers have established this with evidence; it prevails over the lists
    # two sources say different things on a point that would change the outcome
    AGE_CONTRADICTED = "age_contradicted"
    NATIONALITY_CONTRADICTED = "nationality_contradicted"
    SERVICE_CONTRADICTED = "service_contradicted"
    DEATH_CONTRADICTED = "death_contradicted"  # dead on the roll, but held alive
    HOMES_DIFFER = "homes_differ"  # register rows of one person name homes in different regencies
    # not known well enough
    AGE_UNCERTAIN = "age_uncertain"
    MARITAL_UNKNOWN = "marital_unknown"
    NATIONALITY_UNREADABLE = "nationality_unreadable"
    OCCUPATION_UNCLEAR = "occupation_unclear"  # "PNS/TNI/POLRI"
    HOME_UNKNOWN = "home_unknown"  # not even the regency
    BALLOTS_NEED_DISTRICT = "ballots_need_district"  # the home is known too roughly to name the ballots
    BALLOTS_NEED_VILLAGE = "ballots_need_village"  # "perlu desa": its kecamatan is split between electoral districts
    BALLOTS_NEED_TABLE = "ballots_need_table"  # no table of electoral districts names the home
    TPS_UNKNOWN = "tps_unknown"  # the roll does not say where this row's TPS lies
    REMARK_UNKNOWN = "remark_unknown"  # a number that is no remark of this stage
    # custody
    DETENTION_STAGE_ENDS = "detention_stage_ends"  # before voting day; usually extended
    LATER_RELEASE_PREVAILS = "later_release_prevails"  # another sentence runs longer
    RELEASE_UNKNOWN = "release_unknown"  # sentenced, but no end is stated
    DETAINED_AGAIN = "detained_again"  # taken in again after the sentence's end
    ARRESTED_AFTER_DEADLINE = "arrested_after_deadline"  # KPU to say whether such people may vote
    STAY_SAID = "stay_said"  # an officer says where the person will be on voting day
    ELSEWHERE_ON_DAY = "elsewhere_on_day"  # ... and that is where another TPS serves
    # rolls and papers
    ENTRY_STRUCK = "entry_struck"  # a row was left out because its remark says it does not count
    EKTP_UNRECORDED = "ektp_unrecorded"
    DEADLINE_PASSED = "deadline_passed"
    NO_BALLOT_HERE = "no_ballot_here"
    UNREGISTERED_POSSIBLE = "unregistered_possible"  # home in this TPS's village: may vote with an e-KTP


class DiscrepancyCode(StrEnum):
    """One difference between what two sources say of a person."""

    NIK_DIFFERS = "nik_differs"  # without the values: they are for one case's screen only
    NIK_UNUSABLE = "nik_unusable"
    NAME_DIFFERS = "name_differs"
    BIRTH_DATE_DIFFERS = "birth_date_differs"
    SEX_DIFFERS = "sex_differs"
    PLACE_DIFFERS = "place_differs"  # the home village
    LISTED_TWICE_IN_REGISTER = "listed_twice_in_register"
    IN_BOTH_REGISTERS = "in_both_registers"
    LISTED_TWICE_ON_ROLL = "listed_twice_on_roll"
    NOT_IN_CUSTODY = "not_in_custody"  # of voters of the special TPS whom no register holds any more
