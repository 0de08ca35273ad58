"""Writes what transformers computes with a Llama model directory, for the trainer's policy to be compared with.

`golden.safetensors` beside the weights has, for the prompts 0, 1, 2, each computed alone, in fp32, without a cache:
`ids.N` int64 `[tokens]`, `logits.N` `[tokens, vocabulary]`, and `greedy.N` int64, the likeliest tokens that follow. For
a token classifier of one label, which is a value model, `values.N` `[tokens]` instead of the last two.
"""

import argparse
from pathlib import Path

import torch
from safetensors.torch import save_file
from transformers import AutoConfig, LlamaForCausalLM, LlamaForTokenClassification

LENGTHS = (23, 1, 9)
"""Unequal, so that a batch of them is padded."""
NEW_TOKENS = 6


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("directory", type=Path, help="config.json and weights, as save_pretrained writes them")


def run(arguments: argparse.Namespace) -> None:
    write(arguments.directory)
    print(f"wrote {arguments.directory / 'golden.safetensors'}")


@torch.no_grad()
def write(directory: Path) -> None:
    config = AutoConfig.from_pretrained(directory)
    is_value_model = config.architectures == [LlamaForTokenClassification.__name__]
    architecture = LlamaForTokenClassification if is_value_model else LlamaForCausalLM
    model = architecture.from_pretrained(directory, dtype=torch.float32).eval()
    generator = torch.Generator().manual_seed(1)
    golden = {}
    for number, length in enumerate(LENGTHS):
        ids = torch.randint(config.vocab_size, [1, length], generator=generator)
        logits = model(ids, use_cache=False).logits[0]
        golden[f"ids.{number}"] = ids[0]
        if is_value_model:
            golden[f"values.{number}"] = logits[:, 0].contiguous()
        else:
            golden[f"logits.{number}"] = logits.contiguous()
            golden[f"greedy.{number}"] = _greedy(model, ids)
    save_file(golden, directory / "golden.safetensors")


def _greedy(model: LlamaForCausalLM, ids: torch.Tensor) -> torch.Tensor:
    length = ids.shape[1]
    for _ in range(NEW_TOKENS):
        following = model(ids, use_cache=False).logits[:, -1:].argmax(-1)
        ids = torch.cat([ids, following], 1)
    return ids[0, length:].contiguous()
