"""Data and a template -> a PDF for archives (PDF/A-2b). The layout is in `templates/papers`, never in code.

The data reach a template as JSON, so that nothing of it is ever read as markup. Fonts are those that come with the
typesetter, whatever the computer has: the same data give the same bytes.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

FOLDER = Path(__file__).resolve().parents[3] / "templates" / "papers"
_PAGE = re.compile(rb"/Type\s*/Page\b")
# Latin with every mark names are transliterated with, and signs. The font has them all, as an archive's PDF must.
_UNPRINTABLE = re.compile(
    "[^\x20-\x7e\xa0-\u024f\u02bb-\u02bf\u0300-\u0304\u0307-\u030c\u0323-\u0328\u0331\u1e00-\u1eff\u2010-\u2027\u2713]"
)
REPLACED = "\N{REPLACEMENT CHARACTER}"


class TypesettingFailed(RuntimeError):
    """A paper that could not be made; the message names the template, never the data."""


def typeset(template: str, data: Mapping[str, Any], moment: datetime) -> bytes:
    """Return the PDF of `template` ("letter") for `data`, dated `moment`. Raises TypesettingFailed."""
    text = json.dumps(_printable(data), ensure_ascii=False)
    compiler = typst.Compiler(
        FOLDER / f"{template}.typ", root=FOLDER, ignore_system_fonts=True, sys_inputs={"data": text}
    )
    try:
        pdf = compiler.compile(format="pdf", pdf_standards="a-2b", timestamp=int(moment.timestamp()), pdf_tags=False)
    except typst.TypstError as error:
        # What the typesetter says may quote the text it stumbled over.
        raise TypesettingFailed(f"{template}: {error.message.partition('`')[0]}") from None
    assert isinstance(pdf, bytes)
    return pdf


def pages(pdf: bytes) -> int:
    """Count the pages of a PDF made by `typeset`."""
    return len(_PAGE.findall(pdf))


def _printable(value: Any) -> Any:
    """Return data with every letter that no paper can show replaced by a sign that says so."""
    if isinstance(value, str):
        return _UNPRINTABLE.sub(REPLACED, unicodedata.normalize("NFC", value))
    if isinstance(value, Mapping):
        return {key: _printable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(one) for one in value]
    return value
