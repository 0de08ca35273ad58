"""Writes a small random bundle for tests: three rewards, three layouts, every kind of piece, link and end of a row."""

import argparse
import string

import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
from torch import nn

from winnow_models import bundle
from winnow_models.bert import Bert, BertShape
from winnow_models.repository import ROOT
from winnow_models.reward_model import RewardModel

FOLDER = ROOT / "reward-service/src/test/resources/bundles/tiny/1"
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
WORDS = (
    "the a an and or but not no of to in on at is are was be it this that you he she we they good bad kind rude "
    "first second last one two three what why how where when there here day time way work word line test small"
).split()
ENDINGS = ["s", "ed", "ing", "er", "est", "ly", "al", "ion", "able", "ness", "ment", "ful", "less", "ive"]


def _mean(density: str) -> dict:
    return {density: {"output": "quality_logits", "label": 0, "read_out": "mean"}}


MANIFEST = {
    "schema": 1,
    "name": "tiny",
    "version": "1",
    "description": "Random weights for tests; its values mean nothing.",
    "license": "Apache-2.0",
    "precision": "fp32",
    "maximum_tokens": 64,
    "golden_tolerance": 1.0e-4,
    "tensors": {name: name for name in ("input_ids", "attention_mask", "token_type_ids")},
    "inputs": {
        "pair": {
            "overflow": "refuse",
            "pieces": [
                {"special": "[CLS]"},
                {"prompt": {"truncate": "left", "budget": 16}},
                {"special": "[SEP]"},
                {"response": {"token_type": 1}},
                {"special": "[SEP]", "token_type": 1},
            ],
        },
        "response": {
            "overflow": "refuse",
            "pieces": [{"special": "[CLS]"}, "response", {"special": "[SEP]"}],
        },
        "grounds": {
            "overflow": "refuse",
            "pieces": [
                {"special": "[CLS]"},
                {"response": {"token_type": 1}},
                {"special": "[SEP]", "token_type": 1},
                {"context": {"select": "nearest", "budget": 16}},
                {"special": "[SEP]"},
            ],
        },
    },
    "rewards": {
        "quality": {
            "meaning": "a random number for a response to its prompt",
            "input": "pair",
            "range": [-100.0, 100.0],
            "inverse": "logit = (value - 0.1) / 0.5 * 2.0 + 0.25",
            "link": "linear",
            "mean": 0.25,
            "std": 2.0,
            "scale": 0.5,
            "bias": 0.1,
            "default_density": "SENTENCE",
            "densities": _mean("STEP")
            | _mean("SUB_SENTENCE")
            | _mean("SENTENCE")
            | {"SEQUENCE": {"output": "quality_logits", "label": 0, "read_out": "last_token"}},
        },
        "fluency": {
            "meaning": "a random probability for a response alone",
            "input": "response",
            "range": [0.0, 1.0],
            "inverse": "probability = value",
            "link": "softmax",
            "mean": 0.0,
            "std": 1.0,
            "scale": 1.0,
            "bias": 0.0,
            "default_density": "TOKEN",
            "densities": {
                "TOKEN": {"output": "fluency_logits", "label": 1, "read_out": "mean"},
                "SEQUENCE": {"output": "fluency_logits", "label": 1, "read_out": "first_token"},
            },
        },
        "support": {
            "meaning": "a random probability for a response beside its context",
            "input": "grounds",
            "range": [0.0, 1.0],
            "inverse": "probability = value",
            "link": "sigmoid",
            "mean": 0.0,
            "std": 1.0,
            "scale": 1.0,
            "bias": 0.0,
            "default_density": "SUB_SENTENCE",
            "densities": {
                "SUB_SENTENCE": {"output": "fluency_logits", "label": 0, "read_out": "max"},
                "SEQUENCE": {"output": "fluency_logits", "label": 0, "read_out": "first_token"},
            },
        },
    },
}

SAMPLES = [
    {
        "id": "plain",
        "prompt": "What is the time?",
        "context": ["The time is two."],
        "response": "It is two in the afternoon.",
    },
    {
        "id": "short-prompt",
        "prompt": "Any news?",
        "context": ["A kind line. A rude line and the last one.", "", "Good work was there. The day was bad and rude."],
        "response": "Good work. The last line was rude.",
    },
    {
        "id": "long-prompt",
        "prompt": "why " * 40 + "how?",
        "context": ["This is the answer that is the answer, and it is not a small answer. A small test was here."],
        "response": "This is a small test, and the answer is here.",
    },
    {
        "id": "long-context",
        "prompt": "What was rude?",
        "context": ["The word is rude. " * 40 + "Why"],
        "response": "The rude word.",
    },
    {
        "id": "turns",
        "prompt": "What was good?",
        "context": [
            "First work test one. First work test two. First work test three.",
            "Good day and bad day. Good time and bad time. Good line and bad line.",
        ],
        "response": "First work test. Good.",
    },
    {
        "id": "steps",
        "prompt": "How?",
        "context": ["No word of it."],
        "response": "First this, then that.",
        "segment_ends": [11, 22],
    },
    {
        "id": "unknown-characters",
        "prompt": "Why?",
        "context": ["\n🎉 It WORKS here. 漢字。Straße!", "A CAFE\u0301 is where they work. Three good tests."],
        "response": "A kind word 🎉 costs nothing.\nThe café works: STRASSE, ﬁrst, 漢字",
    },
    {
        "id": "empty-response",
        "prompt": "Where?",
        "context": ["Here and there. One, two.", "Three."],
        "response": "",
    },
]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None: the bundle is the same each time."""


def run(arguments: argparse.Namespace) -> None:
    bundle.write(FOLDER, MANIFEST, model(), tokenizer(), SAMPLES)
    print(f"wrote {FOLDER}")


def tokenizer() -> Tokenizer:
    """A lower-casing WordPiece over about 300 entries that covers printable ASCII."""
    characters = [character for character in string.printable if not character.isspace() and not character.isupper()]
    entries = SPECIAL + characters + [f"##{c}" for c in characters] + WORDS + [f"##{ending}" for ending in ENDINGS]
    vocabulary = {entry: index for index, entry in enumerate(dict.fromkeys(entries))}
    result = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    result.normalizer = normalizers.BertNormalizer(lowercase=True)
    result.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    result.add_special_tokens(SPECIAL)
    return result


def model() -> RewardModel:
    """Seeded random weights; wide head weights, so that a wrong layout or read-out shows in the values."""
    torch.manual_seed(1)
    shape = BertShape(tokenizer().get_vocab_size(), width=32, inner_width=64, layers=2, heads=4, positions=64)
    result = RewardModel(Bert(shape), {"quality_logits": 1, "fluency_logits": 2})
    for head in result.heads.values():
        nn.init.normal_(head.weight, std=0.5)
    return result.eval()
