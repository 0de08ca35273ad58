"""ParaDetox (CC0): a toxic sentence and one to three rewrites by people, content kept."""

import csv
import hashlib
from dataclasses import dataclass
from pathlib import Path

from winnow_models.leakage import normalised
from winnow_models.minimal_edits import dropped_characters, majority
from winnow_models.toxic_spans import Post

COLUMNS = 4
HELD_BACK = 10
"""One sentence in so many is held back for evaluation."""


@dataclass(frozen=True)
class Edit:
    """`rewrites` are one to three texts that say the same without offence."""

    toxic: str
    rewrites: tuple[str, ...]

    def toxic_post(self) -> Post:
        """The toxic side; marked are the characters that at least half of the rewrites drop."""
        return Post(self.toxic, majority([dropped_characters(self.toxic, rewrite) for rewrite in self.rewrites]))

    def rewritten_posts(self) -> list[Post]:
        """The rewrites: all that they say is fit to be said, so nothing is marked."""
        return [Post(rewrite, frozenset()) for rewrite in self.rewrites]


def read(file: Path) -> list[Edit]:
    """Edits in the order of the file: a line each, columns toxic, neutral1, neutral2, neutral3 between tabs.

    The published file holds a dozen halves of quoted fields that had a line break; they have one quotation mark too
    few and are left out.
    """
    lines = file.read_text(encoding="utf-8").split("\n")[1:]
    return [
        _parse(line, f"{file}, line {number}")
        for number, line in enumerate(lines, start=2)
        if line.strip() and line.count('"') % 2 == 0
    ]


def split(edits: list[Edit]) -> tuple[list[Edit], list[Edit]]:
    """Edits to train on and edits held back, by a hash of the toxic sentence: always the same ones."""
    held_back = [edit for edit in edits if _is_held_back(edit)]
    return [edit for edit in edits if not _is_held_back(edit)], held_back


def _parse(line: str, place: str) -> Edit:
    (columns,) = csv.reader([line], delimiter="\t")
    if not 2 <= len(columns) <= COLUMNS:
        raise ValueError(f"{place}: {len(columns)} columns (expected: 2 to {COLUMNS})")
    toxic, *rewrites = (column.strip() for column in columns)
    if not toxic or not rewrites[0]:
        raise ValueError(f"{place}: {'toxic' if not toxic else 'neutral1'} is empty (expected: text)")
    return Edit(toxic, tuple(rewrite for rewrite in rewrites if rewrite))


def _is_held_back(edit: Edit) -> bool:
    digest = hashlib.sha256(normalised(edit.toxic).encode()).digest()
    return int.from_bytes(digest[:8], "big") % HELD_BACK == 0
