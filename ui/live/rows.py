"""Where the rows of a list stand, one under the other: heights in, tops out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable


class RowStack:
    """Rows of whole pixels. A change costs what lies below it: the end of a long list is cheap to change."""

    def __init__(self, heights: Iterable[int] = ()) -> None:
        self._heights = list(heights)
        self._tops: list[int] = []

    def __len__(self) -> int:
        return len(self._heights)

    @property
    def total(self) -> int:
        """Height of all rows together."""
        return self.top(len(self._heights) - 1) + self._heights[-1] if self._heights else 0

    def height(self, row: int) -> int:
        return self._heights[row]

    def top(self, row: int) -> int:
        """Upper edge of a row, from the upper edge of the first."""
        while len(self._tops) <= row:
            above = len(self._tops) - 1
            self._tops.append(self._tops[above] + self._heights[above] if above >= 0 else 0)
        return self._tops[row]

    def at(self, y: int) -> int | None:
        """The row that covers ``y``; None above the first and below the last."""
        if not 0 <= y < self.total:
            return None
        return bisect_right(self._tops, y) - 1

    def between(self, top: int, bottom: int) -> range:
        """Rows that show something of the stretch from ``top`` up to, not including, ``bottom``."""
        first, last = self.at(max(0, top)), self.at(min(bottom, self.total) - 1)
        return range(first, last + 1) if first is not None and last is not None else range(0)

    def replace(self, heights: Iterable[int]) -> None:
        self._heights, self._tops = list(heights), []

    def insert(self, row: int, height: int) -> None:
        self._heights.insert(row, height)
        del self._tops[row:]

    def change(self, row: int, height: int) -> bool:
        """Give a row another height; false where it had it already."""
        if self._heights[row] == height:
            return False
        self._heights[row] = height
        del self._tops[row + 1 :]
        return True
