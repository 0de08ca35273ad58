"""Fine-tunes a base encoder on Toxic Spans: word, sentence and sequence targets on three heads of one trunk."""

import argparse
import json
import math
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy

from winnow_models import base, toxic_spans, toxicity
from winnow_models.bert import Bert
from winnow_models.examples import Batch, Example, LabelledText, batches, collate, encode, random_crop
from winnow_models.repository import RUNS
from winnow_models.reward_model import RewardModel, range_means
from winnow_models.segments import segment

WARM_UP = 0.1
"""Share of the steps over which the learning rate rises from 0; it then falls linearly to 0."""


@dataclass(frozen=True)
class Settings:
    """What a run depends on; saved beside its weights."""

    base: str
    epochs: int
    learning_rate: float
    rows: int = 16
    seed: int = 1
    average_decay: float = 0.998
    """Weight of the old value in the moving average of the parameters, which is what the run saves."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, required=True, help="folder with tsd_train.csv")
    parser.add_argument("--run", default="toxicity", help="name of the folder under runs/ (default: toxicity)")
    parser.add_argument("--base", choices=base.BASES, default="bge-small")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--learning-rate", type=float, default=1e-4)
    parser.add_argument("--seed", type=int, default=1)


def run(arguments: argparse.Namespace) -> None:
    settings = Settings(arguments.base, arguments.epochs, arguments.learning_rate, seed=arguments.seed)
    folder = RUNS / arguments.run
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = load_tokenizer(base.tokenizer_file(settings.base))
    texts = label(toxic_spans.read(arguments.data / "tsd_train.csv"))
    model = fit(settings, base.load(settings.base), texts, tokenizer)
    torch.save({"settings": vars(settings), "weights": model.state_dict()}, folder / "model.pt")
    tokenizer.save(str(folder / "tokenizer.json"))
    print(f"saved {folder / 'model.pt'}")


def load(run_names: Sequence[str]) -> tuple[RewardModel, Tokenizer]:
    """The model of saved runs, ready to infer, and its tokenizer.

    The weights of several runs from one base are averaged: the uniform soup of arXiv 2203.05482, section 2.
    """
    saved = [torch.load(RUNS / name / "model.pt", weights_only=True) for name in run_names]
    bases = {run["settings"]["base"] for run in saved}
    if len(bases) != 1:
        raise ValueError(f"runs from {sorted(bases)} (expected: one base)")
    model = RewardModel(base.load(bases.pop()), toxicity.HEADS)
    model.load_state_dict(mean_weights([run["weights"] for run in saved]))
    return model.eval(), without_special_tokens(load_tokenizer(RUNS / run_names[0] / "tokenizer.json"))


def mean_weights(runs: Sequence[dict[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of each tensor over the runs."""
    return {name: torch.stack([weights[name] for weights in runs]).mean(dim=0) for name in runs[0]}


def load_tokenizer(file: Path) -> Tokenizer:
    """The tokenizer without the padding and truncation that a published file may fix."""
    tokenizer = Tokenizer.from_file(str(file))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def without_special_tokens(tokenizer: Tokenizer) -> Tokenizer:
    """The tokenizer for serving, where the layout puts special tokens into the row.

    A response that spells one, such as `[SEP]`, stays text: a policy could otherwise write the model's control tokens.
    """
    content = json.loads(tokenizer.to_str()) | {"post_processor": None, "added_tokens": []}
    return Tokenizer.from_str(json.dumps(content))


def label(posts: list[toxic_spans.Post]) -> list[LabelledText]:
    texts = [post.text for post in posts]
    segmented = [segment(texts, density) for density in ("TOKEN", "SENTENCE", "SUB_SENTENCE")]
    return [LabelledText(*parts) for parts in zip(posts, *segmented, strict=True)]


def fit(settings: Settings, encoder: Bert, texts: list[LabelledText], tokenizer: Tokenizer) -> RewardModel:
    """Trains with AdamW under bfloat16 autocast and returns the moving average of the weights."""
    torch.manual_seed(settings.seed)
    torch.use_deterministic_algorithms(True)
    source = random.Random(settings.seed)
    posts = [encode(text, tokenizer) for text in texts]
    epochs = [posts + _crops(texts, tokenizer, source) for _ in range(settings.epochs)]
    steps = sum(-(-len(epoch) // settings.rows) for epoch in epochs)

    model = RewardModel(encoder, toxicity.HEADS).train()
    average = torch.optim.swa_utils.AveragedModel(
        model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(settings.average_decay)
    )
    optimizer = torch.optim.AdamW(model.parameters(), lr=settings.learning_rate, weight_decay=0.01, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, steps))
    step, started, total = 0, time.monotonic(), 0.0
    for number, epoch in enumerate(epochs, start=1):
        for chosen in batches(epoch, settings.rows, source):
            loss = _loss(model, collate(chosen))
            if not math.isfinite(loss.item()):
                raise FloatingPointError(f"loss {loss.item()} at step {step + 1} (expected: finite)")
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            average.update_parameters(model)
            step += 1
            total += loss.item()
            if step % 100 == 0:
                seconds = time.monotonic() - started
                print(
                    f"epoch {number}  step {step}/{steps}  loss {total / 100:.4f}  {seconds:.0f} s",
                    flush=True,
                )
                total = 0.0
    return average.module.eval()


def _crops(texts: list[LabelledText], tokenizer: Tokenizer, source: random.Random) -> list[Example]:
    crops = (random_crop(text, source) for text in texts)
    return [encode(crop, tokenizer) for crop in crops if crop is not None]


def _rate(step: int, steps: int) -> float:
    warm_up = WARM_UP * steps
    return step / warm_up if step < warm_up else (steps - step) / (steps - warm_up)


def _loss(model: RewardModel, batch: Batch) -> Tensor:
    """Sum of the three heads' binary cross-entropies, each a mean over its own targets."""
    token_types = torch.zeros_like(batch.input_ids)
    with torch.autocast("cpu", torch.bfloat16):
        outputs = model(batch.input_ids, batch.attention_mask, token_types)
    token, sentence, sequence = (logits.float().squeeze(-1) for logits in outputs)
    token_loss = cross_entropy(token, batch.piece_targets, weight=batch.piece_mask, reduction="sum")
    sentence_means = range_means(sentence, batch.range_rows, batch.range_starts, batch.range_ends)
    return (
        token_loss / batch.piece_mask.sum()
        + cross_entropy(sentence_means, batch.range_targets)
        + cross_entropy(sequence[:, 0], batch.sequence_targets)
    )
