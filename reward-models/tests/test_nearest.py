import pytest

from winnow_models import nearest, tiny
from winnow_models.nearest import Sentence
from winnow_models.reference import Reference

CONTEXT = ["aa bbb. c.", "🎉dd. eeeee."]
"""One token a character: sentences of 7, 2, 4 and 6."""
FIRST, SECOND, THIRD, FOURTH = (
    Sentence(0, 0, 7, 2.0, 1),
    Sentence(0, 8, 10, 1.0, 2),
    Sentence(1, 0, 4, 0.5, 3),
    Sentence(1, 5, 11, 0.0, None),
)


def lay_out(budget, *ranked):
    return "".join(nearest.lay_out(ranked, CONTEXT, budget, list))


def test_the_nearest_are_taken_and_stand_in_the_order_of_the_passages():
    assert lay_out(6, THIRD, SECOND, FIRST, FOURTH) == "c.🎉dd."
    assert lay_out(99, FOURTH, THIRD, SECOND, FIRST) == "aa bbb.c.🎉dd.eeeee."


def test_a_sentence_that_does_not_fit_is_skipped_for_the_next():
    assert lay_out(6, THIRD, FIRST, SECOND, FOURTH) == "c.🎉dd."
    assert lay_out(7, FIRST, SECOND) == "aa bbb."


def test_after_many_that_do_not_fit_no_more_are_tried():
    assert lay_out(6, *[FIRST] * 31, FOURTH) == "eeeee."
    assert lay_out(6, *[FIRST] * 32, FOURTH) == ""


def test_a_context_without_sentences_is_refused():
    with pytest.raises(ValueError, match="context: no ranked sentences"):
        lay_out(6)


def test_samples_without_context_have_no_sentences_and_no_command_is_run(tmp_path):
    assert nearest.rank([{"response": "a"}, {"context": [], "response": "b"}], tmp_path / "none") == [[], []]


def test_the_context_stands_in_its_place_with_its_type():
    reference = Reference(tiny.MANIFEST, tiny.tokenizer(), lambda row: {})
    row = reference.lay_out({"context": ["one two", "kind"], "response": "the"}, "grounds", [Sentence(0, 4, 7, 1.0, 1)])
    tokens = [tiny.tokenizer().id_to_token(index) for index in row.input_ids]
    assert tokens == ["[CLS]", "the", "[SEP]", "two", "[SEP]"]
    assert row.token_type_ids == [0, 1, 1, 0, 0]
    assert row.offsets == [None, (0, 3), None, None, None]
