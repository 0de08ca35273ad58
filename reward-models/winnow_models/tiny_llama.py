"""Writes small random Llama models for the trainer's tests, with what transformers computes with them."""

import argparse
import copy
import json
import string
from pathlib import Path

import torch
from tokenizers import Tokenizer, decoders, models
from transformers import LlamaConfig, LlamaForCausalLM, LlamaForTokenClassification, PreTrainedTokenizerFast

from winnow_models import golden_logits
from winnow_models.repository import ROOT

FOLDER = ROOT / "ppo-client/src/test/resources/policies"
SPECIAL = ["<pad>", "<s>", "</s>", "<unk>"]
SHAPE = {"hidden_size": 16, "intermediate_size": 24, "num_hidden_layers": 2, "num_attention_heads": 4}
LLAMA3 = {"rope_type": "llama3", "factor": 4.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0}
MODELS = {
    "tied": {"num_key_value_heads": 4, "tie_word_embeddings": True},
    "grouped": {"num_key_value_heads": 2, "head_dim": 8, "rope_theta": 100.0, "rms_norm_eps": 1e-3},
    "llama3": {
        "num_key_value_heads": 1,
        "head_dim": 8,
        "rope_theta": 500.0,
        "rope_scaling": LLAMA3 | {"original_max_position_embeddings": 32},
    },
    "linear": {"num_key_value_heads": 2, "rope_scaling": {"rope_type": "linear", "factor": 3.0}},
    "value": {"num_key_value_heads": 2, "num_labels": 1},
}
"""What each differs in from SHAPE. The widths make the models small; only their variety matters."""
STORED = {"grouped": torch.bfloat16, "llama3": torch.float16}
"""How the weights are stored, where not in fp32."""
SHARDED = {"llama3": "6KB"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None: the models are the same each time."""


def run(arguments: argparse.Namespace) -> None:
    for name in MODELS:
        write(FOLDER / name, name)
    print(f"wrote {', '.join(MODELS)} into {FOLDER}")


def write(folder: Path, name: str) -> None:
    # Without weights of this size the logits would differ by less than what is to be told from rounding.
    config = LlamaConfig(
        vocab_size=tokenizer().get_vocab_size(),
        max_position_embeddings=64,
        initializer_range=0.5,
        pad_token_id=SPECIAL.index("<pad>"),
        bos_token_id=SPECIAL.index("<s>"),
        eos_token_id=SPECIAL.index("</s>"),
        **copy.deepcopy(SHAPE | MODELS[name]),  # which fills in the scaling
    )
    torch.manual_seed(1)
    model = (LlamaForTokenClassification if "num_labels" in MODELS[name] else LlamaForCausalLM)(config)
    for parameter_name, parameter in model.named_parameters():
        if "norm" in parameter_name:
            torch.nn.init.uniform_(parameter, 0.5, 1.5)
    model.to(STORED.get(name, torch.float32)).save_pretrained(folder, max_shard_size=SHARDED.get(name, "1GB"))
    _write_config_as_published(folder / "config.json", MODELS[name])
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer(), pad_token="<pad>", bos_token="<s>", eos_token="</s>", unk_token="<unk>"
    ).save_pretrained(folder)
    golden_logits.write(folder)


def tokenizer() -> Tokenizer:
    """One token a character of those that `string.printable` has, one for any other, and three control tokens."""
    entries = [*SPECIAL, *string.printable[:-5]]
    result = Tokenizer(models.BPE({entry: index for index, entry in enumerate(entries)}, [], unk_token="<unk>"))
    result.decoder = decoders.Fuse()
    result.add_special_tokens(SPECIAL)
    return result


def _write_config_as_published(file: Path, settings: dict) -> None:
    """Most published models have `rope_theta` and `rope_scaling`; transformers 5 writes `rope_parameters`.

    The model `tied` keeps the new form, so that both are tested.
    """
    config = json.loads(file.read_text())
    if "rope_theta" in settings or "rope_scaling" in settings:
        del config["rope_parameters"]
        config |= {key: settings[key] for key in ("rope_theta", "rope_scaling") if key in settings}
    file.write_text(json.dumps(config, indent=2, sort_keys=True) + "\n")
