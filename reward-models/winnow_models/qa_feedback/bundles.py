"""Writes trained runs as bundles: the one that is published, and one for each fold of a cross-validation."""

from collections.abc import Sequence
from pathlib import Path

from winnow_models import bundle
from winnow_models.qa_feedback.golden_samples import GOLDEN_SAMPLES
from winnow_models.qa_feedback.manifest import COMPARISONS, MANIFEST
from winnow_models.qa_feedback.records import Record
from winnow_models.qa_feedback.trained import Trained
from winnow_models.repository import RUNS


def fold_name(fold: int) -> str:
    """Of the run that did not see this fold, counted from 1, and of its bundle."""
    return f"{MANIFEST['name']}-fold-{fold}"


def folds_folder(run: str) -> Path:
    """The bundles folder that a service is started on to judge a cross-validation."""
    return RUNS / run / "bundles"


def write(trained: Trained, records: Sequence[Record], bundles: Path, name: str = MANIFEST["name"]) -> Path:
    """Writes `BUNDLES/NAME/VERSION` with the statistics of the predictions of the records, and returns it."""
    folder = bundles / name / MANIFEST["version"]
    predictions = [record.sample(prediction) for record in records for prediction in record.predictions]
    bundle.write(
        folder,
        MANIFEST | {"name": name},
        trained.model,
        trained.tokenizer,
        GOLDEN_SAMPLES,
        trained_on=predictions,
        standardised=COMPARISONS,
    )
    print(f"wrote {folder}: {sum(file.stat().st_size for file in folder.iterdir()) / 2**20:.1f} MiB")
    return folder
