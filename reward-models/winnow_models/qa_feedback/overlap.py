"""How much of one text's words stand in another: a stand-in for a person where nobody has labelled."""

import re
from collections import Counter
from collections.abc import Iterable

WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    return WORD.findall(text.casefold())


def share_found(text: str, source: str) -> float:
    """Share of the words of `text` that `source` has, each word as often as it stands there; 1 for no words."""
    wanted, given = Counter(words(text)), Counter(words(source))
    return (wanted & given).total() / wanted.total() if wanted else 1.0


def best_share_found(text: str, sources: Iterable[str]) -> float:
    """The greatest share that one of the sources has; 0 where there is none."""
    return max((share_found(text, source) for source in sources), default=0.0)
