"""The README's first line, at its own size and seed: other data can take another way through the steps of the demo."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from reconcile.actions import demo
from reconcile.actions.demo import DemoState
from reconcile.models import Case, StoredVersion


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_it_is_built_to_its_end(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    call_command("demo", no_serve=True, stdout=io.StringIO())
    assert demo.demo_state() is DemoState.BUILT
    assert {one.status for one in StoredVersion.objects.all()} >= {"approved", "sent"}
    assert Case.objects.filter(status="differs").exists()
