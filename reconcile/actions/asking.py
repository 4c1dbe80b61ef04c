"""The password asked again at the moment of a deed that counts: wrong tries are told in the log and soon stopped."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reconcile.actions.audit import record
from reconcile.actions.errors import ActionRefused
from reconcile.models import AuditEntry, Officer

MOST_TRIES, FOR = 5, timedelta(minutes=15)  # as at sign-in (settings: AXES_FAILURE_LIMIT, AXES_COOLOFF_TIME)
WRONG, RIGHT = "asking.wrong_password", "asking.right_password"


def confirm_password(*, by: Officer, password: str) -> None:
    """Refuse ("wrong_password", "too_many_tries") unless this is the officer's password. Call outside a transaction.

    Five wrong tries close the way for a quarter of an hour; a right one begins the count anew.
    """
    with transaction.atomic():
        fresh = Officer.objects.select_for_update().get(pk=by.pk)
        if _tries(fresh) >= MOST_TRIES:
            minutes = FOR.seconds // 60
            sentence = _("Too many wrong passwords. Nothing was approved; try again in %(minutes)s minutes.")
            raise ActionRefused("too_many_tries", sentence, minutes=minutes)
        is_right = fresh.check_password(password)
        record(RIGHT if is_right else WRONG, by=by, election=None, subject=by)
    if not is_right:
        raise ActionRefused("wrong_password", _("The password is not right. Nothing was approved; type it again."))


def _tries(by: Officer) -> int:
    """Count the wrong tries since the last right one, in the last quarter of an hour."""
    mine = AuditEntry.objects.filter(by=by, what__in=(WRONG, RIGHT), at__gt=timezone.now() - FOR)
    last = mine.filter(what=RIGHT).first()
    return mine.filter(what=WRONG, pk__gt=last.pk if last else 0).count()
