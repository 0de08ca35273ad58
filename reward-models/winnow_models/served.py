"""Posts and edits with the rewards that a running service gives them."""

from collections.abc import Sequence
from pathlib import Path

from winnow_models import paradetox, service, toxic_spans
from winnow_models.scored import ScoredEdits, ScoredPosts


def posts(target: str, bundle: str, rewards: Sequence[str], file: Path) -> ScoredPosts:
    """The posts of a Toxic Spans file."""
    read = toxic_spans.read(file)
    return ScoredPosts(read, service.score(target, bundle, rewards, [{"response": post.text} for post in read]))


def held_back_edits(target: str, bundle: str, rewards: Sequence[str], file: Path) -> ScoredEdits:
    """The edits of ParaDetox that no model is trained on."""
    _, edits = paradetox.split(paradetox.read(file))
    samples = [{"response": text} for edit in edits for text in (edit.toxic, *edit.rewrites)]
    vectors = iter(service.score(target, bundle, rewards, samples))
    scored = [(next(vectors), [next(vectors) for _ in edit.rewrites]) for edit in edits]
    return ScoredEdits(edits, [toxic for toxic, _ in scored], [rewrites for _, rewrites in scored])
