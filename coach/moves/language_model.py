"""py3langid's model read from where it lies in a file, instead of held in memory. The only py3langid import.

As the library loads it, it takes 75 MB, for tables of which a turn needs a few hundred places. Here only
those are read, from a temporary file; the answers are the same. (Mapping the file into memory saved little:
the system maps many pages around each that is touched.)
"""

from __future__ import annotations

import lzma
import math
import os
import shutil
import tempfile
import weakref
import zipfile
from collections.abc import Iterable
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray
from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier

from coach.machine import heap

_COPY_BYTES = 1 << 20


class FiledIdentifier:
    """Probabilities of languages. Keeps an unnamed temporary file of 70 MB open as long as it lives.

    Raises ``OSError`` where that cannot be written. Not for use by two threads at once.
    """

    def __init__(self) -> None:
        with tempfile.TemporaryFile(suffix=".npz") as file:
            with lzma.open(MODEL_DIR / MODEL_FILE) as packed:
                shutil.copyfileobj(packed, file, _COPY_BYTES)
            file.flush()
            tables = _tables(file)
        self._close = weakref.finalize(self, os.close, tables["ptc"].handle)
        self._identifier = LanguageIdentifier(
            tables["ptc"],
            tables["pc"].whole(),
            tables["classes"].whole().tolist(),
            tables["nextmove"],
            tables["out_feat"].whole(),
            norm_probs=True,
            tk_row=tables["nextmove_row"].whole().tolist(),
        )
        heap.give_back()

    def rank(self, text: str) -> list[tuple[str, float]]:
        """ISO 639 codes with their probabilities, the most likely first."""
        ranked: list[tuple[str, float]] = self._identifier.rank(text)
        return ranked


class _Table:
    """An array in a file, of which rows are read when they are asked for."""

    def __init__(self, handle: int, start: int, dtype: np.dtype[Any], shape: tuple[int, ...]) -> None:
        self.handle = handle
        self._start, self._dtype, self._shape = start, dtype, shape
        self._row_bytes = dtype.itemsize * math.prod(shape[1:])

    def __getitem__(self, at: int | NDArray[np.intp]) -> Any:
        """A number at one place, or the rows at several."""
        if isinstance(at, int):
            return int.from_bytes(self._read(at), "little")
        return np.frombuffer(b"".join(self._rows(at.tolist())), self._dtype).reshape(-1, *self._shape[1:])

    def whole(self) -> NDArray[Any]:
        return np.frombuffer(self._read(0, self._shape[0]), self._dtype).reshape(self._shape)

    def _rows(self, places: Iterable[int]) -> Iterable[bytes]:
        return (self._read(place) for place in places)

    def _read(self, row: int, count: int = 1) -> bytes:
        os.lseek(self.handle, self._start + row * self._row_bytes, os.SEEK_SET)
        return os.read(self.handle, count * self._row_bytes)


def _tables(file: IO[bytes]) -> dict[str, _Table]:
    """The arrays of an .npz file by name. Its members are stored as they are, little-endian, row by row."""
    handle = os.dup(file.fileno())
    found: dict[str, _Table] = {}
    with zipfile.ZipFile(file) as members:
        for info in members.infolist():
            with members.open(info) as member:
                np.lib.format.read_magic(member)
                shape, by_column, dtype = np.lib.format.read_array_header_1_0(member)
                inside = member.tell()
            if info.compress_type != zipfile.ZIP_STORED or by_column or dtype.byteorder == ">":
                raise ValueError(f"{info.filename} cannot be read in place")
            found[info.filename.removesuffix(".npy")] = _Table(
                handle, _contents(file, info) + inside, dtype, shape
            )
    return found


def _contents(file: IO[bytes], info: zipfile.ZipInfo) -> int:
    """The byte at which a member's contents begin: after its local header, its name and an extra field."""
    file.seek(info.header_offset + 26)
    lengths = file.read(4)
    name, extra = int.from_bytes(lengths[:2], "little"), int.from_bytes(lengths[2:], "little")
    return info.header_offset + 30 + name + extra
