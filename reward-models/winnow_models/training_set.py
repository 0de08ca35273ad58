"""What the toxicity model is trained on: marked posts, minimally edited sentences, or both."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from winnow_models import paradetox, toxic_spans
from winnow_models.examples import Example, LabelledText, encode
from winnow_models.launcher import LAUNCHER
from winnow_models.leakage import drop_leaks
from winnow_models.paradetox import Edit
from winnow_models.segments import segment
from winnow_models.toxic_spans import Post

SOURCES = ("spans", "edits")
POSTS_AN_EDIT = 3
"""With as many edits as posts the words of posts are learnt worse."""


@dataclass(frozen=True)
class EncodedEdit:
    """A toxic sentence and its rewrites."""

    toxic: Example
    rewrites: list[Example]


@dataclass(frozen=True)
class TrainingSet:
    """Examples by source; a source that is not trained on is empty."""

    posts: list[Example]
    edits: list[EncodedEdit]

    def epoch(self, source: random.Random) -> list[Example]:
        """Every post; of edits all or, beside posts, a third as many: the toxic sentence and one rewrite of it."""
        count = min(len(self.edits), len(self.posts) // POSTS_AN_EDIT) if self.posts else len(self.edits)
        chosen = source.sample(self.edits, count)
        return [*self.posts, *(each for edit in chosen for each in (edit.toxic, source.choice(edit.rewrites)))]

    def pairs(self, source: random.Random) -> list[tuple[Example, Example]]:
        """Each toxic sentence with one rewrite of it."""
        return [(edit.toxic, source.choice(edit.rewrites)) for edit in self.edits]


def read_rows(data: Path, sources: Sequence[str]) -> tuple[list[Post], list[Edit]]:
    """The training rows below `data` (`toxic-spans/`, `paradetox/`) that share no text with what is judged on."""
    spans, edits_file = data / "toxic-spans", data / "paradetox" / "paradetox.tsv"
    edits, held_back = paradetox.split(paradetox.read(edits_file))
    judged = [post.text for name in ("trial", "test_a") for post in toxic_spans.read(spans / f"tsd_{name}.csv")]
    judged += [text for edit in held_back for text in (edit.toxic, *edit.rewrites)]
    posts = toxic_spans.read(spans / "tsd_train.csv") if "spans" in sources else []
    posts = drop_leaks(posts, lambda post: post.text, judged, "tsd_train.csv")
    edits = drop_leaks(edits if "edits" in sources else [], lambda edit: edit.toxic, judged, "paradetox.tsv")
    print(f"training on {len(posts):,} posts and {len(edits):,} edits, which share no text with what is judged on")
    return posts, edits


def read(data: Path, sources: Sequence[str], tokenizer: Tokenizer, launcher: Path = LAUNCHER) -> TrainingSet:
    """The rows of `read_rows`, cut and encoded."""
    posts, edits = read_rows(data, sources)
    texts = [*posts, *(post for edit in edits for post in (edit.toxic_post(), *edit.rewritten_posts()))]
    labelled = iter(label(texts, launcher))

    def encoded(*heads: str) -> Example:
        return encode(next(labelled), tokenizer, heads)

    return TrainingSet(
        [encoded("token_logits") for _ in posts],
        [EncodedEdit(encoded("edit_logits"), [encoded("edit_logits") for _ in edit.rewrites]) for edit in edits],
    )


def label(posts: list[Post], launcher: Path = LAUNCHER) -> list[LabelledText]:
    """Posts with their segments, as the service cuts them."""
    texts = [post.text for post in posts]
    segmented = [segment(texts, density, launcher) for density in ("TOKEN", "SENTENCE", "SUB_SENTENCE")]
    return [LabelledText(*parts) for parts in zip(posts, *segmented, strict=True)]
