"""Fine-tunes a base encoder on toxic spans and minimal edits: three heads, for words, sentences and whole texts.

The objective `preferences` trains the head for whole texts alone, on which side of an edit is better (Bradley & Terry,
1952): the baseline that arXiv 2406.02756 compares token labels with.
"""

import argparse
import random
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer

from winnow_models import base, toxicity, training_set
from winnow_models.bert import Bert
from winnow_models.examples import batches, collate
from winnow_models.objectives import OBJECTIVES
from winnow_models.optimisation import Optimisation
from winnow_models.repository import RUNS
from winnow_models.reward_model import RewardModel
from winnow_models.tokenizer_files import load_tokenizer, without_special_tokens
from winnow_models.training_set import SOURCES, TrainingSet


@dataclass(frozen=True)
class Settings:
    """What a run depends on; saved beside its weights."""

    base: str
    epochs: int
    learning_rate: float
    sources: tuple[str, ...] = SOURCES
    objective: str = "labels"
    rows: int = 16
    seed: int = 1
    average_decay: float = 0.998
    """Weight of the old value in the moving average of the parameters, which is what the run saves."""
    device: str = "cpu"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, required=True, help="folder with toxic-spans/ and paradetox/")
    parser.add_argument("--sources", nargs="+", choices=SOURCES, default=SOURCES, help="(default: both)")
    parser.add_argument("--objective", choices=OBJECTIVES, default="labels")
    parser.add_argument("--run", default="toxicity", help="name of the folder under runs/ (default: toxicity)")
    parser.add_argument("--base", choices=base.BASES, default="minilm")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--learning-rate", type=float, default=5e-5)
    parser.add_argument("--rows", type=int, default=16, help="examples a step")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu")


def run(arguments: argparse.Namespace) -> None:
    names = ("base", "epochs", "learning_rate", "objective", "rows", "seed", "device")
    settings = Settings(**{name: getattr(arguments, name) for name in names}, sources=tuple(arguments.sources))
    folder = RUNS / arguments.run
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = load_tokenizer(base.tokenizer_file(settings.base))
    examples = training_set.read(arguments.data, settings.sources, tokenizer)
    model = fit(settings, base.load(settings.base), examples)
    torch.save({"settings": asdict(settings), "weights": model.state_dict()}, folder / "model.pt")
    tokenizer.save(str(folder / "tokenizer.json"))
    print(f"saved {folder / 'model.pt'}")


@dataclass(frozen=True)
class Trained:
    """A saved run: what it was trained on, and its model, ready to infer."""

    settings: Settings
    model: RewardModel
    tokenizer: Tokenizer


def load(run_name: str) -> Trained:
    saved = torch.load(RUNS / run_name / "model.pt", weights_only=True)
    settings = Settings(**saved["settings"])
    model = RewardModel(base.load(settings.base), toxicity.HEADS)
    model.load_state_dict(saved["weights"])
    tokenizer = without_special_tokens(load_tokenizer(RUNS / run_name / "tokenizer.json"))
    return Trained(settings, model.eval(), tokenizer)


def fit(settings: Settings, encoder: Bert, examples: TrainingSet) -> RewardModel:
    """Trains under bfloat16 autocast and returns the moving average of the weights.

    The same settings and examples give the same weights on the same machine.
    """
    torch.manual_seed(settings.seed)
    torch.use_deterministic_algorithms(True)
    source = random.Random(settings.seed)
    objective = OBJECTIVES[settings.objective]
    plan = [
        chosen
        for _ in range(settings.epochs)
        for chosen in batches(objective.groups(examples, source), settings.rows, source)
    ]
    model = RewardModel(encoder, toxicity.HEADS).to(settings.device).train()
    optimisation = Optimisation(model, settings.learning_rate, len(plan), settings.average_decay)
    started, total = time.monotonic(), 0.0
    for step, chosen in enumerate(plan, start=1):
        with torch.autocast(settings.device, torch.bfloat16):
            loss = objective.loss(model, collate(chosen).to(settings.device))
        total += optimisation.step(loss)
        if step % 100 == 0:
            print(f"step {step}/{len(plan)}  loss {total / 100:.4f}  {time.monotonic() - started:.0f} s", flush=True)
            total = 0.0
    return optimisation.average.cpu()
