"""Institutions, polling stations and electoral districts, as an administrator keeps them."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from reconcile.actions.audit import record
from reconcile.actions.errors import ActionRefused
from reconcile.models import ElectoralDistrict, Institution, Officer, Tps


@transaction.atomic
def save_reference(*, row: Institution | Tps | ElectoralDistrict, by: Officer | None) -> None:
    """Store a new or changed row. Refused ("faulty", "exists"); districts go through `districts`."""
    what = "reference.add" if row._state.adding else "reference.change"
    try:
        row.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as fault:
        raise ActionRefused("faulty", " ".join(fault.messages)) from fault
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise ActionRefused("exists", _("There is such a row already, or its values do not fit together.")) from error
    record(what, by=by, election=getattr(row, "election", None), subject=row)
