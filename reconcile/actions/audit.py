"""One entry of the audit log for each action, written by the transaction that changes the data."""

from typing import Any

from django.db import models

from reconcile.models import AuditEntry, Election, Officer


def record(
    what: str, *, by: Officer | None, election: Election | None, subject: models.Model, **facts: Any
) -> AuditEntry:
    """Add an entry such as `lists.accept_list` about `SourceList:12`. `facts`: numbers and codes only."""
    return AuditEntry.objects.create(
        what=what, by=by, election=election, subject=f"{type(subject).__name__}:{subject.pk}", facts=facts
    )
