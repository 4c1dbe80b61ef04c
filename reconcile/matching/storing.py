"""Dataclasses of arrays <-> a folder of two files: the arrays, mapped into memory when read, and what they are.

A folder is written whole or not at all, and only its owner can read it. What is not what was stored is refused.
"""

import json
import mmap
import os
import secrets
import shutil
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Arrays = dict[str, npt.NDArray[Any]]
_ARRAYS, _ABOUT = "arrays.bin", "about.json"
_ALIGNED = 64  # bytes
_READ = 1 << 22  # bytes read at once to check what is stored


class StoredRollError(Exception):
    """A stored roll cannot be used: "missing", of another "version", or "damaged". Prepare the roll again."""

    def __init__(self, code: str, folder: Path) -> None:
        super().__init__(f"stored roll {code}: {folder.name}")
        self.code = code


def flatten(thing: Any, name: str, shared: tuple[type, ...] = ()) -> Iterator[tuple[str, npt.NDArray[Any]]]:
    """Yield all arrays of nested dataclasses, each under the path of its fields; what is `shared` stands elsewhere."""
    if isinstance(thing, pa.Array):
        yield f"{name}.ends", np.cumsum(np.asarray(pc.binary_length(thing)), dtype=np.int32)
        yield f"{name}.letters", np.frombuffer("".join(thing.to_pylist()).encode(), np.uint8)
    elif is_dataclass(thing):
        for one in fields(thing):
            part = getattr(thing, one.name)
            if not isinstance(part, shared):
                yield from flatten(part, f"{name}.{one.name}", shared)
    elif isinstance(thing, tuple):
        for place, one in enumerate(thing):
            yield from flatten(one, f"{name}.{place}", shared)
    elif isinstance(thing, Mapping):
        yield name, np.asarray([[*thing.keys()], [*thing.values()]], np.int64)
    else:
        yield name, np.asarray(thing)


def rebuild(kind: Any, name: str, arrays: Arrays, shared: Any = None) -> Any:
    """Return the thing of this type that was flattened under this name."""
    if kind is pa.Array:
        offsets = np.append(np.int32(0), arrays[f"{name}.ends"])
        letters = pa.py_buffer(arrays[f"{name}.letters"])
        return pa.StringArray.from_buffers(len(offsets) - 1, pa.py_buffer(offsets), letters)
    if shared is not None and kind is type(shared):
        return shared
    if is_dataclass(kind):
        make: Callable[..., Any] = kind  # type: ignore[assignment]
        hints = get_type_hints(kind)
        return make(**{one: rebuild(hint, f"{name}.{one}", arrays, shared) for one, hint in hints.items()})
    if get_origin(kind) is tuple:
        return tuple(rebuild(one, f"{name}.{place}", arrays, shared) for place, one in enumerate(get_args(kind)))
    if get_origin(kind) is dict:
        return dict(zip(*arrays[name].tolist(), strict=True))
    return arrays[name].item() if kind is int else arrays[name]


def store(folder: Path, arrays: Arrays, version: str) -> None:
    """Write arrays to a new folder that takes the place of an old one."""
    fresh = f".{folder.name}.{secrets.token_hex(4)}"
    written, old = folder.with_name(f"{fresh}.new"), folder.with_name(f"{fresh}.old")
    written.mkdir(mode=0o700, parents=True)
    try:
        table = _write_arrays(written / _ARRAYS, arrays)
        about = {"version": version, "arrays": table, "fingerprint": _fingerprint(written / _ARRAYS, table)}
        with _create(written / _ABOUT) as file:
            file.write(json.dumps(about, indent=1).encode())
        if folder.exists():
            folder.rename(old)
        written.rename(folder)
    finally:
        for left in (written, old):
            shutil.rmtree(left, ignore_errors=True)


def _create(path: Path) -> Any:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _write_arrays(path: Path, arrays: Arrays) -> dict[str, list[Any]]:
    """Write arrays one behind the other; return type, shape and place by name."""
    table = {}
    with _create(path) as file:
        for name, array in arrays.items():
            file.write(b"\0" * (-file.tell() % _ALIGNED))
            table[name] = [array.dtype.str, list(array.shape), file.tell()]
            file.write(np.ascontiguousarray(array).data)
        file.flush()
        os.fsync(file.fileno())
    return table


def _fingerprint(path: Path, table: dict[str, list[Any]]) -> int:
    """Return a checksum of both files: it finds damage, and a wrong pair of files, and is quick to make."""
    found = zlib.crc32(json.dumps(table, sort_keys=True).encode())
    with path.open("rb", buffering=0) as file:
        while part := file.read(_READ):
            found = zlib.crc32(part, found)
    return found


def load(folder: Path, version: str) -> Arrays:
    """Return the arrays stored in a folder, mapped into memory. Raises StoredRollError."""
    try:
        about = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
        if about["version"] != version:
            raise StoredRollError("version", folder)
        if about["fingerprint"] != _fingerprint(folder / _ARRAYS, about["arrays"]):
            raise StoredRollError("damaged", folder)
    except FileNotFoundError as error:
        raise StoredRollError("missing", folder) from error
    except (ValueError, KeyError, TypeError) as error:
        raise StoredRollError("damaged", folder) from error
    with (folder / _ARRAYS).open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return {
        name: np.frombuffer(mapped, np.dtype(kind), int(np.prod(shape)), place).reshape(shape)
        for name, (kind, shape, place) in about["arrays"].items()
    }
