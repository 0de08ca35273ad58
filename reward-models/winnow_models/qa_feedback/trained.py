"""Trains a model on questions, saves it as a run, and reads it back."""

import copy
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

import torch
from tokenizers import Tokenizer

from winnow_models import base
from winnow_models.matching import MatchingRewardModel
from winnow_models.qa_feedback import training
from winnow_models.qa_feedback.examples import EncodedQuestion
from winnow_models.qa_feedback.manifest import HEADS
from winnow_models.qa_feedback.marks import fit_marks
from winnow_models.qa_feedback.training import Settings
from winnow_models.repository import RUNS
from winnow_models.tokenizer_files import load_tokenizer, without_special_tokens


@dataclass(frozen=True)
class Trained:
    """A model and its tokenizer."""

    model: MatchingRewardModel
    tokenizer: Tokenizer

    def save(self, run: str, settings: Settings) -> None:
        """Writes `runs/RUN/model.pt` and `tokenizer.json`."""
        folder = RUNS / run
        folder.mkdir(parents=True, exist_ok=True)
        torch.save({"settings": asdict(settings), "weights": self.model.state_dict()}, folder / "model.pt")
        self.tokenizer.save(str(folder / "tokenizer.json"))
        print(f"saved {folder / 'model.pt'}")

    @staticmethod
    def load(run: str) -> "Trained":
        folder = RUNS / run
        saved = torch.load(folder / "model.pt", weights_only=True)
        tokenizer = load_tokenizer(folder / "tokenizer.json")
        model = new_model(saved["settings"]["base"], tokenizer)
        model.load_state_dict(saved["weights"])
        return Trained(model.eval(), tokenizer)


def tokenizer_of(base_name: str) -> Tokenizer:
    return without_special_tokens(load_tokenizer(base.tokenizer_file(base_name)))


def new_model(base_name: str, tokenizer: Tokenizer) -> MatchingRewardModel:
    """The base's trunk with heads that know nothing."""
    return MatchingRewardModel(base.load(base_name), HEADS, tokenizer.token_to_id("[SEP]"))


def practised(questions: Sequence[EncodedQuestion], tokenizer: Tokenizer, settings: Settings) -> MatchingRewardModel:
    """A model that has learnt from questions that no fold holds out."""
    torch.manual_seed(settings.seed)
    model = new_model(settings.base, tokenizer)
    twice = replace(settings, questions_per_step=2 * settings.questions_per_step)  # their questions have fewer answers
    return training.fit(model, questions, settings.practice_epochs, twice)


def learn(model: MatchingRewardModel, questions: Sequence[EncodedQuestion], settings: Settings) -> MatchingRewardModel:
    """A practised model that has learnt from feedback: what its heads make of the marks first, then everything.

    The same seed gives the same weights on one machine.
    """
    model = copy.deepcopy(model)
    fit_marks(model, questions)
    return training.fit(model, questions, settings.epochs, settings)
