import pytest
import tiny_huggingface
from tokenizers import Tokenizer
from transformers import PreTrainedTokenizerFast

from winnow_models.huggingface import chat_proof
from winnow_models.huggingface.chat_template import compile_template, renderer
from winnow_models.huggingface.refusal import Refusal

SPECIAL = ["<s>", "</s>", "<|im_start|>", "<|im_end|>"]
TURN = "{{ '<|im_start|>' + message.role + '\n' + message.content + '<|im_end|>\n' }}"
EACH = "{% for message in messages %}" + TURN + "{% endfor %}"
GEMMA = (
    "{{ bos_token }}"
    "{% if messages[0].role == 'system' %}{{ raise_exception('no system') }}{% endif %}"
    "{% for message in messages %}"
    "{% if (message.role == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('roles alternate') }}{% endif %}"
    "{% set role = 'model' if message.role == 'assistant' else message.role %}"
    "{{ '<|im_start|>' + role + '\n' + message.content | trim + '<|im_end|>\n' }}"
    "{% endfor %}"
)
THINKING = (
    "{% for message in messages %}"
    "{% if loop.last %}{{ '<|im_start|>assistant\n<think>\n\n</think>\n\n' + message.content + '<|im_end|>\n' }}"
    "{% else %}" + TURN + "{% endif %}"
    "{% endfor %}"
)
MERGED = (
    "{% if messages[0].role == 'system' %}{% set rest = messages[1:] %}"
    "{% set first = '<<SYS>>' + messages[0].content + '<</SYS>>' %}"
    "{% else %}{% set rest = messages %}{% set first = '' %}{% endif %}"
    "{% for message in rest %}"
    "{% if message.role == 'user' %}{{ '<s>[' + (first if loop.first else '') + message.content + '</s>' }}"
    "{% else %}{{ '<s>' + message.content + '</s>' }}{% endif %}"
    "{% endfor %}"
)


def chat(template, pattern=tiny_huggingface.LLAMA_PATTERN):
    tokenizer = tiny_huggingface.byte_level([], SPECIAL, pattern)
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, bos_token="<s>", chat_template=template)


def lay_out(published, system=True):
    return chat_proof.of_chat(published, Tokenizer.from_str(published.backend_tokenizer.to_str()), 100, system)


def options(laid_out):
    return laid_out.pieces[0]["messages"]


def affixes(role):
    return {"prefix": f"<|im_start|>{role}\n", "suffix": "<|im_end|>\n"}


def test_turns_between_fixed_texts():
    laid_out = lay_out(chat(EACH))
    assert laid_out.pieces == [
        {
            "messages": {
                "roles": {role: affixes(role) for role in ("system", "user", "assistant")},
                "truncate": "left",
                "budget": 100,
            }
        },
        {"literal": "<|im_start|>assistant\n"},
        "response",
        {"literal": "<|im_end|>\n"},
    ]
    assert laid_out.remarks[0] == "gives the tokens of apply_chat_template on 40 conversations"


def test_a_default_system_text_and_the_token_that_begins_every_row():
    default = "{% if messages[0].role != 'system' %}{{ '<|im_start|>system\nBe brief.<|im_end|>\n' }}{% endif %}"
    found = options(lay_out(chat("{{ bos_token }}" + default + EACH)))
    assert found["begin"] == "<s>"
    assert found["default_system"] == "<|im_start|>system\nBe brief.<|im_end|>\n"
    assert found["roles"]["system"] == affixes("system")


def test_a_template_that_knows_no_system_turn_and_strips_contents():
    laid_out = lay_out(chat(GEMMA))
    assert list(options(laid_out)["roles"]) == ["user", "assistant"]
    assert options(laid_out)["trim"] is True
    assert options(laid_out)["begin"] == "<s>"
    assert options(laid_out)["roles"]["assistant"] == affixes("model")
    assert "takes no system turns" in laid_out.remarks


def test_the_rewarded_turn_may_have_other_texts_around_it():
    laid_out = lay_out(chat(THINKING))
    assert options(laid_out)["roles"]["assistant"] == affixes("assistant")
    assert laid_out.pieces[1] == {"literal": "<|im_start|>assistant\n<think>\n\n</think>\n\n"}


def test_white_space_at_an_edge_that_a_token_spans_is_said():
    remarks = lay_out(chat(EACH)).remarks
    assert r"gives other tokens for messages such as '\nnext line', '\n\n both \t\n'" in remarks
    stripped = lay_out(chat(GEMMA)).remarks
    assert not any("tokens for messages" in remark for remark in stripped)
    assert any("tokens for responses such as ' hello'" in remark for remark in stripped)


def test_the_tokens_that_a_tokenizer_would_add_once_more_are_said():
    published = chat("{{ bos_token }}" + EACH)
    begin = (SPECIAL[0], published.bos_token_id)
    published.backend_tokenizer.post_processor = tiny_huggingface.processors.TemplateProcessing("<s> $A", None, [begin])
    laid_out = lay_out(published)
    assert options(laid_out)["begin"] == "<s>"
    assert "the tokenizer adds '<s>' to a plain text: not added to a conversation" in laid_out.remarks


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        ("{{ strftime_now('%d %b %Y') }}" + EACH, "does not render without a clock"),
        (EACH.replace("message.role", "loop.index ~ message.role"), "writes a first answer between"),
        (
            EACH.replace("in messages", "in messages[-2:]"),
            "writes a content of user, assistant, user, assistant 0 times",
        ),
        (EACH.replace("in messages", "in messages[-5:]"), "is not fixed texts around its turns"),
        (EACH.replace("message.content", "message.content | upper"), "0 times"),
        ("{{ raise_exception('tools alone') }}", "fails on turns of user and assistant: tools alone"),
        (MERGED, "between a system turn and the user's .expected: a text that ends in '<s>.'"),
        ("{% if messages | length > 6 %}{{ raise_exception('too long') }}{% endif %}" + EACH, "too long"),
        (EACH.replace("<|im_start|>", "").replace("\n' + m", ": ' + m"), "a token of the chat template spans the edge"),
    ],
)
def test_a_template_that_is_not_fixed_texts_is_refused(template, reason):
    with pytest.raises(Refusal, match=reason):
        lay_out(chat(template))


def test_a_refusal_shows_the_conversation_and_both_sides():
    published = chat(EACH.replace("in messages", "in messages[-5:]"))
    with pytest.raises(Refusal) as refused:
        lay_out(published)
    lines = str(refused.value).splitlines()
    assert lines[1].startswith("  sample:   [{'role': 'user'")
    assert lines[3].startswith("  expected: 'im_start|>assistant\\nWhy")
    assert lines[4].startswith("  found:    'im_start|>user\\nHello")


def test_system_turns_that_merge_may_be_left_out():
    laid_out = lay_out(chat(MERGED), system=False)
    assert options(laid_out)["roles"] == {
        "user": {"prefix": "<s>[", "suffix": "</s>"},
        "assistant": {"prefix": "<s>", "suffix": "</s>"},
    }


def test_a_tokenizer_that_cuts_line_breaks_by_what_follows_them_is_refused():
    with pytest.raises(Refusal, match=r"expected: .*'Ċ', 'Ċ'.*\n  found: .*'ĊĊ'"):
        lay_out(chat(tiny_huggingface.LLAMA_TEMPLATE, tiny_huggingface.GPT2_PATTERN))


def test_a_budget_holds_more_than_what_stands_before_the_first_turn():
    published = chat("{{ bos_token }}" + EACH)
    with pytest.raises(Refusal, match=r"--prompt-budget 1 .expected: more than 1"):
        chat_proof.of_chat(published, Tokenizer.from_str(published.backend_tokenizer.to_str()), 1, True)


def test_a_layout_is_the_templates_text():
    published = chat("{{ bos_token }}" + EACH)
    layout = compile_template(renderer(published), "<s>")
    for turns in chat_proof.conversations(system=True):
        assert layout.text(turns) == published.apply_chat_template(turns, tokenize=False)
