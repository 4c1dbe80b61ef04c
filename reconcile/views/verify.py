"""Verify: is this paper ours, and does it still hold?"""

import tempfile
from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from reconcile import access
from reconcile.forms import VerifyForm
from reconcile.queries.verifying import by_file, by_groups
from reconcile.views.desk import desk_for, show


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Say to which approved version a file or a fingerprint belongs. Names no person; links only what may be seen."""
    desk = desk_for(request)
    form = VerifyForm(request.POST or None, request.FILES or None)
    verdicts = _verdicts(form) if request.method == "POST" and form.is_valid() else None
    mine = set(access.versions_for(desk.user).values_list("pk", flat=True))
    return show(request, "reconcile/versions/verify.html", desk, form=form, verdicts=verdicts, mine=mine)


def _verdicts(form: VerifyForm) -> list[Any]:
    file = form.cleaned_data["file"]
    if not file:
        return list(by_groups(form.cleaned_data["groups"]))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        with path.open("wb") as target:
            for chunk in file.chunks():
                target.write(chunk)
        return list(by_file(path, file.name))
