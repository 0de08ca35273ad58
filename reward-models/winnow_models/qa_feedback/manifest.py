"""What the qa-feedback bundle promises: four rewards of a long-form answer from one run of one trunk."""

from winnow_models.repository import BUNDLES

FOLDER = BUNDLES / "qa-feedback" / "1"
HEADS = {"relevance_logits": 1, "factuality_logits": 1, "completeness_logits": 1, "preference_logits": 1}
MAXIMUM_TOKENS = 512
QUESTION_TOKENS = 64
EVIDENCE_TOKENS = 128
"""Room for four or five passage sentences: the nearest one for each sentence of most answers."""


def _no_error(meaning: str, output: str, densities: tuple[str, ...], default: str) -> dict:
    """The logit speaks of an error; the value is the probability that there is none."""
    return {
        "meaning": meaning,
        "input": "answer",
        "range": [0.0, 1.0],
        "inverse": "probability of an error = 1 - value",
        "link": "sigmoid",
        "mean": 0.0,
        "std": 1.0,
        "scale": -1.0,
        "bias": 1.0,
        "default_density": default,
        "densities": {density: {"output": output, "label": 0, "read_out": "mean"} for density in densities},
    }


def _comparison(meaning: str, output: str) -> dict:
    """Differences of logits are log odds; mean and standard deviation are put in when a bundle is written."""
    return {
        "meaning": meaning,
        "input": "answer",
        "range": [float("-inf"), float("inf")],
        "inverse": "log odds that one answer is better than another = std * difference of their values",
        "link": "linear",
        "mean": 0.0,
        "std": 1.0,
        "scale": 1.0,
        "bias": 0.0,
        "default_density": "SEQUENCE",
        "densities": {"SEQUENCE": {"output": output, "label": 0, "read_out": "first_token"}},
    }


COMPARISONS = ("completeness", "preference")
FINE = ("STEP", "SUB_SENTENCE", "SENTENCE")
MANIFEST = {
    "schema": 1,
    "name": "qa-feedback",
    "version": "1",
    "description": "Relevance, factuality, completeness and overall preference of long-form answers from passages.",
    "license": "Apache-2.0",
    "precision": "fp32",
    "maximum_tokens": MAXIMUM_TOKENS,
    "golden_tolerance": 1.0e-4,
    "tensors": {name: name for name in ("input_ids", "attention_mask", "token_type_ids")},
    "inputs": {
        "answer": {
            "overflow": "refuse",
            "empty_response": "refuse",
            "pieces": [
                {"special": "[CLS]"},
                {"prompt": {"truncate": "left", "budget": QUESTION_TOKENS}},
                {"special": "[SEP]"},
                {"context": {"select": "nearest", "budget": EVIDENCE_TOKENS}},
                {"special": "[SEP]"},
                {"response": {"token_type": 1}},
                {"special": "[SEP]", "token_type": 1},
            ],
        }
    },
    "rewards": {
        "relevance": _no_error(
            "probability that the segment is no irrelevant, redundant or incoherent information",
            "relevance_logits",
            FINE,
            "SUB_SENTENCE",
        ),
        "factuality": _no_error(
            "probability that the segment is neither unverifiable nor inconsistent with the passages",
            "factuality_logits",
            FINE,
            "SENTENCE",
        ),
        "completeness": _comparison(
            "how much of the needed information the response has, in standard deviations", "completeness_logits"
        ),
        "preference": _comparison("how much people like the response, in standard deviations", "preference_logits"),
    },
}
