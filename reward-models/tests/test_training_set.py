import random

import pytest

from winnow_models import training_set
from winnow_models.training_set import EncodedEdit, TrainingSet

HEADER = "spans,text\n"


@pytest.fixture
def data(tmp_path):
    """Three posts and two edits; the test posts hold one of the posts and one of the edits."""
    spans, edits = tmp_path / "toxic-spans", tmp_path / "paradetox"
    spans.mkdir()
    edits.mkdir()
    (spans / "tsd_train.csv").write_text(HEADER + '"[0, 1, 2, 3]",mean so\n[],ok cafe\n[],cafe so\n')
    (spans / "tsd_trial.csv").write_text(HEADER + "[],unlike\n")
    (spans / "tsd_test_a.csv").write_text(HEADER + '[],"we say OK, cafe; and so so ok"\n')
    (edits / "paradetox.tsv").write_text("toxic\tneutral1\tneutral2\tneutral3\nso so\tok\t\t\nmean\tso\tok\t\n")
    return tmp_path


def test_rows_that_occur_in_judged_texts_are_left_out(data, tokenizer, launcher):
    found = training_set.read(data, ("spans", "edits"), tokenizer, launcher)
    assert [example.sequence_target for example in found.posts] == [1, 0]
    assert [(edit.toxic.sequence_target, len(edit.rewrites)) for edit in found.edits] == [(1, 2)]
    assert found.edits[0].toxic.piece_targets == [0, 1, 0]
    assert found.edits[0].rewrites[0].piece_targets == [0, 0, 0]


def test_a_source_that_is_not_asked_for_is_empty(data, tokenizer, launcher):
    assert not training_set.read(data, ["spans"], tokenizer, launcher).edits
    assert not training_set.read(data, ["edits"], tokenizer, launcher).posts


def test_an_epoch_of_edits_has_every_toxic_side_and_one_rewrite_of_each():
    examples = TrainingSet([], [EncodedEdit("t1", ["a", "b"]), EncodedEdit("t2", ["c"])])
    epochs = [examples.epoch(random.Random(seed)) for seed in range(20)]
    assert all(sorted(set(epoch) - {"a", "b"}) == ["c", "t1", "t2"] for epoch in epochs)
    assert {tuple(set(epoch) & {"a", "b"}) for epoch in epochs} == {("a",), ("b",)}


def test_an_epoch_of_both_has_every_post_and_a_third_as_many_edits_drawn_anew():
    examples = TrainingSet(["p1", "p2", "p3"], [EncodedEdit("t1", ["a"]), EncodedEdit("t2", ["b"])])
    source = random.Random(1)
    epochs = [examples.epoch(source) for _ in range(20)]
    assert {tuple(epoch) for epoch in epochs} == {("p1", "p2", "p3", "t1", "a"), ("p1", "p2", "p3", "t2", "b")}
