"""Where each key of a TOML text stands, so that a mistake in it can be pointed to.

The standard library reads TOML and forgets the places; tree-sitter's grammar keeps them (see
docs/decisions/0002-libraries.md). It is asked for places only: what the text means is tomllib's to say.
"""

from __future__ import annotations

import tomllib
from collections import Counter

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

Key = tuple[str | int, ...]
"""Where something stands in the file: ("moves", "blaming", "say", 2, "makes"); positions in a list from 0."""

Place = tuple[int, int]
"""Line and column, both from 1, the column in characters."""

_TABLES = {"table", "table_array_element"}
_KEYS = {"bare_key", "quoted_key", "dotted_key"}


class Places:
    """The places of ``text``, which tomllib has read without complaint."""

    def __init__(self, text: str) -> None:
        source = text.encode()
        self._lines = source.split(b"\n")
        self._found: dict[Key, Place] = {}
        self._lengths: Counter[Key] = Counter()
        parser = Parser(Language(tree_sitter_toml.language()))
        for node in parser.parse(source).root_node.named_children:
            if node.type in _TABLES:
                self._table(node)
            elif node.type == "pair":
                self._pair(node, ())

    def of(self, key: Key) -> Place:
        """The place of ``key``, or of what is nearest around it; the start of the file at worst."""
        while key and key not in self._found:
            key = key[:-1]
        return self._found.get(key, (1, 1))

    def _table(self, node: Node) -> None:
        name = next(child for child in node.named_children if child.type in _KEYS)
        key = self._in_last(_parts(name))
        if node.type == "table_array_element":
            self._lengths[key] += 1
            self._note(key, name)
            key = (*key, self._lengths[key] - 1)
        self._note(key, name)
        for child in node.named_children:
            if child.type == "pair":
                self._pair(child, key)

    def _in_last(self, parts: Key) -> Key:
        """``[a.b]`` after ``[[a]]`` belongs to the last of the tables ``a``."""
        key: Key = ()
        for number, part in enumerate(parts, start=1):
            key = (*key, part)
            if number < len(parts) and self._lengths[key]:
                key = (*key, self._lengths[key] - 1)
        return key

    def _pair(self, node: Node, table: Key) -> None:
        name = next(child for child in node.named_children if child.type in _KEYS)
        key = (*table, *_parts(name))
        self._note(key, name)
        self._value(node.named_children[1], key)

    def _value(self, node: Node, key: Key) -> None:
        if node.type == "inline_table":
            for child in node.named_children:
                if child.type == "pair":
                    self._pair(child, key)
        elif node.type == "array":
            values = [child for child in node.named_children if child.type != "comment"]
            for number, child in enumerate(values):
                self._note((*key, number), child)
                self._value(child, (*key, number))

    def _note(self, key: Key, node: Node) -> None:
        """``key``, and what is around it and has no place yet: ``[a.b]`` is the first of ``a``."""
        row, column = node.start_point
        before = self._lines[row][:column].decode(errors="replace")
        for length in range(1, len(key) + 1):
            self._found.setdefault(key[:length], (row + 1, len(before) + 1))


def _parts(node: Node) -> Key:
    if node.type == "dotted_key":
        return tuple(part for child in node.named_children for part in _parts(child))
    text = (node.text or b"").decode(errors="replace")
    if node.type == "quoted_key":
        return tuple(tomllib.loads(f"{text} = 0"))
    return (text,)
