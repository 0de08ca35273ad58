"""How near a bundle's integer variant comes to it in a running service, and how much faster its graph runs."""

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy
from scipy.stats import spearmanr
from tokenizers import Tokenizer

from winnow_models import model_card, onnx_graph, service, toxic_spans, toxicity
from winnow_models.scored import ScoredPosts
from winnow_models.tokenizer_files import load_tokenizer

REWARDS = ("toxicity@TOKEN", "toxicity@SENTENCE", "toxicity@SEQUENCE")
THRESHOLD = 0.5
ROUNDS = 7


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--target", required=True, help="HOST:PORT of a service that serves both bundles")
    parser.add_argument("--data", type=Path, required=True, help="folder with toxic-spans/")
    parser.add_argument("--variant", type=Path, required=True, help="folder of the variant, bundles/NAME-int8/1")


def run(arguments: argparse.Namespace) -> None:
    posts = toxic_spans.read(arguments.data / "toxic-spans" / "tsd_test_a.csv")
    samples = [{"response": post.text} for post in posts]
    names = (toxicity.NAME, arguments.variant.parent.name)
    scored = [service.score(arguments.target, name, REWARDS, samples) for name in names]
    tokenizer = load_tokenizer(toxicity.FOLDER / "tokenizer.json")
    runs = [_runner(folder / "model.onnx") for folder in (toxicity.FOLDER, arguments.variant)]
    ratios = speed_ratios(*runs, _rows(tokenizer, [post.text for post in posts[:200]]))
    table = report([ScoredPosts(posts, vectors) for vectors in scored], ratios)
    print(table)
    model_card.replace_section("int8", table, toxicity.FOLDER / "MODEL_CARD.md")


def report(both: Sequence[ScoredPosts], ratios: Sequence[float]) -> str:
    """A Markdown table: values of the exact bundle against those of the variant."""
    exact, variant = both
    rows = ["| figure | fp32 | int8 |", "| --- | ---: | ---: |"]
    rows.append(
        f"| character F1, {len(exact.posts):,} test posts, threshold {THRESHOLD:.2f} "
        f"| {exact.character_f1(THRESHOLD):.4f} | {variant.character_f1(THRESHOLD):.4f} |"
    )
    for reward in exact.vectors[0]:
        left, right = (numpy.array(each.segments(reward).probabilities) for each in both)
        difference = numpy.abs(left - right)
        rows += [
            f"| `{reward}`, rank correlation of {len(left):,} values | 1 | {spearmanr(left, right).statistic:.4f} |",
            f"| `{reward}`, largest difference | 0 | {difference.max():.3f} |",
            f"| `{reward}`, mean difference | 0 | {difference.mean():.4f} |",
        ]
    low, high = min(ratios), max(ratios)
    rows.append(
        f"| speed of the graph, rows alone, one thread, {len(ratios)} rounds "
        f"| 1 | {statistics.median(ratios):.2f} ({low:.2f} to {high:.2f}) |"
    )
    return "\n".join(rows)


def speed_ratios(
    exact: Callable[[numpy.ndarray], None], variant: Callable[[numpy.ndarray], None], rows: Sequence[numpy.ndarray]
) -> list[float]:
    """How many times faster the variant runs the rows; the two take turns, since machines are noisy."""
    ratios = []
    for _ in range(ROUNDS + 1):
        seconds = []
        for each in (exact, variant):
            started = time.perf_counter()
            for row in rows:
                each(row)
            seconds.append(time.perf_counter() - started)
        ratios.append(seconds[0] / seconds[1])
    return ratios[1:]  # the first round warms up


def _runner(file: Path) -> Callable[[numpy.ndarray], None]:
    session = onnx_graph.session(file, threads=1)

    def run_row(ids: numpy.ndarray) -> None:
        session.run(None, dict(zip(onnx_graph.INPUTS, (ids, numpy.ones_like(ids), numpy.zeros_like(ids)), strict=True)))

    return run_row


def _rows(tokenizer: Tokenizer, texts: Sequence[str]) -> list[numpy.ndarray]:
    ends = [tokenizer.token_to_id(token) for token in ("[CLS]", "[SEP]")]
    return [numpy.array([[ends[0], *tokenizer.encode(text).ids, ends[1]]]) for text in texts]
