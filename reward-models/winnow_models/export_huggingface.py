"""Turns a Hugging Face model directory into a bundle, checks it, and says what it did."""

import argparse
from pathlib import Path

from winnow_models.repository import BUNDLES

REQUIREMENTS = "requirements-huggingface.txt"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("directory", type=Path, help="folder with config.json, weights and tokenizer")
    parser.add_argument("--name", required=True, help="name of the bundle")
    parser.add_argument("--version", default="1", help="version of the bundle (default: 1)")
    parser.add_argument("--bundles", type=Path, default=BUNDLES, help=f"folder to write to (default: {BUNDLES})")
    for option, meaning in (("--greater-is-better", "itself"), ("--lower-is-better", "turned around")):
        parser.add_argument(
            option,
            action="append",
            default=[],
            metavar="[REWARD=]LABEL",
            help=f"a label, by name or index, that is a reward, {meaning}; may be given several times",
        )
    parser.add_argument(
        "--link", choices=("linear", "sigmoid", "softmax"), help="from logits to values (default: as in training)"
    )
    parser.add_argument(
        "--layout",
        help="chat (the chat template), pair, response (alone), or a text with {response} and {prompt} "
        "(default: chat where there is a template, else what the tokenizer tells)",
    )
    parser.add_argument("--no-system", action="store_true", help="leave system turns out of a chat layout")
    parser.add_argument("--maximum-tokens", type=int, help="longest row (default: what the model takes, up to 4096)")
    parser.add_argument(
        "--prompt-budget", type=int, help="tokens of a prompt past which it is cut (default: half a row)"
    )
    parser.add_argument(
        "--word", choices=("mean", "max"), default="mean", help="how a token classifier's logits are pooled over a word"
    )
    parser.add_argument("--weights", choices=("fp32", "int8"), default="fp32", help="how matrices are stored")


def run(arguments: argparse.Namespace) -> None:
    try:
        from winnow_models.huggingface import conversion
        from winnow_models.huggingface.refusal import Refusal
    except ModuleNotFoundError as missing:
        raise SystemExit(f"{missing.name} is not installed: pip install -r {REQUIREMENTS}") from missing
    options = conversion.Options(
        name=arguments.name,
        version=arguments.version,
        bundles=arguments.bundles,
        greater_is_better=arguments.greater_is_better,
        lower_is_better=arguments.lower_is_better,
        link=arguments.link,
        layout=arguments.layout,
        system=not arguments.no_system,
        maximum_tokens=arguments.maximum_tokens,
        prompt_budget=arguments.prompt_budget,
        word_read_out=arguments.word,
        weights=arguments.weights,
    )
    try:
        conversion.convert(arguments.directory, options)
    except Refusal as refusal:
        raise SystemExit(f"refused: {refusal}") from refusal
