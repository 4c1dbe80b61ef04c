"""When waiting work should be called stuck: nobody must wait before a worker that is not there."""

from datetime import datetime, timedelta

from django.utils import timezone

from reconcile.models import MatchRun, Upload

PATIENCE = timedelta(minutes=1)


def is_stuck(waiting_since: datetime) -> bool:
    """Return whether work has waited for long while no worker gave a sign of life."""
    lately = timezone.now() - PATIENCE
    if waiting_since > lately:
        return False
    return not any(model.objects.filter(heartbeat__gt=lately).exists() for model in (Upload, MatchRun))
