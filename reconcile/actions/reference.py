"""Institutions, polling stations and electoral districts, as an administrator keeps them."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from reconcile.actions.audit import record
from reconcile.actions.errors import check_or_refuse, store_or_refuse
from reconcile.models import ElectoralDistrict, Institution, Officer, Tps


@transaction.atomic
def save_reference(*, row: Institution | Tps | ElectoralDistrict, by: Officer | None) -> None:
    """Store a new or changed row. Refused ("faulty", "exists"); districts go through `districts`."""
    what = "reference.add" if row._state.adding else "reference.change"
    with check_or_refuse():
        row.full_clean(validate_unique=False, validate_constraints=False)
    with store_or_refuse("exists", _("There is such a row already, or its values do not fit together.")):
        row.save()
    record(what, by=by, election=getattr(row, "election", None), subject=row)
