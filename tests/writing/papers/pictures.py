"""The first page of every paper as a small grey picture, kept beside this file and compared by the tests.

    python -m tests.writing.papers.pictures      # after a wanted change: look at them, then keep them

Of made-up people only. Programs differ in how they smooth a line, so pictures are compared with a tolerance.
"""

import subprocess
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

from reconcile.writing.papers import Pack, make_pack
from tests.writing.papers import builders

FOLDER = Path(__file__).parent / "pictures"
DPI = 40
SHADES = 16  # kept of 256: enough to see a line, and a quarter of the bytes


def picture(pdf: bytes, pdftoppm: str) -> Image.Image:
    """Return the first page in grey."""
    command = [pdftoppm, "-png", "-gray", "-r", str(DPI), "-f", "1", "-l", "1", "-singlefile", "-"]
    done = subprocess.run(command, input=pdf, capture_output=True, check=True, timeout=60)
    return Image.open(BytesIO(done.stdout)).convert("L")


def difference(one: Image.Image, other: Image.Image) -> float:
    """Return how much two pages differ where they differ most, 0 to 255, smoothing of lines left out."""
    if one.size != other.size:
        return 255.0
    return float(np.abs(_tiles(one) - _tiles(other)).max())


def _tiles(image: Image.Image) -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
    """Return means over tiles of a few letters: a word more or less darkens a tile."""
    tile = 12
    cells = np.asarray(image, np.float64)
    rows, columns = (size // tile * tile for size in cells.shape)
    return cells[:rows, :columns].reshape(rows // tile, tile, columns // tile, tile).mean(axis=(1, 3))


def documents(pack: Pack) -> dict[str, bytes]:
    return {one.code: one.content for one in pack.papers if one.name.endswith(".pdf")}


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for code, pdf in documents(make_pack(builders.matter())).items():
        image = picture(pdf, "pdftoppm").quantize(SHADES, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        image.save(FOLDER / f"{code}.png", optimize=True)


if __name__ == "__main__":
    main()
