"""When work should be called stuck: nobody must wait before a worker that is not there, or was broken off."""

from datetime import datetime, timedelta

from django.utils import timezone

from reconcile.models import MatchRun, RollInspection, StageComparison, Upload

_WORK = (Upload, MatchRun, StageComparison, RollInspection)
PATIENCE = timedelta(minutes=1)


def is_stuck(waiting_since: datetime) -> bool:
    """Return whether work has waited for long while no worker gave a sign of life."""
    lately = timezone.now() - PATIENCE
    if waiting_since > lately:
        return False
    return not any(model.objects.filter(heartbeat__gt=lately).exists() for model in _WORK)


def is_silent(last_sign: datetime | None) -> bool:
    """Return whether the worker that has something in hand has given no sign of life for long."""
    return last_sign is not None and last_sign < timezone.now() - PATIENCE
