"""Reads a Llama model from a GGUF file: shape, weights and byte-level tokenizer, as transformers has them.

GGUF: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md.
"""

from pathlib import Path

import torch
from gguf import GGUFReader, dequantize
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

OUTSIDE_LAYERS = {
    "token_embd": "model.embed_tokens",
    "output_norm": "model.norm",
    "output": "lm_head",
}
IN_A_LAYER = {
    "attn_norm": "input_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_norm": "post_attention_layernorm",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}
PRE_TOKENIZERS = {
    # Digits are tokens of their own before the bytes are split as GPT-2 does.
    "smollm": [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)],
}
CONTROL = 3
"""The type of tokens that text never yields."""


class GgufLlama:
    """One file. Raises ValueError where it holds anything but a Llama model with a known tokenizer."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._reader = GGUFReader(file)
        self._require("general.architecture", ["llama"])

    def model(self) -> LlamaForCausalLM:
        """The model in fp32; quantised weights are those numbers that their codes stand for."""
        config = self._config()
        weights = {
            _name(tensor.name): torch.from_numpy(dequantize(tensor.data, tensor.tensor_type).copy())
            for tensor in self._reader.tensors
        }
        for name in weights:
            if name.endswith("q_proj.weight"):
                weights[name] = _halves(weights[name], config.num_attention_heads)
            elif name.endswith("k_proj.weight"):
                weights[name] = _halves(weights[name], config.num_key_value_heads)
        config.tie_word_embeddings = "lm_head.weight" not in weights
        weights.setdefault("lm_head.weight", weights["model.embed_tokens.weight"])
        model = LlamaForCausalLM(config)
        model.load_state_dict(weights)
        return model.eval()

    def tokenizer(self) -> PreTrainedTokenizerFast:
        self._require("tokenizer.ggml.model", ["gpt2"])
        tokens = self._get("tokenizer.ggml.tokens")
        merges = [tuple(merge.split(" ")) for merge in self._get("tokenizer.ggml.merges")]
        tokenizer = Tokenizer(models.BPE({token: index for index, token in enumerate(tokens)}, merges))
        kind = self._require("tokenizer.ggml.pre", PRE_TOKENIZERS)
        tokenizer.pre_tokenizer = pre_tokenizers.Sequence(PRE_TOKENIZERS[kind])
        tokenizer.decoder = decoders.ByteLevel()
        types = self._get("tokenizer.ggml.token_type")
        tokenizer.add_special_tokens([token for token, kind in zip(tokens, types, strict=True) if kind == CONTROL])
        return PreTrainedTokenizerFast(
            tokenizer_object=tokenizer,
            bos_token=tokens[self._get("tokenizer.ggml.bos_token_id")],
            eos_token=tokens[self._get("tokenizer.ggml.eos_token_id")],
            pad_token=tokens[self._get("tokenizer.ggml.padding_token_id")],
            chat_template=self._get("tokenizer.chat_template"),
        )

    def _config(self) -> LlamaConfig:
        return LlamaConfig(
            vocab_size=self._get("llama.vocab_size"),
            hidden_size=self._get("llama.embedding_length"),
            intermediate_size=self._get("llama.feed_forward_length"),
            num_hidden_layers=self._get("llama.block_count"),
            num_attention_heads=self._get("llama.attention.head_count"),
            num_key_value_heads=self._get("llama.attention.head_count_kv"),
            head_dim=self._get("llama.rope.dimension_count"),
            max_position_embeddings=self._get("llama.context_length"),
            # Stored in fp32, where 1e-5 is not a short number.
            rms_norm_eps=float(f"{self._get('llama.attention.layer_norm_rms_epsilon'):.6g}"),
            rope_theta=self._get("llama.rope.freq_base"),
            bos_token_id=self._get("tokenizer.ggml.bos_token_id"),
            eos_token_id=self._get("tokenizer.ggml.eos_token_id"),
            pad_token_id=self._get("tokenizer.ggml.padding_token_id"),
        )

    def _get(self, key: str):
        field = self._reader.get_field(key)
        if field is None:
            raise ValueError(f"{self._file}: {key}: missing")
        return field.contents()

    def _require(self, key: str, expected) -> str:
        found = self._get(key)
        if found not in expected:
            raise ValueError(f"{self._file}: {key}: {found} (expected: {', '.join(expected)})")
        return found


def _name(gguf_name: str) -> str:
    stem, _, suffix = gguf_name.rpartition(".")
    if stem.startswith("blk."):
        _, layer, part = stem.split(".")
        return f"model.layers.{layer}.{IN_A_LAYER[part]}.{suffix}"
    return f"{OUTSIDE_LAYERS[stem]}.{suffix}"


def _halves(weight: torch.Tensor, heads: int) -> torch.Tensor:
    """The rows of each head reordered from GGUF's rotary pairs (0, 1), (2, 3), ... to halves: 0, 2, ..., 1, 3, ..."""
    rows, width = weight.shape
    return weight.view(heads, rows // heads // 2, 2, width).transpose(1, 2).reshape(rows, width)
