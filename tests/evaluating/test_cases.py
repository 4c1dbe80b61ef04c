"""What a folder must hold to be a labelled case, and what its truth allows."""

from pathlib import Path

import pytest

from reconcile.evaluating import CaseFault, NotACase, Setting, answer_case, read_case
from reconcile.evaluating.truth import TruthRow, places
from reconcile.records import Outcome

pytestmark = pytest.mark.slow

HEADER = "source,row,pid,group,nik_kind,dpt,dptb"
ROW = "rutan,7,1,regular,ok,roll.csv||3;roll.csv||9,moved.xlsx|DPTb|4"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "kpu").mkdir()
    (tmp_path / "kpu" / "roll.csv").write_text("", encoding="utf-8")
    (tmp_path / "rutan.xlsx").write_bytes(b"")
    (tmp_path / "truth.csv").write_text(f"{HEADER}\n{ROW}\n", encoding="utf-8")
    return tmp_path


def written(**changes: str) -> dict[str, str]:
    return {**dict(zip(HEADER.split(","), ROW.split(","), strict=True)), **changes}


def test_a_folder_without_damage_and_gone_is_a_case(folder: Path) -> None:
    case = read_case(folder)
    assert [path.name for path in (*case.rolls, *case.registers)] == ["roll.csv", "rutan.xlsx"]
    assert case.truth[0].stands == {("roll.csv", "", 3), ("roll.csv", "", 9), ("moved.xlsx", "DPTb", 4)}
    assert case.truth[0].damage is None
    assert case.gone == frozenset()


@pytest.mark.parametrize(
    ("name", "content", "code", "detail"),
    [
        ("truth.csv", None, CaseFault.NO_TRUTH, ""),
        ("truth.csv", HEADER, CaseFault.TRUTH_UNREADABLE, "truth.csv"),
        ("truth.csv", "source,row,pid,group,nik_kind,dpt\nrutan,7,1,regular,ok,", CaseFault.TRUTH_UNREADABLE, "dptb"),
        ("truth.csv", f"{HEADER}\n{ROW.replace('7', 'seven')}", CaseFault.TRUTH_UNREADABLE, "truth.csv"),
        ("truth.csv", f"{HEADER}\n{ROW.replace('||3', '3')}", CaseFault.TRUTH_UNREADABLE, "truth.csv"),
        ("truth.csv", f"{HEADER}\n{ROW.replace('rutan', 'polres')}", CaseFault.NO_REGISTER, "polres"),
        ("loksus_gone.csv", "name,nik\nX,1", CaseFault.TRUTH_UNREADABLE, "loksus_gone.csv"),
        ("kpu/roll.csv", None, CaseFault.NO_ROLLS, ""),
        (".", None, CaseFault.NO_FOLDER, ""),
    ],
)
def test_what_is_wrong_is_named(folder: Path, name: str, content: str | None, code: CaseFault, detail: str) -> None:
    if name == ".":
        folder /= "nowhere"
    elif content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_text(content, encoding="utf-8")
    with pytest.raises(NotACase) as raised:
        read_case(folder)
    assert (raised.value.code, raised.value.detail) == (code, detail)


def test_a_register_among_the_rolls_is_refused(folders: list[Path], setting: Setting, tmp_path: Path) -> None:
    made = folders[0]
    (tmp_path / "kpu").mkdir()
    for name, at in (("rutan.xlsx", "kpu/rutan.xlsx"), ("rutan.xlsx", "rutan.xlsx"), ("truth.csv", "truth.csv")):
        (tmp_path / at).write_bytes((made / name).read_bytes())
    truth = (tmp_path / "truth.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "truth.csv").write_text("".join(line for line in truth if not line.startswith("polres")), "utf-8")
    with pytest.raises(NotACase) as raised:
        answer_case(read_case(tmp_path), setting)
    assert (raised.value.code, raised.value.detail) == (CaseFault.WRONG_SIDE, "rutan.xlsx")


@pytest.mark.parametrize(
    ("changes", "right"),
    [
        ({"dpt": "a||1"}, {Outcome.NEEDS_TRANSFER}),
        ({"dpt": "a||1;b||2"}, {Outcome.NEEDS_TRANSFER, Outcome.DUPLICATE}),
        ({"group": "unregistered", "dpt": "", "nik_kind": "ok"}, {Outcome.NOT_ON_ROLL}),
        ({"group": "unregistered", "dpt": "", "nik_kind": "short"}, {Outcome.NOT_ON_ROLL, Outcome.NEEDS_IDENTITY}),
        ({"group": "unregistered", "dpt": "", "nik_kind": "typo"}, {Outcome.NOT_ON_ROLL}),
        ({"group": "minor", "dpt": "a||1", "nik_kind": "missing"}, {Outcome.INELIGIBLE}),
        ({"group": "of somebody else", "dpt": ""}, set()),
    ],
)
def test_right_outcomes(changes: dict[str, str], right: set[Outcome]) -> None:
    assert TruthRow.of(written(**changes)).right == right


def test_damage_is_read_kind_by_kind() -> None:
    assert TruthRow.of(written(damage="nik_digit+name_cut")).damage == ("nik_digit", "name_cut")
    assert TruthRow.of(written(damage="")).damage == ()


def test_a_sheet_may_have_any_name() -> None:
    assert places("a.xlsx|TPS 001|4") == [("a.xlsx", "TPS 001", 4)]
    with pytest.raises(ValueError, match="unpack"):
        places("a.xlsx|4")
