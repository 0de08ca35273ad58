"""Token labels from minimal edits (arXiv 2406.02756): what people dropped from a text when they rewrote it."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

PIECE = re.compile(r"\w+|[^\w\s]")


def dropped_characters(text: str, rewrite: str) -> frozenset[int]:
    """Offsets, in code points, of the words of `text` that an alignment with `rewrite` does not keep.

    Words are aligned without regard to case. A dropped mark of punctuation counts only where it stands between two
    dropped words without white space, as in `s**t`: a comma more or less is not what a rewrite is for.
    """
    pieces = list(PIECE.finditer(text))
    aligned = SequenceMatcher(None, _folded(pieces), _folded(PIECE.finditer(rewrite)), autojunk=False)
    dropped = [True] * len(pieces)
    for block in aligned.get_matching_blocks():
        dropped[block.a : block.a + block.size] = [False] * block.size
    words = [drop and _is_word(piece) for drop, piece in zip(dropped, pieces, strict=True)]
    characters: set[int] = set()
    for index, piece in enumerate(pieces):
        if words[index] or (dropped[index] and _inside_a_word(pieces, words, index)):
            characters.update(range(*piece.span()))
    return frozenset(characters)


def majority(sets: Sequence[frozenset[int]]) -> frozenset[int]:
    """What at least half of the sets hold."""
    return frozenset(item for item in frozenset().union(*sets) if 2 * sum(item in each for each in sets) >= len(sets))


def _folded(pieces) -> list[str]:
    return [piece.group().casefold() for piece in pieces]


def _is_word(piece: re.Match) -> bool:
    return piece.group()[0].isalnum()


def _inside_a_word(pieces: list[re.Match], words: list[bool], index: int) -> bool:
    """Whether the run of pieces without white space around `index` has dropped words on both of its sides."""
    first = last = index
    while first > 0 and not words[first] and pieces[first - 1].end() == pieces[first].start():
        first -= 1
    while last + 1 < len(pieces) and not words[last] and pieces[last].end() == pieces[last + 1].start():
        last += 1
    return words[first] and words[last]
