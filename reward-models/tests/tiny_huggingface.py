"""Model directories as `save_pretrained` writes them: random weights, tokenizers of a few hundred entries."""

import json
import string
from pathlib import Path

import torch
import transformers
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from transformers import PreTrainedTokenizerFast

SIZES = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4}
MERGES = ["t h", "th e", "Ġ the", "i n", "a n", "Ċ Ċ", "Ġ a", "Ġ Ġ", ". Ċ", "e r", "o u", "Ġ w"]
GPT2_PATTERN = r"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
LLAMA_PATTERN = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+"
    r"|\s+(?!\S)|\s+"
)
"""Of Llama 3 and Qwen 2: line breaks are a token of their own whatever follows."""
LLAMA_SPECIAL = ["<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>", "<|end_of_text|>"]
LLAMA_TEMPLATE = (
    "{{ bos_token }}{% for message in messages %}"
    "{{ '<|start_header_id|>' + message.role + '<|end_header_id|>\n\n' + message.content | trim + '<|eot_id|>' }}"
    "{% endfor %}"
)
QWEN_SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
QWEN_TEMPLATE = (
    "{% for message in messages %}"
    "{% if loop.first and message.role != 'system' %}{{ '<|im_start|>system\nBe brief.<|im_end|>\n' }}{% endif %}"
    "{{ '<|im_start|>' + message.role + '\n' + message.content + '<|im_end|>\n' }}"
    "{% endfor %}"
)


def word_piece() -> Tokenizer:
    """BERT's: lower case, words, and the special tokens around one text and around two."""
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    characters = [c for c in string.printable if not c.isspace() and not c.isupper()]
    words = ["the", "you", "are", "that", "is", "and", "of", "good", "plan"]
    entries = [*special, *characters, *(f"##{c}" for c in characters), *words]
    result = Tokenizer(models.WordPiece({entry: index for index, entry in enumerate(entries)}, unk_token="[UNK]"))
    result.normalizer = normalizers.BertNormalizer(lowercase=True)
    result.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    result.post_processor = processors.TemplateProcessing(
        "[CLS] $A [SEP]", "[CLS] $A [SEP] $B:1 [SEP]:1", [("[CLS]", 2), ("[SEP]", 3)]
    )
    result.add_special_tokens(special)
    return result


def byte_level(first: list[str], last: list[str], pattern: str = GPT2_PATTERN) -> Tokenizer:
    """A byte-level BPE with a few merges; special tokens before the bytes and after them."""
    merges = [tuple(merge.split()) for merge in MERGES]
    entries = [*first, *sorted(pre_tokenizers.ByteLevel.alphabet()), *("".join(merge) for merge in merges)]
    result = Tokenizer(models.BPE({entry: index for index, entry in enumerate(entries)}, merges))
    result.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(pattern), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    result.decoder = decoders.ByteLevel()
    result.add_special_tokens([*first, *last])
    return result


def bert(folder: Path, architecture: str = "BertForSequenceClassification", **config) -> Path:
    tokenizer = word_piece()
    settings = transformers.BertConfig(
        vocab_size=tokenizer.get_vocab_size(), max_position_embeddings=512, **SIZES, **config
    )
    published = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]", pad_token="[PAD]"
    )
    save(folder, architecture, settings, published)
    file = folder / "tokenizer_config.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"tokenizer_class": "BertTokenizer"}))
    return folder


def roberta(folder: Path, architecture: str = "RobertaForSequenceClassification", **config) -> Path:
    """Also Longformer, whose tokenizer is the same."""
    tokenizer = byte_level(["<s>", "<pad>", "</s>", "<unk>"], ["<mask>"])
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), add_prefix_space=False)
    kind = transformers.LongformerConfig if architecture.startswith("Longformer") else transformers.RobertaConfig
    settings = kind(
        vocab_size=tokenizer.get_vocab_size(),
        max_position_embeddings=514,
        type_vocab_size=1,
        pad_token_id=1,
        **SIZES,
        **config,
    )
    published = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        bos_token="<s>",
        eos_token="</s>",
        cls_token="<s>",
        sep_token="</s>",
        pad_token="<pad>",
    )
    return save(folder, architecture, settings, published)


def llama(folder: Path, template: str | None = LLAMA_TEMPLATE, **config) -> Path:
    """Its tokenizer adds the begin-of-text token that the template writes too, and pads on the left."""
    tokenizer = byte_level([], LLAMA_SPECIAL, LLAMA_PATTERN)
    begin = LLAMA_SPECIAL[0]
    tokenizer.post_processor = processors.TemplateProcessing(
        f"{begin} $A", f"{begin} $A {begin}:1 $B:1", [(begin, tokenizer.token_to_id(begin))]
    )
    published = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        bos_token=begin,
        eos_token="<|eot_id|>",
        pad_token="<|end_of_text|>",
        padding_side="left",
        chat_template=template,
    )
    settings = transformers.LlamaConfig(
        vocab_size=tokenizer.get_vocab_size(),
        num_key_value_heads=2,
        max_position_embeddings=512,
        **SIZES,
        **{"num_labels": 1, "pad_token_id": published.pad_token_id} | config,
    )
    return save(folder, "LlamaForSequenceClassification", settings, published)


def qwen2(folder: Path, template: str | None = QWEN_TEMPLATE, **config) -> Path:
    tokenizer = byte_level([], QWEN_SPECIAL, LLAMA_PATTERN)
    tokenizer.normalizer = normalizers.NFC()
    published = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, eos_token="<|im_end|>", pad_token="<|endoftext|>", chat_template=template
    )
    settings = transformers.Qwen2Config(
        vocab_size=tokenizer.get_vocab_size(),
        num_key_value_heads=2,
        max_position_embeddings=512,
        **SIZES,
        **{"num_labels": 1, "pad_token_id": published.pad_token_id} | config,
    )
    return save(folder, "Qwen2ForSequenceClassification", settings, published)


def save(folder: Path, architecture: str, settings: transformers.PretrainedConfig, published) -> Path:
    """Wide weights, so that a wrong layout, mask or position shows in the logits."""
    torch.manual_seed(1)
    settings.initializer_range = 0.2
    getattr(transformers, architecture)(settings).save_pretrained(folder)
    published.save_pretrained(folder)
    return folder
