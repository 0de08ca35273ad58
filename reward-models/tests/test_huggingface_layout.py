import pytest
import tiny_huggingface
from tokenizers import processors
from transformers import PreTrainedTokenizerFast

from winnow_models import golden_samples
from winnow_models.huggingface import layout, plain_proof, served_tokenizer
from winnow_models.huggingface.refusal import Refusal

PROMPT = {"prompt": {"truncate": "left", "budget": 9}}


def published(tokenizer, **special):
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, **special)


def adding(tokenizer, around, *special):
    """With special tokens around a text, written as `processors.TemplateProcessing` wants them."""
    ids = [(token, tokenizer.token_to_id(token)) for token in special]
    tokenizer.post_processor = processors.TemplateProcessing(around, None, ids)
    return tokenizer


@pytest.fixture
def word_piece():
    return tiny_huggingface.word_piece()


@pytest.fixture
def byte_level():
    return tiny_huggingface.byte_level(["<s>", "</s>"], [])


def test_token_types_are_those_of_the_tokenizer_where_the_model_has_them(word_piece):
    assert layout.of_pair(word_piece, False, 9).pieces == [
        {"special": "[CLS]"},
        PROMPT,
        {"special": "[SEP]"},
        "response",
        {"special": "[SEP]"},
    ]
    assert layout.of_pair(word_piece, True, 9).pieces[3:] == [
        {"response": {"token_type": 1}},
        {"special": "[SEP]", "token_type": 1},
    ]


def test_a_prompt_may_have_a_token_type_too(word_piece):
    word_piece.post_processor = processors.TemplateProcessing("$A", "$A:1 $B:0", [])
    assert layout.of_pair(word_piece, True, 9).pieces == [{"prompt": PROMPT["prompt"] | {"token_type": 1}}, "response"]


def test_a_tokenizer_that_puts_the_response_first_is_refused(word_piece):
    word_piece.post_processor = processors.TemplateProcessing("$A", "$B $A", [])
    with pytest.raises(Refusal, match=r"lays \['prompt', 'response'\] out as \['response', 'prompt'\]"):
        layout.of_pair(word_piece, False, 9)


def test_a_text_stands_among_the_special_tokens_of_one_text(byte_level):
    around = adding(byte_level, "<s> $A </s>", "<s>", "</s>")
    assert layout.of_text(around, "Q: {prompt}\nA: {response}!", 9).pieces == [
        {"special": "<s>"},
        {"literal": "Q: "},
        PROMPT,
        {"literal": "\nA: "},
        "response",
        {"literal": "!"},
        {"special": "</s>"},
    ]


def test_a_special_token_that_the_text_has_is_not_added_again(byte_level):
    around = adding(byte_level, "<s> $A </s>", "<s>", "</s>")
    laid_out = layout.of_text(around, "<s>{response}</s>", 9)
    assert laid_out.pieces == [{"literal": "<s>"}, "response", {"literal": "</s>"}]
    assert laid_out.remarks == [
        "'<s>' stands in the text already: not added a second time",
        "'</s>' stands in the text already: not added a second time",
    ]


@pytest.mark.parametrize(
    "text", ["no place", "{response} {prompt}", "{response}{response}", "{prompt}{prompt}{response}"]
)
def test_a_text_needs_one_response_after_at_most_one_prompt(byte_level, text):
    with pytest.raises(Refusal, match=r"expected: \{response\} once, and \{prompt\} at most once, before it"):
        layout.of_text(byte_level, text, 9)


def test_the_padding_token_at_the_end_is_left_out():
    pieces = ["response", {"literal": ".</s>"}, {"special": "</s>"}]
    shorter = layout.without_trailing(layout.Layout("text", pieces), "</s>")
    assert shorter.pieces == ["response", {"literal": "."}]
    assert "left out" in shorter.remarks[0]
    assert layout.without_trailing(layout.Layout("text", ["response"]), "</s>").remarks == []


@pytest.mark.parametrize("fixed", ["padding", "truncation"])
def test_padding_and_truncation_that_a_file_fixes_do_not_reach_the_bundle(word_piece, fixed):
    word_piece.enable_padding(length=300) if fixed == "padding" else word_piece.enable_truncation(12)
    given = published(word_piece, pad_token="[PAD]")
    said = served_tokenizer.fixed_by_file(given)
    served = served_tokenizer.of(given)
    proven = plain_proof.prove(
        layout.of_pair(served_tokenizer.adding_special_tokens(given), False, 9),
        given,
        served,
        golden_samples.with_prompts("why?"),
    )
    assert len(served.encode("plan " * 20).ids) == 20
    assert "gives the tokens of the model's tokenizer on 25 samples" in proven.remarks
    assert said == [{"padding": "padding on the right to 300 tokens", "truncation": "truncation to 12 tokens"}[fixed]]


def test_a_layout_with_another_separator_than_the_tokenizers_is_refused(word_piece):
    given, served = published(word_piece), served_tokenizer.of(published(word_piece))
    other = layout.Layout("response", [{"special": "[CLS]"}, "response", {"special": "[MASK]"}])
    with pytest.raises(Refusal, match=r"other tokens than the model's tokenizer gives\n  sample:   \['Thanks'\]"):
        plain_proof.prove(other, given, served, golden_samples.alone())


def test_offsets_of_byte_level_tokens_leave_the_space_before_a_word_out(byte_level):
    served = served_tokenizer.of(published(byte_level))
    assert served.encode("in the").offsets == [(0, 2), (3, 6)]


def test_a_text_says_how_often_a_token_spans_its_edges(byte_level):
    given, served = published(byte_level), served_tokenizer.of(published(byte_level))
    samples = [{"id": "1", "prompt": "x", "response": text} for text in ("the plan", "good")]
    compared = plain_proof.compare(
        layout.of_text(byte_level, "A: {response}", 9), "A: {response}", given, served, samples
    )
    assert "on 1 of 2 samples; on others a token of it spans the edge" in compared.remarks[0]
