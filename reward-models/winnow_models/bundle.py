"""Writes a bundle folder: graph, tokenizer, golden file, and the manifest that ties them together by their hashes."""

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import yaml
from tokenizers import Tokenizer

from winnow_models import json_lines, nearest, onnx_graph, training_statistics
from winnow_models.launcher import LAUNCHER
from winnow_models.reference import LogitsByOutput, Reference, Row, run_in_torch
from winnow_models.reward_model import RewardModel
from winnow_models.rounding import round_parameters
from winnow_models.segments import Segments, segment

FILES = ("model.onnx", "tokenizer.json", "golden.jsonl")
MODEL_DATA = "model.onnx.data"
"""Weights that do not fit into the graph's file; most bundles have none."""
SEGMENTED = ("TOKEN", "SUB_SENTENCE", "SENTENCE")


def write(
    folder: Path,
    manifest: dict,
    model: RewardModel,
    tokenizer: Tokenizer,
    samples: Sequence[dict],
    launcher: Path = LAUNCHER,
    trained_on: Sequence[dict] = (),
    standardised: Collection[str] = (),
) -> None:
    """Rounds the model in place first, so that graph and golden values come from the same numbers.

    The manifest tells the statistics of the values over the samples that the model was `trained_on`.
    """
    with complete(folder) as unfinished:
        onnx_graph.write(model, round_parameters(model), unfinished / "model.onnx")
        run = run_in_torch(model.eval())
        if trained_on:
            rows = golden(Reference(manifest, tokenizer, run), trained_on, launcher)
            manifest = training_statistics.fill(manifest, rows, standardised)
        write_around_graph(unfinished, manifest, tokenizer, run, samples, launcher)


@contextmanager
def complete(folder: Path) -> Iterator[Path]:
    """An empty folder whose files move to `folder` once the block has ended well; what else is there stays."""
    with tempfile.TemporaryDirectory() as unfinished:
        yield Path(unfinished)
        folder.mkdir(parents=True, exist_ok=True)
        for file in Path(unfinished).iterdir():
            shutil.move(file, folder / file.name)


def write_around_graph(
    folder: Path,
    manifest: dict,
    tokenizer: Tokenizer,
    run: Callable[[Row], LogitsByOutput],
    samples: Sequence[dict],
    launcher: Path = LAUNCHER,
) -> None:
    """Whatever a bundle has beside its graph, with the golden values of the given run."""
    tokenizer.save(str(folder / "tokenizer.json"))
    reference = Reference(manifest, tokenizer, run)
    json_lines.write(folder / "golden.jsonl", golden(reference, samples, launcher))
    write_manifest(folder, manifest)


def golden(reference: Reference, samples: Sequence[dict], launcher: Path) -> list[dict]:
    """Each sample with its expected vectors, at every density that has segments in it."""
    responses = [sample["response"] for sample in samples]
    asked = {density for reward in reference.manifest["rewards"].values() for density in reward["densities"]}
    cut = {density: segment(responses, density, launcher) for density in SEGMENTED if density in asked}
    cut["SEQUENCE"] = [Segments([0], [len(response)]) for response in responses]
    cut["STEP"] = [_steps(sample.get("segment_ends", [])) for sample in samples]
    ranked = nearest.rank(samples, launcher)
    rows = []
    for index, sample in enumerate(samples):
        vectors = []
        for reward, definition in reference.manifest["rewards"].items():
            row, logits = reference.logits(sample, definition["input"], ranked[index])
            vectors += [
                reference.vector(reward, density, cut[density][index], row, logits)
                for density in definition["densities"]
                if len(cut[density][index])
            ]
        rows.append({"sample": sample, "rewards": vectors})
    return rows


def _steps(ends: list[int]) -> Segments:
    """The caller's own segments: each begins where the one before it ends."""
    return Segments([0, *ends][: len(ends)], ends)


def write_manifest(folder: Path, manifest: dict) -> None:
    names = [*FILES, MODEL_DATA] if (folder / MODEL_DATA).exists() else FILES
    hashes = {name: _sha256(folder / name) for name in names}
    text = yaml.safe_dump(manifest | {"files": hashes}, sort_keys=False, default_flow_style=None, width=120)
    (folder / "reward-model.yaml").write_text(text, encoding="utf-8")


def _sha256(file: Path) -> str:
    with file.open("rb") as contents:
        return hashlib.file_digest(contents, "sha256").hexdigest()


def read_manifest(folder: Path) -> dict:
    return yaml.safe_load((folder / "reward-model.yaml").read_text(encoding="utf-8"))
