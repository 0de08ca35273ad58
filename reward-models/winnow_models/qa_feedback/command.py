"""`python -m winnow_models qa-feedback`: `train` and `export` make the bundle, `evaluate` judges the recipe, `texts` is
for policies that learn from its rewards."""

import argparse
from pathlib import Path

from winnow_models import base, model_card, pictures, service
from winnow_models.qa_feedback import bundles, corpus, cross_validation, policy_texts, report
from winnow_models.qa_feedback.corpus import Corpus
from winnow_models.qa_feedback.cross_validation import Scorer
from winnow_models.qa_feedback.examples import EncodedQuestion, encode
from winnow_models.qa_feedback.layout import Layout
from winnow_models.qa_feedback.manifest import FOLDER, MANIFEST
from winnow_models.qa_feedback.trained import Trained, learn, practised, tokenizer_of
from winnow_models.qa_feedback.training import Settings
from winnow_models.repository import BUNDLES

FOLDS = 5
PICTURE = FOLDER / "evaluation.png"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    tasks = parser.add_subparsers(dest="task_name", required=True)
    for task in (train, evaluate, export, texts):
        arguments = tasks.add_parser(task.__name__, help=task.__doc__, description=task.__doc__)
        arguments.add_argument("--run", default="qa-feedback", help="name of the folder under runs/")
        arguments.add_argument("--data", type=Path, required=True, help="folder with qa-feedback/")
        arguments.set_defaults(task=task)
        if task is texts:
            arguments.add_argument("--out", type=Path, required=True, help="folder to write")
            arguments.add_argument("--fold", type=int, default=1, help="is held out (default: %(default)s)")
            arguments.add_argument("--words", type=int, default=100, help="of passages (default: %(default)s)")
        if task is evaluate:
            arguments.add_argument("--target", required=True, help="HOST:PORT of a service that serves RUN/bundles")
        if task is train:
            arguments.add_argument("--base", choices=base.BASES, default="minilm")
            arguments.add_argument("--practice-epochs", type=int, default=3, help="over questions without feedback")
            arguments.add_argument("--epochs", type=int, default=2, help="over the feedback (default: 2)")
            arguments.add_argument("--learning-rate", type=float, default=1e-4)
            arguments.add_argument("--seed", type=int, default=1)
            arguments.add_argument("--device", choices=("cpu", "cuda"), default="cpu")


def train(arguments: argparse.Namespace) -> None:
    """Train on all records, and without each fold of them; write the latter as bundles."""
    settings, data = _settings(arguments), corpus.read(arguments.data / "qa-feedback")
    learner = Learner(settings, data)
    fold_of = cross_validation.folds(data.records, FOLDS)
    for fold in range(FOLDS):
        print(f"fold {fold + 1} of {FOLDS}")
        learned = [index for index, other in enumerate(fold_of) if other != fold]
        bundles.write(
            learner.learn([learner.questions[index] for index in learned]),
            [data.records[index] for index in learned[::4]],  # enough for a fold's statistics
            bundles.folds_folder(arguments.run),
            bundles.fold_name(fold + 1),
        )
    print("all records")
    learner.learn(learner.questions).save(arguments.run, settings)


def evaluate(arguments: argparse.Namespace) -> None:
    """Have a service score each fold by the bundle that did not see it; write the figures into the card."""
    data = corpus.read(arguments.data / "qa-feedback")
    fold_of = cross_validation.folds(data.records, FOLDS)
    judged = []
    for fold in range(FOLDS):
        held_out = [index for index, other in enumerate(fold_of) if other == fold]
        judged.append(
            cross_validation.judge(
                [data.records[index] for index in held_out],
                [data.completeness[index] for index in held_out],
                data.cuts,
                served(arguments.target, bundles.fold_name(fold + 1)),
            )
        )
    table = report.table(report.with_thresholds(judged))
    print(table)
    pictures.draw(PICTURE, "an error", report.targets(judged))
    model_card.write_figures(table, PICTURE)


def texts(arguments: argparse.Namespace) -> None:
    """Write questions and answers for a policy; the rewards of the fold have not seen the held-out ones."""
    if not 1 <= arguments.fold <= FOLDS:
        raise SystemExit(f"--fold: {arguments.fold} (expected: 1 to {FOLDS})")
    data = corpus.read(arguments.data / "qa-feedback")
    policy_texts.write(arguments.out, data, FOLDS, arguments.fold - 1, arguments.words)


def export(arguments: argparse.Namespace) -> None:
    """Write the run that saw all records as a bundle."""
    bundles.write(Trained.load(arguments.run), corpus.read(arguments.data / "qa-feedback").records, BUNDLES)


class Learner:
    """Learns from any of a corpus' questions."""

    def __init__(self, settings: Settings, data: Corpus):
        self._settings = settings
        self._tokenizer = tokenizer_of(settings.base)
        layout = Layout(self._tokenizer)
        self.questions = encode(data.questions(), layout)
        self._practised = practised(encode(data.practice(settings.seed), layout), self._tokenizer, settings)

    def learn(self, questions: list[EncodedQuestion]) -> Trained:
        return Trained(learn(self._practised, questions, self._settings), self._tokenizer)


def served(target: str, bundle_name: str) -> Scorer:
    """Scores samples by one bundle of a running service, each reward at its default density."""
    asked = [f"{name}@{reward['default_density']}" for name, reward in MANIFEST["rewards"].items()]

    def score(samples: list[dict]) -> list[cross_validation.Vectors]:
        scored = service.score(target, bundle_name, asked, samples)
        return [{key.split("@")[0]: vector for key, vector in vectors.items()} for vectors in scored]

    return score


def _settings(arguments: argparse.Namespace) -> Settings:
    names = ("base", "practice_epochs", "epochs", "learning_rate", "seed", "device")
    return Settings(**{name: getattr(arguments, name) for name in names})
