"""Where a person lives by the e-KTP, as deep as the lists tell: it decides the ballots and whom to ask."""

from collections.abc import Iterable
from dataclasses import dataclass

from reconcile.deciding.cases import Case, Setting
from reconcile.deciding.entries import Entries
from reconcile.regions import LEVELS, plain

REGENCY = LEVELS["regency"]


@dataclass(frozen=True)
class Home:
    """Region codes, None where nothing is known. `code` is the one to use."""

    code: str | None
    on_register: str | None
    on_roll: str | None
    differs_in_register: bool  # the person's register rows name homes in different regencies

    @property
    def regency(self) -> str | None:
        return self.code[:REGENCY] if self.code and len(self.code) >= REGENCY else None


def home(case: Case, entries: Entries, setting: Setting) -> Home:
    """Return the home: of the roll where it says so, else of the register.

    A regular TPS lies in the village of its voters' e-KTP addresses. A special TPS does not say where its
    voters live; a moved list says where they come from.
    """
    is_special = setting.election.is_special_tps
    on_roll: list[str | None] = []
    for row in entries.elsewhere:
        if not is_special(row.get("tps")):
            on_roll += [row.get("tps_region"), row.get("region_code")]
    for row in entries.moved:
        if not is_special(row.get("tps")):
            on_roll += [row.get("region_code"), row.get("tps_region")]
    on_register = [row.get("region_code") for row in case.register_rows]
    regencies = {plain(code)[:REGENCY] for code in on_register if code and len(plain(code)) >= REGENCY}
    return Home(
        code=deepest([*on_roll, *on_register]),
        on_register=deepest(on_register),
        on_roll=deepest(on_roll),
        differs_in_register=len(regencies) > 1,
    )


def deepest(codes: Iterable[str | None]) -> str | None:
    """Return the first code, or a later one that says the same place more exactly."""
    best: str | None = None
    for code in (plain(code) for code in codes if code):
        if best is None or code.startswith(best):
            best = code
    return best
