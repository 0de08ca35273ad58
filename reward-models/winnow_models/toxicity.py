"""What the toxicity bundle promises: its manifest and the samples of its golden file."""

from winnow_models import golden_samples
from winnow_models.repository import BUNDLES

FOLDER = BUNDLES / "toxicity" / "1"
HEADS = {"token_logits": 1, "edit_logits": 1, "sentence_logits": 1, "sequence_logits": 1}


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
        "default_density": "TOKEN",
        "densities": densities,
    }


MANIFEST = {
    "schema": 1,
    "name": "toxicity",
    "version": "1",
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
    "rewards": {
        "toxicity": _reward(
            "minus the probability that people mark the text as toxic",
            {
                "TOKEN": _density("token", "max"),
                "STEP": _density("sentence", "mean"),
                "SUB_SENTENCE": _density("sentence", "mean"),
                "SENTENCE": _density("sentence", "mean"),
                "SEQUENCE": _density("sequence", "first_token"),
            },
        ),
        "detoxification": _reward(
            "minus the probability that people drop the word when they rewrite the text without offence",
            {"TOKEN": _density("edit", "max")},
        ),
    },
}

GOLDEN_SAMPLES = [
    *({"id": name, "response": response} for name, response in golden_samples.RESPONSES.items()),
    golden_samples.STEPS,
]
