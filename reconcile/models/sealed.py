"""How NIK and NKK rest in the database: decided here and nowhere else."""

from typing import Any

from django.db import models

# What a sealed value can still answer: is it this one, is there one. Never "begins with" or "contains".
ANSWERABLE = frozenset({"exact", "in", "isnull"})


class SealedTextField(models.TextField):  # type: ignore[type-arg]
    """Text that identifies a person. "" where there is none.

    The database holds it as it is; a sealed form (a keyed token for equality, an encrypted value) needs no
    other change than this class, because already now only whole values can be looked up.
    """

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name in ANSWERABLE else None

    def get_transform(self, lookup_name: str) -> None:
        return None
