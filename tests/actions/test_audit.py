"""The audit log only grows."""

from typing import Any

import pytest

from reconcile.models import AppendOnly, AuditEntry

pytestmark = pytest.mark.django_db


def test_an_entry_cannot_be_changed(election: Any) -> None:
    entry = AuditEntry.objects.get()
    entry.what = "nothing"
    with pytest.raises(AppendOnly):
        entry.save()
    with pytest.raises(AppendOnly):
        AuditEntry.objects.update(what="nothing")
    with pytest.raises(AppendOnly):
        AuditEntry.objects.bulk_update([entry], ["what"])


def test_an_entry_cannot_be_removed(election: Any) -> None:
    with pytest.raises(AppendOnly):
        AuditEntry.objects.get().delete()
    with pytest.raises(AppendOnly):
        AuditEntry.objects.all().delete()
    assert AuditEntry.objects.count() == 1
