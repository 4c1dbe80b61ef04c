import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.reading.cleaning import names
from reconcile.reading.names import Name, read_name


@pytest.mark.parametrize(
    "written, name, alias, father",
    [
        ("SUPARNO als PARNO bin KASDI", "SUPARNO", "PARNO", "KASDI"),
        ("SUPARNO Als. PARNO", "SUPARNO", "PARNO", ""),
        ("SUPARNO ALIAS PARNO ALIAS NONO", "SUPARNO", "PARNO; NONO", ""),
        ("SUPARNO @ PARNO", "SUPARNO", "PARNO", ""),
        ("SUPARNO@PARNO", "SUPARNO", "PARNO", ""),
        ("SUPARNO / PARNO", "SUPARNO", "PARNO", ""),
        ("SUPARNO (PARNO)", "SUPARNO", "PARNO", ""),
        ("SUPARNO A.K.A PARNO", "SUPARNO", "PARNO", ""),
        ("SUNARDI AL KEBO", "SUNARDI", "KEBO", ""),
        ("SUNARDI AL. KEBO", "SUNARDI", "KEBO", ""),
        ("AHMAD AL AMIN", "AHMAD AL AMIN", "", ""),
        ("AHMAD AL FATIH BIN SALIM", "AHMAD AL FATIH", "", "SALIM"),
        ("Siti Aminah Binti Karto (Alm)", "SITI AMINAH", "", "KARTO"),
        ("SITI AMINAH BT. KARTO", "SITI AMINAH", "", "KARTO"),
        ("WAGIYO B. KARTO", "WAGIYO", "", "KARTO"),
        ("WAGIYO BIN (ALM) KARTO", "WAGIYO", "", "KARTO"),
        ("WAGIYO BIN ALM. H. KARTO", "WAGIYO", "", "KARTO"),
        ("WAGIYO B.", "WAGIYO B", "", ""),
        ("WAGIYO BIN", "WAGIYO", "", ""),
        ("BINTANG SUKMA", "BINTANG SUKMA", "", ""),
    ],
)
def test_a_register_writes_aliases_and_fathers(written: str, name: str, alias: str, father: str) -> None:
    aliases = tuple(alias.split("; ")) if alias else ()
    assert read_name(written, in_register=True) == Name(name, aliases, father)


@pytest.mark.parametrize(
    "written, name",
    [
        ("H. MASHUDI", "MASHUDI"),
        ("Hj. SITI ROKAYAH", "SITI ROKAYAH"),
        ("H.MASHUDI", "MASHUDI"),
        ("KH. DR. ABDUL GHOFUR, M.Pd.I", "ABDUL GHOFUR"),
        ("Drs. SUGENG RIYADI, M.M.", "SUGENG RIYADI"),
        ("NUR HAYATI, S.Pd", "NUR HAYATI"),
        ("NUR HAYATI S.Pd.I.", "NUR HAYATI"),
        ("NUR HAYATI SPD", "NUR HAYATI"),
        ("SUTIKNO, SH", "SUTIKNO"),
        ("SUTIKNO ST", "SUTIKNO ST"),  # without comma or dots two letters may belong to the name
        ("R. BUDIMAN", "R BUDIMAN"),  # an initial as well as a title
        ("M. SOLEH", "M SOLEH"),
        ("M.SOLEH", "M SOLEH"),
        ("SUPARDI (ALM)", "SUPARDI"),
        ("ALMARHUM", "ALMARHUM"),
        ("Musta’in", "MUSTA'IN"),
        ("NUR`AINI", "NUR'AINI"),
        ("  sri\u00a0\u200bwahyuni . ", "SRI WAHYUNI"),
        ("ANDRÉ", "ANDRE"),
        ("KARTO-WIYONO", "KARTO-WIYONO"),
        ("SUTRISNO, BUDI", "SUTRISNO BUDI"),
        ("JOKO BIN KARTO", "JOKO"),
    ],
)
@pytest.mark.parametrize("in_register", [True, False])
def test_titles_and_marks_are_no_part_of_a_name(written: str, name: str, in_register: bool) -> None:
    read = read_name(written, in_register=in_register)
    assert (read.name, read.odd) == (name, False)


@pytest.mark.parametrize("written, name", [("WAGIYO 2", "WAGIYO"), ("W4GIYO", "W GIYO"), ("SITI*", "SITI")])
def test_digits_and_marks_are_said(written: str, name: str) -> None:
    assert read_name(written, in_register=False) == Name(name, odd=True)


def test_a_roll_knows_no_aliases() -> None:
    assert read_name("AGUS AL KEBO", in_register=False).name == "AGUS AL KEBO"
    assert read_name("AGUS (KEBO)", in_register=False).odd


_PIECES = st.sampled_from(
    [
        "H",
        "HJ",
        "DR",
        "SITI",
        "BIN",
        "BINTI",
        "ALS",
        "AL",
        "AMIN",
        "ALIAS",
        "@",
        "B.",
        "SPD",
        "S.PD",
        "S.PD.I",
        ",",
        "(ALM)",
        "(X)",
        "-",
        "'",
        ".",
        "ST",
        "KARTO",
        "M.SOLEH",
        "3",
        "/",
        '"',
        "É",
        "ALM",
    ]  # fmt: skip
)
_WRITTEN = st.lists(_PIECES, max_size=7).map(" ".join) | st.text(max_size=12)


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(_WRITTEN, st.booleans())
def test_a_clean_name_stays_as_it_is(written: str, in_register: bool) -> None:
    name = read_name(written, in_register=in_register).name
    again = read_name(name, in_register=in_register)
    assert (again.name, again.aliases, again.father) == (name, (), "")


@settings(max_examples=50, deadline=None)
@given(st.lists(_WRITTEN, max_size=8), st.booleans())
def test_a_column_of_names_reads_as_each_of_them(written: list[str], in_register: bool) -> None:
    name, alias, father, odd = names(pa.array(written, pa.string()), in_register=in_register)
    one_by_one = [read_name(cell, in_register=in_register) for cell in written]
    assert name.to_pylist() == [read.name for read in one_by_one]
    assert alias.to_pylist() == ["; ".join(read.aliases) or None for read in one_by_one]
    assert father.to_pylist() == [read.father or None for read in one_by_one]
    assert odd.tolist() == [read.odd for read in one_by_one]
