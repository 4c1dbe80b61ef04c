"""How a version moves from one state to another, and its cases with it: out of the officers' hands and back."""

from collections.abc import Collection

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reconcile.actions.errors import ActionRefused
from reconcile.models import CASE_MOVES, VERSION_MOVES, Case, CaseStatus, Officer, Place, StoredVersion, VersionStatus

OUT_OF_HANDS = frozenset({CaseStatus.SENT, CaseStatus.APPROVED})
NOT_NOW = _("This version has moved on since you opened the page. Here is how it stands.")


def move(stored: StoredVersion, *, to: VersionStatus, by: Officer | None, **changes: object) -> None:
    """Move a version by compare-and-set. Refused ("not_now") when somebody was first."""
    if to not in VERSION_MOVES[VersionStatus(stored.status)]:
        raise ActionRefused("not_now", NOT_NOW)
    ends = {} if to == VersionStatus.APPROVED else {"ended_at": timezone.now(), "ended_by": by}
    mine = StoredVersion.objects.filter(pk=stored.pk, status=stored.status)
    if not mine.update(status=to, **ends, **changes):
        raise ActionRefused("not_now", NOT_NOW)
    stored.refresh_from_db()


def hand_on(cases: QuerySet[Case], to: CaseStatus) -> int:
    """Give settled cases another status; their answers stay as they are. Returns how many."""
    statuses = set(cases.values_list("status", flat=True).distinct())
    assert all(to in CASE_MOVES[CaseStatus(one)] for one in statuses), (statuses, to)
    return cases.update(status=to, version=F("version") + 1, holder=None, held_until=None)


def hand_back(place: Place, statuses: Collection[CaseStatus] = OUT_OF_HANDS) -> int:
    """Give the cases of a place back to its officers, settled as they were: by one officer, or by two."""
    return _settle_again(Case.objects.filter(place=place, status__in=statuses))


def _settle_again(mine: QuerySet[Case]) -> int:
    answers = Count("decisions", filter=Q(decisions__is_open=True))
    by_two = [pk for pk, n in mine.annotate(n=answers).values_list("pk", "n") if n > 1]
    n_two = hand_on(mine.filter(pk__in=by_two), CaseStatus.AGREED)
    return n_two + hand_on(mine, CaseStatus.DECIDED)


def hand_back_stray(case: int) -> None:
    """Give a case back that has got its former status again while the version it belonged to has ended since."""
    for its in Case.objects.filter(pk=case, status__in=OUT_OF_HANDS):
        if not StoredVersion.objects.filter(place=its.place_id, status=its.status).exists():
            _settle_again(Case.objects.filter(pk=case, status__in=OUT_OF_HANDS))
