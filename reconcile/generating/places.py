"""Where the made-up people live and were born: real village names, made-up streets."""

from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from random import Random

from reconcile import regions
from reconcile.generating.names import words
from reconcile.generating.people import Home

# Regencies of another province that touch one of ours; their people end up in its Rutan.
ACROSS_THE_BORDER: dict[str, tuple[str, ...]] = {"3316": ("3522", "3523", "3521")}
CITIES = ("3578", "3374", "3171", "3173", "3174", "3273")

HAMLETS = words(
    """KRAJAN BANARAN PLOSOREJO SEMANDING NGROTO JAMBEAN WATES TAWANGSARI GADING SENDANGMULYO KEBONREJO
    TEGALREJO KARANGTENGAH NGANDONG PANDEAN BENDOHARJO SUMURGEDE KALISARI GROGOL PILANGREJO DOPLANG
    TLOGOREJO KEDUNGSARI NGLUMBER SIDODADI MOJOREJO WATUGEDE RANDUALAS"""
)
STREETS = words(
    """MERDEKA PAHLAWAN MAWAR MELATI KENANGA ANGGREK VETERAN GARUDA RAJAWALI MERPATI BRANTAS SERAYU
    BENGAWAN MURIA LAWU ARJUNA BIMA NAKULA"""
)


@dataclass(frozen=True)
class Origins:
    """Regencies that people come from, with running sums of their weights."""

    regencies: tuple[str, ...]
    totals: tuple[float, ...]

    def draw(self, rng: Random) -> str:
        return rng.choices(self.regencies, cum_weights=self.totals)[0]


@cache
def origins(regency: str, same_province: bool = False) -> Origins:
    """Return the other regencies, near ones weighing more: codes that follow each other mostly touch."""
    weight_by_code: dict[str, float] = {}
    for code in regions.within(regions.names(4), [regency[:2]]):
        if code != regency and villages_of(code):
            weight_by_code[code] = 1.0 / abs(int(code) - int(regency)) ** 1.5
    if not same_province:
        weight_by_code |= dict.fromkeys(ACROSS_THE_BORDER.get(regency, ()), 0.3)
        weight_by_code |= {code: 0.08 for code in CITIES if code != regency and code not in weight_by_code}
    return Origins(tuple(weight_by_code), tuple(accumulate(weight_by_code.values())))


@cache
def _villages_by_regency() -> dict[str, tuple[str, ...]]:
    codes: dict[str, list[str]] = {}
    for village in regions.names(10):
        codes.setdefault(village[:4], []).append(village)
    return {regency: tuple(villages) for regency, villages in codes.items()}


@cache
def villages_of(code: str) -> tuple[str, ...]:
    """Return the village codes of a regency or district."""
    return tuple(regions.within(_villages_by_regency().get(code[:4], ()), [code]))


@cache
def districts_of(regency: str) -> tuple[str, ...]:
    return tuple(sorted({village[:6] for village in villages_of(regency)}))


def short_name(code: str) -> str:
    """Return a place's name in capitals, a regency's without its kind: "BLORA"."""
    name = regions.name_of(code).upper()
    for kind in ("KABUPATEN ", "KOTA ", "ADMINISTRASI "):
        name = name.removeprefix(kind)
    return name


def choose_villages(rng: Random, regency: str, first: str, count: int) -> tuple[str, ...]:
    """Return `count` villages of different names, `first` leading, spread over the districts."""
    chosen, seen = [first], {regions.fold(regions.name_of(first))}
    districts = list(districts_of(regency))
    if first not in villages_of(regency):
        raise ValueError(f"{first} is no village of {regency}")
    while len(chosen) < min(count, len(villages_of(regency)) // 2 + 1):
        rng.shuffle(districts)
        for district in districts[: count - len(chosen)]:
            village = rng.choice(villages_of(district))
            name = regions.fold(regions.name_of(village))
            if name not in seen:
                seen.add(name)
                chosen.append(village)
    return tuple(chosen)


def is_town(village: str) -> bool:
    """A kelurahan has a 1 after the district's code, a desa a 2."""
    return village[6] == "1"


def make_home(rng: Random, village: str, rws: int = 6) -> Home:
    """Return a home; streets with numbers in towns, hamlets elsewhere, one or two hamlets an RW."""
    rw, rt = rng.randint(1, rws), rng.randint(1, 9)
    if rng.random() < (0.75 if is_town(village) else 0.2):
        street = f"JL {rng.choice(STREETS)} NO {rng.randint(1, 160)}"
    else:
        hamlet = HAMLETS[(int(village) * 5 + rw * 2 + rng.randrange(2)) % len(HAMLETS)]
        street = f"{rng.choice(('DK ', 'DSN ', 'DUKUH ', ''))}{hamlet}"
    return Home(village, street, rt, rw)


def birth_place(rng: Random, regency: str) -> str:
    """Return the name on the identity card: mostly the regency's own."""
    return short_name(regency if rng.random() < 0.82 else origins(regency).draw(rng))


def nik_district(rng: Random, village: str) -> str:
    """Return where somebody was first registered: a NIK keeps the region of a former home (domain 6)."""
    lot = rng.random()
    if lot < 0.80:
        return village[:6]
    regency = village[:4] if lot < 0.93 else origins(village[:4]).draw(rng)
    return rng.choice(districts_of(regency))
