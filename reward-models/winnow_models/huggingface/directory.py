"""Reads a model directory, never the network: configuration, weights, tokenizer, and what its README says."""

from dataclasses import dataclass
from pathlib import Path

import torch
import transformers
import yaml
from transformers import (
    AutoConfig,
    AutoTokenizer,
    PretrainedConfig,
    PreTrainedModel,
    PreTrainedTokenizerFast,
)

from winnow_models import golden_samples
from winnow_models.huggingface.refusal import Refusal, first_line

WEIGHTS = ("model.safetensors", "model.safetensors.index.json", "pytorch_model.bin", "pytorch_model.bin.index.json")
WORD_LISTS = (("vocab.txt",), ("vocab.json", "merges.txt"))
TASKS = ("ForSequenceClassification", "ForTokenClassification")
EXPECTED = (
    f"one ending in {' or '.join(TASKS)}; the tests hold Bert, Roberta, Longformer, Llama and Qwen2, and any other is "
    "taken if its graph computes what PyTorch does"
)


@dataclass(frozen=True)
class Directory:
    """Weights are float32 and ready to infer; `weights_dtype` is what the configuration says they were published as.

    `cut_otherwise` counts the texts, of `golden_samples.RESPONSES`, that transformers' class cuts into other tokens
    than `tokenizer.json` does.
    """

    path: Path
    architecture: str
    model: PreTrainedModel
    tokenizer: PreTrainedTokenizerFast
    cut_otherwise: int
    weights_dtype: str
    readme: str
    license: str | None


def read(path: Path) -> Directory:
    config = _config(path)
    architecture = _architecture(config)
    tokenizer, cut_otherwise = _tokenizer(path)
    published_as = str(config.dtype or "unknown").removeprefix("torch.")
    model = _model(path, architecture)
    front_matter, readme = _readme(path / "README.md")
    license = str(front_matter["license"]) if "license" in front_matter else None
    return Directory(path, architecture, model, tokenizer, cut_otherwise, published_as, readme, license)


def _config(path: Path) -> PretrainedConfig:
    if not (path / "config.json").is_file():
        raise Refusal(f"{path}: no config.json (expected: a directory as save_pretrained writes it)")
    try:
        return AutoConfig.from_pretrained(path, local_files_only=True, trust_remote_code=False)
    except (ValueError, KeyError, OSError) as fault:
        raise Refusal(
            f"{path / 'config.json'}: {first_line(fault)} (expected: a model type of transformers)"
        ) from fault


def _architecture(config: PretrainedConfig) -> str:
    named = config.architectures or ["none named in config.json"]
    if not named[0].endswith(TASKS) or not hasattr(transformers, named[0]):
        raise Refusal(f"architecture {named[0]} (expected: {EXPECTED})")
    return named[0]


def _model(path: Path, architecture: str) -> PreTrainedModel:
    """A weight that the directory lacks would be random, so it is refused rather than filled in."""
    if not any((path / name).is_file() for name in WEIGHTS):
        raise Refusal(f"{path}: no weights (expected: one of {', '.join(WEIGHTS)})")
    try:
        model, report = getattr(transformers, architecture).from_pretrained(
            path, dtype=torch.float32, attn_implementation="eager", local_files_only=True, output_loading_info=True
        )
    except Exception as fault:  # those of three file formats
        raise Refusal(f"{path}: weights do not load as {architecture}: {first_line(fault)}") from fault
    if report["missing_keys"]:
        raise Refusal(f"{path}: weights lack {sorted(report['missing_keys'])} (expected: all of {architecture})")
    return model.eval()


def _tokenizer(path: Path) -> tuple[PreTrainedTokenizerFast, int]:
    """`tokenizer.json` as it stands where there is one, since transformers' class for a model may build another of it;
    and how many texts that class cuts otherwise. Which tensors the model is given is for the class to say."""
    published = (path / "tokenizer.json").is_file()
    if not published:
        _refuse_unconvertible(path)
    try:
        own = AutoTokenizer.from_pretrained(path, local_files_only=True, trust_remote_code=False)
        loader = PreTrainedTokenizerFast if published else type(own)
        tokenizer = loader.from_pretrained(path, local_files_only=True, trust_remote_code=False)
    except Exception as fault:  # the tokenizer library raises no type of its own
        raise Refusal(f"{path}: the tokenizer does not load: {first_line(fault)}") from fault
    if not isinstance(tokenizer, PreTrainedTokenizerFast):
        raise Refusal(f"{path}: {type(tokenizer).__name__} has no tokenizer.json (expected: a fast tokenizer)")
    tokenizer.model_input_names = own.model_input_names
    texts = golden_samples.RESPONSES.values()
    return tokenizer, sum(own.tokenize(text) != tokenizer.tokenize(text) for text in texts)


def _refuse_unconvertible(path: Path) -> None:
    """Word lists become the very tokenizer. A SentencePiece model may lose the space that it puts before a text."""
    if any(all((path / name).is_file() for name in names) for names in WORD_LISTS):
        return
    expected = "tokenizer.json, or vocab.txt, or vocab.json with merges.txt"
    if models := sorted(file.name for file in path.glob("*.model")):
        raise Refusal(
            f"{path}: no tokenizer.json beside {models[0]} (expected: {expected}). "
            "AutoTokenizer.from_pretrained(DIRECTORY).save_pretrained(DIRECTORY) writes one: compare its tokens first"
        )
    raise Refusal(f"{path}: no tokenizer (expected: {expected})")


def _readme(file: Path) -> tuple[dict, str]:
    """The YAML between `---` lines at the top of a model card, and what follows it; both empty without a card."""
    if not file.is_file():
        return {}, ""
    text = file.read_text(encoding="utf-8")
    parts = text.split("---\n", 2)
    if len(parts) < 3 or parts[0].strip():
        return {}, text.strip()
    try:
        front_matter = yaml.safe_load(parts[1])
    except yaml.YAMLError as fault:
        raise Refusal(f"{file}: {first_line(fault)} (expected: YAML between the --- lines)") from fault
    return front_matter if isinstance(front_matter, dict) else {}, parts[2].strip()
