"""The administrator's windows: officers, elections and reference data to change; lists, runs and the log to look at.

Voters and people in custody have no window here: an administrator has no business with their data.
Everything that is written goes through the actions, so that the log has it.
"""

from django.contrib import admin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from reconcile.admin import accounts, elections, reference
from reconcile.admin.windows import LookOnly
from reconcile.models import AuditEntry, MatchRun, SourceList, Upload

__all__ = ["accounts", "elections", "reference"]

admin.site.site_header = admin.site.site_title = _("Voters in custody: administration")
admin.site.unregister(Group)  # a role is code, its group only carries the name


@admin.register(Upload)
class UploadAdmin(LookOnly):
    list_display = ("pk", "election", "kind", "place", "status", "by", "created", "applied_at", "undone_at")
    list_filter = ("election", "status")


@admin.register(SourceList)
class SourceListAdmin(LookOnly):
    list_display = (
        "file_name",
        "election",
        "kind",
        "place",
        "status",
        "records",
        "rejected",
        "skipped",
        "created",
    )
    list_filter = ("election", "status", "kind")
    exclude = ("file", "recognised", "links")


@admin.register(MatchRun)
class MatchRunAdmin(LookOnly):
    list_display = ("pk", "election", "status", "as_of", "register_rows", "people", "started_by", "created")
    list_filter = ("election", "status")


@admin.register(AuditEntry)
class AuditEntryAdmin(LookOnly):
    list_display = ("at", "by", "what", "subject", "election")
    list_filter = (("by", admin.RelatedOnlyFieldListFilter), "what", "election")
    date_hierarchy = "at"
