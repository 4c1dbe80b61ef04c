"""Words for what the program answers about a person: outcomes and how sure the match is."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from reconcile.labels.words import Words
from reconcile.records import MatchStatus, Outcome


@dataclass(frozen=True)
class OutcomeWords:
    """`short` fits a badge or a table, `sentence` heads a person's answer, `meaning` explains it."""

    short: Words
    sentence: Words
    meaning: Words


OUTCOMES: dict[Outcome, OutcomeWords] = {
    Outcome.NEEDS_REVIEW: OutcomeWords(
        _("to be checked"),
        _("It is not certain which voter this person is."),
        _("The lists neither prove nor rule out that a voter is this person, or two sources contradict each other."),
    ),
    Outcome.INELIGIBLE: OutcomeWords(
        _("not eligible"),
        _("Not eligible to vote in this election."),
        _("Under 17 and never married on voting day, TNI or Polri, foreigner, dead, or right revoked."),
    ),
    Outcome.DUPLICATE: OutcomeWords(
        _("listed twice"),
        _("Stands on more than one roll that counts; one entry must be struck."),
        _("The same person stands on the roll of two TPS, for example here and at home."),
    ),
    Outcome.LEAVING: OutcomeWords(
        _("will be released"),
        _("Is released before voting day and votes at home."),
        _("The sentence ends before voting day. Whoever is on the roll of this TPS must be moved back home in time."),
    ),
    Outcome.LEFT: OutcomeWords(
        _("no longer held"),
        _("Stands on the roll of this TPS but is no longer held here."),
        _("The name stays printed on the roll; nobody else may use it."),
    ),
    Outcome.FIXED_HERE: OutcomeWords(
        _("votes here"),
        _("Is on the roll of this TPS and held here: votes here."),
        _("Nothing more to do than to count the ballots."),
    ),
    Outcome.MOVED_HERE: OutcomeWords(
        _("moved here"),
        _("Is on the moved-voter list of this TPS: votes here."),
        _("The moved-voter letter has been issued. Nothing more to do than to count the ballots."),
    ),
    Outcome.NEEDS_TRANSFER: OutcomeWords(
        _("needs a letter"),
        _("Is on the roll of another TPS and needs a moved-voter letter."),
        _("KPU issues the letter before the deadline for people in custody; after it the vote here is lost."),
    ),
    Outcome.TOO_LATE: OutcomeWords(
        _("too late"),
        _("Is on the roll of another TPS, and the deadline for moving has passed."),
        _("Cannot vote here any more. The case is recorded and Bawaslu is told."),
    ),
    Outcome.NEEDS_IDENTITY: OutcomeWords(
        _("needs identity"),
        _("Not found on any roll loaded, and the NIK is missing or damaged or the e-KTP is not recorded."),
        _("Disdukcapil finds the NIK or records the e-KTP; after that the person can be looked for again."),
    ),
    Outcome.OTHER_REGENCY: OutcomeWords(
        _("other regency"),
        _("Not found, and the home is in a regency whose roll is not loaded."),
        _("The KPU of the home regency is asked where the person is registered."),
    ),
    Outcome.NOT_ON_ROLL: OutcomeWords(
        _("not on the roll"),
        _("Not found on the rolls of the regency in which the home lies."),
        _("KPU searches Sidalih. Without an entry, the vote is only at the TPS of the e-KTP address."),
    ),
}

MATCH_STATUSES: dict[MatchStatus, Words] = {
    MatchStatus.AUTO: _("found, certain"),
    MatchStatus.REVIEW: _("found, to be checked"),
    MatchStatus.NONE: _("not found"),
}

# The five groups a meeting speaks of (`queries.groups`): what the tiles of the home page say.
GROUPS: dict[str, Words] = {
    "here": _("certain to vote here"),
    "letter": _("need a moved-voter letter"),
    "check": _("must be checked first"),
    "others": _("need another office to act"),
    "cannot": _("do not vote here"),
}
