"""Where the polling stations of a made-up case stand: villages around a town, stations close to each other."""

from random import Random

from reconcile.generating.cases import GeneratedCase

TOWN = (-6.97, 111.42)  # degrees; of Blora
_AROUND, _WITHIN = 0.12, 0.008  # degrees: how far villages lie from the town, and stations from a village's middle


def station_points(case: GeneratedCase) -> dict[tuple[str, str], tuple[float, float]]:
    """Return latitude and longitude (six digits) of each TPS, by village and number; the special one is in town."""
    rng = Random(f"{case.seed}/points")
    middles: dict[str, tuple[float, float]] = {case.tps[0]: TOWN}
    found = {}
    for sheet in case.sheets:
        if sheet.village not in middles:
            middles[sheet.village] = _near(rng, TOWN, _AROUND)
        found[sheet.village, sheet.tps] = _near(rng, middles[sheet.village], _WITHIN)
    return found


def _near(rng: Random, middle: tuple[float, float], most: float) -> tuple[float, float]:
    lat, lon = (round(degrees + rng.uniform(-most, most), 6) for degrees in middle)
    return lat, lon
