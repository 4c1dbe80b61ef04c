"""Both catalogues are complete, and what is compiled is what is written. Needs no gettext programs."""

import ast
import io
import re
from collections.abc import Iterator
from gettext import GNUTranslations
from pathlib import Path
from typing import IO, Any

import import_export
import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(settings.BASE_DIR)
LANGUAGES = ("id", "en")
CALLS = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "_": None,
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]")


def python_sources() -> Iterator[Path]:
    for package in ("reconcile", "rutanvote"):
        yield from sorted((ROOT / package).rglob("*.py"))


def borrowed() -> dict[str, Any]:
    """Return the texts of django-import-export, which knows no Indonesian: plurals as pairs, by the singular."""
    path = Path(import_export.__file__).parent / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        return {one.id[0] if isinstance(one.id, tuple) else one.id: one.id for one in read_po(file) if one.id}


def msgids() -> dict[str, str]:
    """Return every text of code, templates and the library without Indonesian, with the file it stands in."""
    found: dict[str, str] = {}
    sources = [(path, path.read_text(encoding="utf-8")) for path in python_sources()]
    for path in sorted((ROOT / "templates").rglob("*.html")):
        sources.append((path, templatize(path.read_text(encoding="utf-8"))))
    for path, source in sources:
        for _line, text, _comments, _context in extract("python", io.BytesIO(source.encode()), keywords=CALLS):
            texts = text if isinstance(text, tuple) else (text,)
            found.update(dict.fromkeys((one for one in texts[:1] if one), str(path.relative_to(ROOT))))
    return found | dict.fromkeys(borrowed(), "import_export")


def catalogue(language: str) -> Catalog:
    with (ROOT / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=language)


def entries(language: str) -> dict[str, tuple[tuple[str, ...], set[str]]]:
    """Return translation forms and flags by msgid (of a plural: the singular)."""
    return {
        message.id[0] if isinstance(message.id, tuple) else message.id: (
            tuple(message.string) if isinstance(message.string, tuple) else (message.string,),
            set(message.flags),
        )
        for message in catalogue(language)
        if message.id
    }


def test_something_is_found() -> None:
    assert len(msgids()) > 300


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language: str) -> None:
    known = entries(language)
    missing = {text: where for text, where in msgids().items() if text not in known or not all(known[text][0])}
    assert missing == {}
    assert [text for text, (_forms, flags) in known.items() if "fuzzy" in flags] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_left_over(language: str) -> None:
    assert sorted(entries(language).keys() - msgids().keys()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_survive(language: str) -> None:
    for text, (forms, _flags) in entries(language).items():
        wanted = sorted(found.group() for found in PLACEHOLDER.finditer(text))
        for form in forms:
            assert sorted(found.group() for found in PLACEHOLDER.finditer(form)) == wanted, text


def test_english_is_what_the_code_says() -> None:
    assert [text for text, (forms, _flags) in entries("en").items() if forms[0] != text] == []


def test_indonesian_ends_sentences_where_english_does() -> None:
    differing = [text for text, (forms, _) in entries("id").items() if text.endswith(".") != forms[0].endswith(".")]
    assert differing == []


def texts_of(compiled: IO[bytes]) -> dict[object, str]:
    """Return the texts of a compiled catalogue, without its header (which names the compiler)."""
    texts: dict[object, str] = dict(GNUTranslations(compiled)._catalog)  # type: ignore[attr-defined]
    texts.pop("")
    return texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_the_written_one(language: str) -> None:
    written = io.BytesIO()
    write_mo(written, catalogue(language))
    written.seek(0)
    with (ROOT / "locale" / language / "LC_MESSAGES" / "django.mo").open("rb") as compiled:
        assert texts_of(compiled) == texts_of(written), "run: pybabel compile -D django -d locale"


@pytest.mark.parametrize("path", list(python_sources()), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_text_is_put_together_before_it_is_translated(path: Path) -> None:
    """Texts made by an f-string or a sum, and calls inside an f-string, are not found by the extractor."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS and node.args:
            assert not isinstance(node.args[0], ast.JoinedStr | ast.BinOp), f"{path}:{node.lineno}"
            assert id(node) not in inside, f"{path}:{node.lineno}"
