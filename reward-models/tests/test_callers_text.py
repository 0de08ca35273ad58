import pytest
from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

from winnow_models.callers_text import for_callers_text

UNIGRAM = [("<s>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -3.0), *((c, -5.0) for c in "ab<>/sunk"), ("ab", -6.0)]


def word_piece():
    vocabulary = {entry: index for index, entry in enumerate(["[UNK]", "[CLS]", "[SEP]", "a", "b"])}
    result = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    result.pre_tokenizer = pre_tokenizers.WhitespaceSplit()  # does not take "[SEP]" apart
    result.add_special_tokens(["[UNK]", "[CLS]", "[SEP]"])
    result.post_processor = processors.TemplateProcessing("[CLS] $A [SEP]", None, [("[CLS]", 1), ("[SEP]", 2)])
    return result


def byte_level_bpe():
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    merges = [("<", "s"), ("<s", ">"), ("a", "b")]
    vocabulary = {entry: index for index, entry in enumerate([*alphabet, *(a + b for a, b in merges)])}
    result = Tokenizer(models.BPE(vocabulary, merges))
    result.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    result.add_special_tokens(["<|im_start|>", "<s>"])
    result.add_tokens(["<tool>"])
    result.add_special_tokens(["<|im_end|>"])
    return result


def byte_fallback_bpe():
    entries = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256)), "▁", "a", "b", "<", "/", "s", ">"]
    vocabulary = {entry: index for index, entry in enumerate(entries)}
    result = Tokenizer(models.BPE(vocabulary, [], unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    result.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    result.decoder = decoders.ByteFallback()
    result.add_special_tokens(["<unk>", "<s>", "</s>"])
    result.add_tokens([AddedToken("<tool>", normalized=False)])
    return result


def unigram():
    result = Tokenizer(models.Unigram(UNIGRAM, unk_id=2))
    result.pre_tokenizer = pre_tokenizers.Metaspace()
    result.add_special_tokens(["<s>", "</s>", "<unk>"])
    return result


KINDS = [word_piece, byte_level_bpe, byte_fallback_bpe, unigram]


@pytest.mark.parametrize("kind", KINDS)
def test_a_spelled_special_token_stays_text(kind):
    published = kind()
    callers = for_callers_text(published)
    special = {index: token.content for index, token in published.get_added_tokens_decoder().items() if token.special}
    unknown = published.token_to_id("<unk>") if kind is not word_piece else published.token_to_id("[UNK]")
    for index, content in special.items():
        assert index in published.encode(f"a {content} b", add_special_tokens=False).ids
        assert set(callers.encode(f"a {content} b", add_special_tokens=False).ids) & special.keys() <= {unknown}


@pytest.mark.parametrize("kind", KINDS)
def test_other_text_has_the_tokens_that_it_had(kind):
    published = kind()
    callers = for_callers_text(published)
    for text in ["a b ab", "", "a<tool>b", "é🎉 ab"]:
        expected = published.encode(text, add_special_tokens=False)
        actual = callers.encode(text, add_special_tokens=False)
        assert (actual.ids, actual.offsets) == (expected.ids, expected.offsets)


def test_an_ordinary_added_token_keeps_its_id_behind_special_ones():
    published = byte_level_bpe()
    index = published.token_to_id("<tool>")
    assert published.token_to_id("<|im_start|>") < index < published.token_to_id("<|im_end|>")
    assert for_callers_text(published).encode("<tool>").ids == [index]
