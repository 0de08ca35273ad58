"""A baseline without a model: the words that annotators marked more often than not."""

from collections import Counter
from collections.abc import Sequence

from winnow_models.segments import Segments
from winnow_models.toxic_spans import Post

RARE = 3
"""A word seen fewer times than this in the training posts is left out."""


def learn(posts: Sequence[Post], words: Sequence[Segments]) -> frozenset[str]:
    """Lower-cased words that occur at least `RARE` times and are marked in more than half of them."""
    seen: Counter[str] = Counter()
    marked: Counter[str] = Counter()
    for post, spans in zip(posts, words, strict=True):
        for start, end in spans:
            word = post.text[start:end].lower()
            seen[word] += 1
            marked[word] += post.toxic.issuperset(range(start, end))
    return frozenset(word for word, count in seen.items() if count >= RARE and 2 * marked[word] > count)
