"""What can be told of texts without reading them one by one: their letters as bits, and a number that looks them up."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Letters = npt.NDArray[np.uint64]
_PLACES = 32  # A to Z have a place each; other letters share one with some letter
_BLOCK = 100_000  # texts looked at once: bounds the memory of their counts
_FACTOR = 0x9E3779B97F4A7C15  # odd: every letter counts in every place


def letters_of(texts: pa.Array) -> Letters:
    """Return for each text which letters it holds once, and which twice or more.

    The bits in which two texts differ (`letters_apart`) are never more than the letters one must leave out and put
    in to make one of the other: a letter exchanged for another counts two, two letters that change places none.
    """
    parts = [_letters(texts.slice(start, _BLOCK)) for start in range(0, len(texts), _BLOCK)]
    return np.concatenate(parts) if parts else np.zeros(0, np.uint64)


def _letters(texts: pa.Array) -> Letters:
    length, read = _read(texts)
    row = np.repeat(np.arange(len(texts)), length)
    begins = read & 0xC0 != 0x80  # the other bytes of a letter beyond ASCII are not counted
    held = np.bincount(row[begins] * _PLACES + read[begins] % _PLACES, minlength=len(texts) * _PLACES)
    times = held.reshape(-1, _PLACES)
    return np.packbits(np.hstack([times >= 1, times >= 2]), axis=1).view(np.uint64).ravel()


def letters_apart(one: Letters, other: Letters) -> npt.NDArray[np.uint8]:
    """Return the least number of letters to leave out and put in between two texts."""
    return np.bitwise_count(one ^ other)


def hashes_of(texts: pa.Array) -> Letters:
    """Return a number for each text, the same wherever it is made; two texts of one number are very rare."""
    length, read = _read(texts)
    longest = int(length.max(initial=0))
    factors = np.multiply.accumulate(np.full(longest, _FACTOR, np.uint64))
    ends = np.cumsum(length)
    place = np.arange(len(read)) - np.repeat(ends - length, length)
    added = np.append(np.uint64(0), np.cumsum(factors[place] * (read + np.uint64(1)), dtype=np.uint64))
    mixed = added[ends] - added[ends - length]
    return np.asarray(mixed ^ (mixed >> np.uint64(32)))


def _read(texts: pa.Array) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint8]]:
    """Return the length of each text in bytes, and all bytes."""
    length = np.asarray(pc.binary_length(texts)).astype(np.int64)
    return length, np.frombuffer("".join(texts.to_pylist()).encode(), np.uint8)
