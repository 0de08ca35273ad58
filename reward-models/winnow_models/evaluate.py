"""Figures of the toxicity reward on Toxic Spans as a running service gives it, beside baselines without a model."""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from winnow_models import lexicon, model_card, service, toxic_spans
from winnow_models.metrics import average_precision, roc_auc
from winnow_models.segments import Segments, segment
from winnow_models.toxic_spans import Post, character_f1, flagged_characters, mean_character_f1

THRESHOLDS = [percent / 100 for percent in range(5, 100)]


@dataclass(frozen=True)
class Scored:
    """Posts with the vectors that the service gave for them."""

    posts: list[Post]
    vectors: list[service.Vectors]

    def characters(self, threshold: float) -> list[frozenset[int]]:
        """Toxic characters: those of the words whose probability, minus the reward, is at least the threshold."""
        return self.flagged(lambda post, words: [-value >= threshold for value in words["values"]])

    def flagged(self, flags: Callable[[Post, dict], list[bool]]) -> list[frozenset[int]]:
        """Characters of the words that `flags` picks, given a post and its TOKEN vector."""
        words = [vectors["TOKEN"] for vectors in self.vectors]
        return [
            flagged_characters(post.text, vector["starts"], vector["ends"], flags(post, vector))
            for post, vector in zip(self.posts, words, strict=True)
        ]

    def post_f1(self, threshold: float) -> float:
        """The task's score."""
        return mean_character_f1(self.characters(threshold), self.posts)

    def sentence_f1(self, threshold: float) -> float:
        """The same averaged over sentences: unlike posts, most of them have nothing marked."""
        scores = []
        for post, vectors, characters in zip(self.posts, self.vectors, self.characters(threshold), strict=True):
            for start, end in zip(vectors["SENTENCE"]["starts"], vectors["SENTENCE"]["ends"], strict=True):
                sentence = frozenset(range(start, end))
                scores.append(character_f1(characters & sentence, post.toxic & sentence))
        return sum(scores) / len(scores)

    def segments(self, density: str) -> tuple[list[float], list[bool], list[int]]:
        """Of all segments at a density: the probability, whether a marked character is in it, its length."""
        scores, marked, lengths = [], [], []
        for post, vectors in zip(self.posts, self.vectors, strict=True):
            vector = vectors[density]
            for start, end, value in zip(vector["starts"], vector["ends"], vector["values"], strict=True):
                scores.append(-value)
                marked.append(not post.toxic.isdisjoint(range(start, end)))
                lengths.append(end - start)
        return scores, marked, lengths


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--target", required=True, help="HOST:PORT of a service that serves the bundle")
    parser.add_argument("--data", type=Path, required=True, help="folder with tsd_train, tsd_trial and tsd_test_a.csv")


def run(arguments: argparse.Namespace) -> None:
    train = toxic_spans.read(arguments.data / "tsd_train.csv")
    trial, test = (_score(arguments.target, arguments.data / f"tsd_{name}.csv") for name in ("trial", "test_a"))
    table = report(train, trial, test, lambda texts: segment(texts, "TOKEN"))
    model_card.replace_section("figures", table)
    print(table)


def report(train: Sequence[Post], trial: Scored, test: Scored, words: Callable[[Sequence[str]], list[Segments]]) -> str:
    """A Markdown table; thresholds are the best on the trial posts and their sentences, never on the test posts."""
    known = lexicon.learn(train, words([post.text for post in train]))

    def row(name: str, predict: Callable[[Scored], list[frozenset[int]]]) -> str:
        trial_f1, test_f1 = (mean_character_f1(predict(scored), scored.posts) for scored in (trial, test))
        return f"| character F1, {name} | {trial_f1:.4f} | {test_f1:.4f} |"

    def threshold_row(threshold: float, source: str) -> str:
        return row(f"threshold {threshold:.2f} ({source})", lambda scored: scored.characters(threshold))

    rows = [
        f"| figure | trial ({len(trial.posts):,} posts) | test ({len(test.posts):,} posts) |",
        "| --- | ---: | ---: |",
        threshold_row(max(THRESHOLDS, key=trial.post_f1), "best over trial posts"),
        threshold_row(max(THRESHOLDS, key=trial.sentence_f1), "best over trial sentences"),
        threshold_row(0.5, "not chosen"),
        row("baseline: nothing marked", lambda scored: [frozenset()] * len(scored.posts)),
        row("baseline: all marked", lambda scored: [frozenset(range(len(post.text))) for post in scored.posts]),
        row(f"baseline: list of {len(known):,} words", lambda scored: _listed(scored, known)),
    ]
    for density in ("SENTENCE", "SEQUENCE"):
        rows += _ranking_rows(density, trial, test)
    return "\n".join(rows)


def _score(target: str, file: Path) -> Scored:
    posts = toxic_spans.read(file)
    vectors = service.score(target, "toxicity", ("TOKEN", "SENTENCE", "SEQUENCE"), [post.text for post in posts])
    return Scored(posts, vectors)


def _listed(scored: Scored, known: frozenset[str]) -> list[frozenset[int]]:
    def flags(post: Post, words: dict) -> list[bool]:
        spans = zip(words["starts"], words["ends"], strict=True)
        return [post.text[start:end].lower() in known for start, end in spans]

    return scored.flagged(flags)


def _ranking_rows(density: str, trial: Scored, test: Scored) -> list[str]:
    (scores, marked, lengths), (test_scores, test_marked, test_lengths) = (
        trial.segments(density),
        test.segments(density),
    )

    def row(name: str, left: float, right: float) -> str:
        return f"| `{density}` {name} | {left:.4f} | {right:.4f} |"

    return [
        row("ROC AUC", roc_auc(scores, marked), roc_auc(test_scores, test_marked)),
        row(
            "ROC AUC, baseline: longer is more toxic",
            roc_auc(lengths, marked),
            roc_auc(test_lengths, test_marked),
        ),
        row(
            "average precision",
            average_precision(scores, marked),
            average_precision(test_scores, test_marked),
        ),
        row(
            "average precision, baseline: share marked",
            sum(marked) / len(marked),
            sum(test_marked) / len(test_marked),
        ),
    ]
