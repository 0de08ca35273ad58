import gguf
import pytest
import torch
from transformers import LlamaConfig, LlamaForCausalLM

from winnow_models import gguf_llama
from winnow_models.gguf_llama import GgufLlama

TOKENS = ["<|end|>", "a", "b", "1", "2", "Ġ", "ab", "12"]
MERGES = ["a b", "1 2"]
SHAPE = {"hidden_size": 16, "intermediate_size": 24, "num_hidden_layers": 2}
HEADS = {"num_attention_heads": 4, "num_key_value_heads": 2}


@pytest.fixture
def model():
    torch.manual_seed(1)
    config = LlamaConfig(
        vocab_size=len(TOKENS), max_position_embeddings=32, initializer_range=0.5, rope_theta=100.0, **SHAPE, **HEADS
    )
    return LlamaForCausalLM(config).eval()


def in_pairs(weight, heads):
    """GGUF's order of the rows of a head: 0, half, 1, half + 1, ..."""
    rows, width = weight.shape
    return weight.reshape(heads, 2, rows // heads // 2, width).transpose(1, 2).reshape(rows, width)


def write(file, model, architecture="llama", pre="smollm"):
    writer = gguf.GGUFWriter(file, architecture)
    config = model.config
    writer.add_vocab_size(config.vocab_size)
    writer.add_embedding_length(config.hidden_size)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_block_count(config.num_hidden_layers)
    writer.add_head_count(config.num_attention_heads)
    writer.add_head_count_kv(config.num_key_value_heads)
    writer.add_rope_dimension_count(config.head_dim)
    writer.add_context_length(config.max_position_embeddings)
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    writer.add_rope_freq_base(config.rope_parameters["rope_theta"])
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre(pre)
    writer.add_token_list(TOKENS)
    writer.add_token_types([gguf_llama.CONTROL] + [1] * (len(TOKENS) - 1))
    writer.add_token_merges(MERGES)
    for add in (writer.add_bos_token_id, writer.add_eos_token_id, writer.add_pad_token_id):
        add(0)
    writer.add_chat_template("{{ messages }}")
    names = {hugging_face: name for name, hugging_face in gguf_llama.OUTSIDE_LAYERS.items()}
    for name, weight in model.state_dict().items():
        stem, _, suffix = name.rpartition(".")
        if stem.startswith("model.layers."):
            _, _, layer, part = stem.split(".", 3)
            inside = {hugging_face: gguf_name for gguf_name, hugging_face in gguf_llama.IN_A_LAYER.items()}
            gguf_name = f"blk.{layer}.{inside[part]}.{suffix}"
            heads = {"self_attn.q_proj": HEADS["num_attention_heads"], "self_attn.k_proj": HEADS["num_key_value_heads"]}
            weight = in_pairs(weight, heads[part]) if part in heads else weight
        else:
            gguf_name = f"{names[stem]}.{suffix}"
        writer.add_tensor(gguf_name, weight.contiguous().numpy())
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return file


@torch.no_grad()
def test_read_model_has_the_logits_of_the_written_one(model, tmp_path):
    found = GgufLlama(write(tmp_path / "model.gguf", model)).model()

    ids = torch.tensor([[1, 2, 3, 4, 5, 6, 7, 0]])
    torch.testing.assert_close(found(ids).logits, model(ids).logits)
    assert found.config.rms_norm_eps == model.config.rms_norm_eps


def test_digits_are_tokens_of_their_own(model, tmp_path):
    tokenizer = GgufLlama(write(tmp_path / "model.gguf", model)).tokenizer()

    assert tokenizer.tokenize("ab12<|end|> ") == ["ab", "1", "2", "<|end|>", "Ġ"]
    assert tokenizer.decode(tokenizer("ab 12<|end|>").input_ids) == "ab 12<|end|>"
    assert tokenizer.eos_token == "<|end|>"


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"architecture": "gpt2"}, r"general.architecture: gpt2 \(expected: llama\)"),
        ({"pre": "bloom"}, r"tokenizer.ggml.pre: bloom \(expected: smollm\)"),
    ],
)
def test_other_models_are_refused(model, tmp_path, settings, message):
    file = write(tmp_path / "model.gguf", model, **settings)
    with pytest.raises(ValueError, match=message):
        GgufLlama(file).tokenizer()
