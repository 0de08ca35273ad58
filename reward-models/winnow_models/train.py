"""Fine-tunes a base encoder on toxic spans and minimal edits: three heads, for words, sentences and whole texts.

The objective `preferences` trains the head for whole texts alone, on which side of an edit is better (Bradley & Terry,
1952): the baseline that arXiv 2406.02756 compares token labels with.
"""

import argparse
import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from winnow_models import base, toxicity, training_set
from winnow_models.bert import Bert
from winnow_models.examples import batches, collate
from winnow_models.objectives import OBJECTIVES
from winnow_models.optimisation import Optimisation, optimise
from winnow_models.repository import RUNS
from winnow_models.reward_model import RewardModel
from winnow_models.tokenizer_files import load_tokenizer, without_special_tokens
from winnow_models.training_set import SOURCES, TrainingSet


@dataclass(frozen=True)
class Settings:
    """What a run depends on; saved beside its weights."""

    base: str
    epochs: int
    optimisation: Optimisation
    sources: tuple[str, ...] = SOURCES
    objective: str = "labels"
    rows: int = 16
    seed: int = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, required=True, help="folder with toxic-spans/ and paradetox/")
    parser.add_argument("--sources", nargs="+", choices=SOURCES, default=SOURCES, help="(default: both)")
    parser.add_argument("--objective", choices=OBJECTIVES, default="labels")
    parser.add_argument("--run", default="toxicity", help="name of the folder under runs/ (default: toxicity)")
    parser.add_argument("--base", choices=base.BASES, default="bge-small")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--learning-rate", type=float, default=5e-5)
    parser.add_argument("--rows", type=int, default=16, help="examples a step")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu")


def run(arguments: argparse.Namespace) -> None:
    optimisation = Optimisation(arguments.learning_rate, device=arguments.device)
    settings = Settings(
        arguments.base,
        arguments.epochs,
        optimisation,
        tuple(arguments.sources),
        arguments.objective,
        arguments.rows,
        arguments.seed,
    )
    folder = RUNS / arguments.run
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = load_tokenizer(base.tokenizer_file(settings.base))
    examples = training_set.read(arguments.data, settings.sources, tokenizer)
    model = fit(settings, base.load(settings.base), examples)
    torch.save({"settings": asdict(settings), "weights": model.state_dict()}, folder / "model.pt")
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


def fit(settings: Settings, encoder: Bert, examples: TrainingSet) -> RewardModel:
    """Trains one trunk and its heads; the same settings and examples give the same weights."""
    torch.manual_seed(settings.seed)
    source = random.Random(settings.seed)
    objective = OBJECTIVES[settings.objective]
    epochs = [batches(objective.groups(examples, source), settings.rows, source) for _ in range(settings.epochs)]
    device = settings.optimisation.device
    return optimise(
        RewardModel(encoder, toxicity.HEADS),
        epochs,
        lambda model, chosen: objective.loss(model, collate(chosen).to(device)),
        settings.optimisation,
    )
