"""Who works with the program: one role and at most one place each."""

from functools import cached_property
from typing import ClassVar

from django.contrib.auth.models import AbstractUser, Group, UserManager
from django.db import models
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from reconcile.labels.working import ROLES
from reconcile.models.elections import Place


class Role(models.TextChoices):
    """What somebody may do. The name of the officer's only group is the value."""

    ADMIN = "admin", ROLES["admin"]
    KPPS = "kpps", ROLES["kpps"]
    SECOND = "second", ROLES["second"]
    COMMISSIONER = "commissioner", ROLES["commissioner"]
    INSTITUTION = "institution", ROLES["institution"]
    OBSERVER = "observer", ROLES["observer"]


# Roles that work at one place; the others see the whole election.
ROLES_OF_A_PLACE = frozenset({Role.KPPS, Role.SECOND, Role.INSTITUTION})


class OfficerManager(UserManager["Officer"]):
    """Brings each officer's groups along: who is signed in is asked for on every page, and so is the role."""

    use_in_migrations = False

    def get_queryset(self) -> QuerySet["Officer"]:
        its = Group.objects.filter(user=OuterRef("pk"))
        first, last = (Subquery(its.order_by(order).values("name")[:1]) for order in ("name", "-name"))
        return super().get_queryset().annotate(first_group=first, last_group=last)


class Officer(AbstractUser):
    """Somebody with a login. Without a place: the whole regency."""

    place = models.ForeignKey(
        Place,
        verbose_name=_("place"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="officers",
    )
    keys_on = models.BooleanField(_("keys decide"), default=True)  # WCAG 2.1.4: single keys can be switched off
    only_differences = models.BooleanField(_("only differences"), default=False)
    practised = models.DateTimeField(_("practised"), null=True, blank=True)  # the three cases of the first sign-in

    objects: ClassVar[OfficerManager] = OfficerManager()

    class Meta:
        verbose_name = _("officer")
        verbose_name_plural = _("officers")

    @cached_property
    def role(self) -> Role | None:
        """Return the role, or None for an account without exactly one known group: it may do nothing."""
        loaded = vars(self)
        if "first_group" in loaded:
            names = {loaded["first_group"], loaded["last_group"]} - {None}
        else:  # reached from another row
            names = set(self.groups.values_list("name", flat=True))
        name = names.pop() if len(names) == 1 else None
        return Role(name) if name in Role.values else None
