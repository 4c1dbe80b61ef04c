"""What all windows of the administration share: opened by role, written through actions, nothing deleted."""

from io import BytesIO
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import CSV, XLSX
from tablib import Dataset

from reconcile.models import Officer, Role
from reconcile.writing.tables import write_table


def is_administrator(user: Any) -> bool:
    """Return whether this person may open the windows; a superuser is who sets the first installation up."""
    return bool(user.is_active and (user.is_superuser or getattr(user, "role", None) is Role.ADMIN))


def officer_of(request: HttpRequest) -> Officer:
    assert isinstance(request.user, Officer), "the administration lets nobody else in"
    return request.user


class ForAdministrators(admin.ModelAdmin):  # type: ignore[type-arg]
    """Opened by role, not by Django's permissions. Nothing can be deleted."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return is_administrator(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_administrator(request.user)

    has_add_permission = has_module_permission
    has_change_permission = has_view_permission

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class LookOnly(ForAdministrators):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class TextWorkbook(XLSX):  # type: ignore[misc]
    """A workbook in which every cell is text: codes keep their zeros, and no cell starts a formula."""

    def export_data(self, dataset: Dataset, **options: Any) -> bytes:
        target = BytesIO()
        rows = ([str(cell) if cell is not None else "" for cell in row] for row in dataset)
        write_table(target, titles=(), headings=dataset.headers, rows=rows)
        return target.getvalue()


class OfficeCsv(CSV):  # type: ignore[misc]
    """A CSV file with commas, or with the semicolons that office programs write in Indonesia."""

    def create_dataset(self, in_stream: Any, **options: Any) -> Dataset:
        text = in_stream.decode(self.encoding or "utf-8") if isinstance(in_stream, bytes) else in_stream
        heading = text.partition("\n")[0]
        semicolons = heading.count(";") > heading.count(",")
        dataset: Dataset = super().create_dataset(text, delimiter=";" if semicolons else ",", **options)
        return dataset


class Tables(ImportExportMixin, ForAdministrators):  # type: ignore[misc]
    """A window whose table can be taken out and brought in, with a preview of every row before it is stored."""

    import_formats = [TextWorkbook, OfficeCsv]
    export_formats = [TextWorkbook]
    skip_admin_log = True  # the actions keep the log
    show_change_form_export = False

    def has_import_permission(self, request: HttpRequest) -> bool:
        return is_administrator(request.user)

    has_export_permission = has_import_permission

    def get_import_resource_kwargs(self, request: HttpRequest, **options: Any) -> dict[str, Any]:
        return {"by": officer_of(request)}

    def get_export_resource_kwargs(self, request: HttpRequest, **options: Any) -> dict[str, Any]:
        return {"by": officer_of(request)}
