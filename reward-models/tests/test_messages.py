import pytest

from winnow_models import messages, tiny
from winnow_models.reference import Reference

OPTIONS = {
    "begin": "^",
    "default_system": "D",
    "roles": {
        "system": {"prefix": "S(", "suffix": ")"},
        "user": {"prefix": "U(", "suffix": ")"},
        "assistant": {"prefix": "", "suffix": ";"},
    },
    "truncate": "left",
    "budget": 100,
}


def lay_out(options, *turns):
    """As text: one token a character, those of contents in upper case."""
    conversation = [{"role": role, "content": content} for role, content in turns]
    return "".join(messages.lay_out(OPTIONS | options, conversation, list, lambda text: list(text.upper())))


def test_turns_stand_between_the_affixes_of_their_roles():
    assert lay_out({}, ("system", "s"), ("user", "a"), ("assistant", "b")) == "^S(S)U(A)B;"


def test_the_default_system_text_stands_where_no_system_turn_does():
    assert lay_out({}, ("user", "a"), ("system", "s")) == "^DU(A)S(S)"


def test_begin_and_default_system_are_optional():
    options = {key: value for key, value in OPTIONS.items() if key not in ("begin", "default_system")}
    assert messages.lay_out(options, [{"role": "user", "content": "a"}], list, list) == list("U(a)")


def test_contents_are_stripped_where_the_layout_says_so():
    assert lay_out({}, ("user", " a\n")) == "^DU( A\n)"
    assert lay_out({"trim": True}, ("user", " \t\u00a0a b\u2003\n\x1f")) == "^DU(A B)"


def test_a_cut_on_the_left_leaves_the_texts_before_the_turns():
    assert lay_out({"budget": 9}, ("user", "abc"), ("user", "def")) == "^D)U(DEF)"
    assert lay_out({"budget": 14}, ("user", "abc"), ("user", "def")) == "^DU(ABC)U(DEF)"


def test_a_cut_on_the_right_leaves_the_first_tokens():
    assert lay_out({"budget": 9, "truncate": "right"}, ("user", "abc"), ("user", "def")) == "^DU(ABC)U"


def test_a_role_that_the_layout_lacks_is_named():
    with pytest.raises(ValueError, match=r"messages\[1\].role: tool .expected: one of .'assistant', 'system'"):
        lay_out({}, ("user", "a"), ("tool", "b"))


def test_a_conversation_needs_a_turn():
    with pytest.raises(ValueError, match=r"messages: empty \(expected: at least one turn\)"):
        lay_out({})


def test_special_tokens_are_recognised_in_fixed_texts_alone():
    piece = {"roles": {"user": {"prefix": "[CLS] the", "suffix": "[SEP]"}}, "truncate": "left", "budget": 64}
    pieces = [{"messages": piece | {"token_type": 1}}, {"literal": "[SEP] a"}, "response"]
    manifest = tiny.MANIFEST | {"inputs": {"chat": {"pieces": pieces}}}
    reference = Reference(manifest, tiny.tokenizer(), lambda row: {})
    row = reference.lay_out({"messages": [{"role": "user", "content": "[SEP]"}], "response": "good [CLS]"}, "chat")
    tokens = [tiny.tokenizer().id_to_token(index) for index in row.input_ids]
    spelled = ["s", "##e", "##p"]
    assert tokens[:8] == ["[CLS]", "the", "[", *spelled, "]", "[SEP]"]
    assert tokens[8:] == ["[SEP]", "a", "good", "[", "c", "##l", "##s", "]"]
    assert row.token_type_ids == [1] * 8 + [0] * 8
    assert [offset is None for offset in row.offsets] == [True] * 10 + [False] * 6
