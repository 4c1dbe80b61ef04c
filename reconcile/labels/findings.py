"""Words for what officers establish: the right to vote, evidence, where somebody will be on voting day."""

from django.utils.translation import gettext_lazy as _

from reconcile.deciding.custody import Forecast
from reconcile.deciding.election_parts import Point
from reconcile.labels.words import Words

# Why a point does not stand in the way; the keys are stored by `models`.
CLEARINGS: dict[str, Words] = {
    "married": _("married or once married, so may vote under age"),
    "of_age": _("old enough on voting day"),
    "dismissed": _("dismissed or retired from the TNI or Polri, so may vote"),
    "citizen": _("Indonesian citizen"),
    "alive": _("alive"),
    "restored": _("the right to vote was not revoked, or is restored"),
}

POINTS: dict[Point, Words] = {
    Point.UNDER_AGE: _("age and marriage"),
    Point.FOREIGN: _("citizenship"),
    Point.SERVING: _("service in the TNI or Polri"),
    Point.DEAD: _("life"),
    Point.REVOKED: _("verdict on the right to vote"),
}

FINDING_STATUSES: dict[str, Words] = {
    "waiting": _("waits for the second officer"),
    "counts": _("counts"),
    "refused": _("refused by the second officer"),
    "withdrawn": _("taken back"),
}

STAYS: dict[str, Words] = {
    "here": _("held where the register says"),
    "place": _("held at another place"),
    "hospital": _("in a hospital"),
    "prison": _("in another prison"),
    "free": _("released, at home"),
}

FORECASTS: dict[Forecast, Words] = {
    Forecast.OUT: _("sentence ends before voting day"),
    Forecast.STAGE_ENDS: _("stage of detention ends before voting day"),
    Forecast.RUNS_LONGER: _("another sentence runs longer"),
    Forecast.AGAIN: _("taken in again after the sentence"),
    Forecast.NO_END: _("sentenced, no end stated"),
    Forecast.NO_DATE: _("detained, no date stated"),
    Forecast.STAYS: _("still held on voting day"),
}

# How far such a date is to be trusted (domain 5.3), and why.
TRUSTS: dict[Forecast, Words] = {
    Forecast.OUT: _("firm (class B); remission may bring it forward"),
    Forecast.STAGE_ENDS: _("uncertain (class A, police cells): usually extended"),
    Forecast.RUNS_LONGER: _("firm (class B): the later date counts"),
    Forecast.AGAIN: _("the new detention counts"),
    Forecast.NO_END: _("unknown: ask the Rutan"),
    Forecast.NO_DATE: _("unknown: ask the Rutan or Polres"),
    Forecast.STAYS: _("class B may leave earlier by remission"),
}
