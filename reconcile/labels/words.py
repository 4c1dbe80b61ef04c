"""The type of a text that is translated when it is shown."""

from typing import TYPE_CHECKING

from django.utils.functional import Promise

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Words
else:
    Words = Promise

__all__ = ["Words"]
