"""What the toxicity bundle and its variants promise: their manifests, and the samples of their golden files."""

from collections.abc import Sequence

from winnow_models import golden_samples
from winnow_models.repository import BUNDLES

NAME = "toxicity"
VERSION = "1"
FOLDER = BUNDLES / NAME / VERSION
HEADS = {"token_logits": 1, "edit_logits": 1, "sentence_logits": 1, "sequence_logits": 1}

MARKED = "minus the probability that people mark the text as toxic"
DROPPED = "minus the probability that people drop the word when they rewrite the text without offence"
PREFERRED = "minus the sigmoid of a score whose differences are the log odds that people rewrote one text into another"


def manifest(name: str, sources: Sequence[str], objective: str) -> dict:
    """That of a model trained so: a head that learnt nothing gives no reward.

    Without marked posts the words of `toxicity` are those that people drop.
    """
    return {
        "schema": 1,
        "name": name,
        "version": VERSION,
        "description": "Marks toxic words, sentences and texts in English, trained on Toxic Spans and ParaDetox.",
        "license": "Apache-2.0",
        "precision": "fp32",
        "maximum_tokens": 512,
        "golden_tolerance": 1.0e-4,
        "tensors": {name: name for name in ("input_ids", "attention_mask", "token_type_ids")},
        "inputs": {
            "response": {
                "overflow": "refuse",
                "empty_response": "refuse",
                "pieces": [{"special": "[CLS]"}, "response", {"special": "[SEP]"}],
            }
        },
        "rewards": _rewards(sources, objective),
    }


def _rewards(sources: Sequence[str], objective: str) -> dict:
    whole = {"SEQUENCE": _density("sequence", "first_token")}
    if objective == "preferences":
        return {"toxicity": _reward(PREFERRED, whole)}
    words = {"TOKEN": _density("token" if "spans" in sources else "edit", "max")}
    sentences = {density: _density("sentence", "mean") for density in ("STEP", "SUB_SENTENCE", "SENTENCE")}
    rewards = {"toxicity": _reward(MARKED, words | sentences | whole)}
    if {"spans", "edits"} <= set(sources):
        rewards["detoxification"] = _reward(DROPPED, {"TOKEN": _density("edit", "max")})
    return rewards


def _density(head: str, read_out: str) -> dict:
    return {"output": f"{head}_logits", "label": 0, "read_out": read_out}


def _reward(meaning: str, densities: dict[str, dict]) -> dict:
    return {
        "meaning": meaning,
        "input": "response",
        "range": [-1.0, 0.0],
        "inverse": "probability = -value",
        "link": "sigmoid",
        "mean": 0.0,
        "std": 1.0,
        "scale": -1.0,
        "bias": 0.0,
        "default_density": next(iter(densities)),
        "densities": densities,
    }


GOLDEN_SAMPLES = [
    *({"id": name, "response": response} for name, response in golden_samples.RESPONSES.items()),
    golden_samples.STEPS,
]
