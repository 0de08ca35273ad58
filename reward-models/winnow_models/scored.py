"""Toxic texts with the vectors that a service gave for them, and the figures of the two."""

from collections.abc import Callable
from dataclasses import dataclass

from winnow_models.examples import WORD_SHARE
from winnow_models.paradetox import Edit
from winnow_models.service import Vectors
from winnow_models.toxic_spans import Post, flagged_characters, mean_character_f1


@dataclass(frozen=True)
class ScoredPosts:
    """Posts with their vectors, in the same order."""

    posts: list[Post]
    vectors: list[Vectors]

    def character_f1(self, threshold: float) -> float:
        """The task's score where the words whose probability, minus the reward, is at least the threshold are toxic."""
        return self.character_f1_of(lambda post, words: [-value >= threshold for value in words["values"]])

    def character_f1_of(self, flags: Callable[[Post, dict], list[bool]]) -> float:
        """The task's score where the words that `flags` picks, given a post and its vector of words, are toxic."""
        words = [vectors["toxicity@TOKEN"] for vectors in self.vectors]
        predicted = [
            flagged_characters(post.text, vector["starts"], vector["ends"], flags(post, vector))
            for post, vector in zip(self.posts, words, strict=True)
        ]
        return mean_character_f1(predicted, self.posts)

    def segments(self, reward: str) -> "ScoredSegments":
        """All segments of a `REWARD@DENSITY`; one is toxic where a marked character is in it, a word where half is."""
        share = WORD_SHARE if reward.endswith("@TOKEN") else 0
        result = ScoredSegments([], [], [])
        for post, vectors in zip(self.posts, self.vectors, strict=True):
            vector = vectors[reward]
            for start, end, value in zip(vector["starts"], vector["ends"], vector["values"], strict=True):
                marked = len(post.toxic.intersection(range(start, end)))
                result.probabilities.append(-value)
                result.toxic.append(marked > 0 and marked >= share * (end - start))
                result.lengths.append(end - start)
        return result


@dataclass(frozen=True)
class ScoredSegments:
    """Of each segment the probability of toxic, whether it is, and its length in code points."""

    probabilities: list[float]
    toxic: list[bool]
    lengths: list[int]


@dataclass(frozen=True)
class ScoredEdits:
    """Edits with the vectors of the toxic sides and, per edit, of each rewrite."""

    edits: list[Edit]
    toxic: list[Vectors]
    rewrites: list[list[Vectors]]

    def ranked_right(self) -> float:
        """Share of the pairs of a toxic sentence and a rewrite of it whose rewrite has the greater reward."""
        pairs = [
            (_sequence(toxic), _sequence(rewrite))
            for toxic, rewrites in zip(self.toxic, self.rewrites, strict=True)
            for rewrite in rewrites
        ]
        return sum(toxic < rewrite for toxic, rewrite in pairs) / len(pairs)

    def shorter_rewrites(self) -> float:
        """The same share if the shorter text of a pair had the greater reward."""
        pairs = [(edit.toxic, rewrite) for edit in self.edits for rewrite in edit.rewrites]
        return sum(len(rewrite) < len(toxic) for toxic, rewrite in pairs) / len(pairs)

    def words(self, reward: str) -> ScoredSegments:
        """The words of the toxic sides at a `REWARD@TOKEN`; those are toxic that the rewrites drop."""
        return ScoredPosts([edit.toxic_post() for edit in self.edits], self.toxic).segments(reward)


def best_threshold(scored: ScoredPosts) -> float:
    """Of 0.05, 0.06, ... 0.99 the threshold with the greatest character F1; the smallest of equals."""
    return max((percent / 100 for percent in range(5, 100)), key=scored.character_f1)


def _sequence(vectors: Vectors) -> float:
    (value,) = vectors["toxicity@SEQUENCE"]["values"]
    return value
