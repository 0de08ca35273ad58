import random

import pytest
import torch
from qa_examples import cuts, entry, write
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from winnow_models.nearest import Sentence
from winnow_models.qa_feedback import questions
from winnow_models.qa_feedback.examples import Target, batches, collate, encode
from winnow_models.qa_feedback.labels import Label
from winnow_models.qa_feedback.layout import Layout
from winnow_models.qa_feedback.questions import Answer, Question
from winnow_models.qa_feedback.records import read_feedback

PASSAGES = ["The bridge is red. Boats pass under it.", "The tower is old. A red boat sank."]
WORDS = "the bridge is red boats pass under it tower old a boat sank why .".split()


@pytest.fixture
def tokenizer():
    vocabulary = {word: number for number, word in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *WORDS])}
    result = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    result.normalizer = normalizers.BertNormalizer(lowercase=True)
    result.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return result


def sample(response):
    return {"prompt": "Why?", "context": PASSAGES, "response": response}


def as_given(samples):
    """Ranks the last sentence of each passage first."""
    result = []
    for given in samples:
        cut = cuts(*given["context"])
        spans = [(number, *span) for number, text in enumerate(given["context"]) for span in cut.sentences(text)]
        result.append([Sentence(*span, 0.0, None) for span in reversed(spans)])
    return result


def tokens(tokenizer, row):
    return [tokenizer.id_to_token(piece) for piece in row.input_ids]


@pytest.fixture
def layout(tokenizer):
    return Layout(tokenizer, as_given)


def test_the_row_is_question_evidence_response(tokenizer, layout):
    (row,) = layout.rows([sample("It is old.")])
    evidence = "the bridge is red . boats pass under it . the tower is old . a red boat sank ."
    assert tokens(tokenizer, row) == f"[CLS] why [UNK] [SEP] {evidence} [SEP] it is old . [SEP]".split()
    assert row.token_type_ids == [0] * 25 + [1] * 5
    assert row.offsets[24:] == [None, (0, 2), (3, 5), (6, 9), (9, 10), None]


def question(*pairs):
    labelled = Answer(sample("It is old. Why."), [Label(0, 10, True, 0.5), Label(11, 15, False)], [Label(0, 15, True)])
    return Question([labelled, Answer(sample("Boats."), [], [])], list(pairs), [])


def test_labels_become_positions(layout):
    (encoded,) = encode([question((0, 1))], layout)
    # [CLS] why ? [SEP] + 20 pieces of evidence + [SEP]: the response begins at 25.
    assert encoded.answers[0].targets["relevance"] == [Target(25, 29, True, 0.5), Target(29, 31, False, 1.0)]
    assert encoded.answers[0].targets["factuality"] == [Target(25, 31, True, 1.0)]
    assert encoded.pairs == {"completeness": [(0, 1)], "preference": []}


def test_a_batch_counts_rows_over_questions(layout):
    batch = collate(encode([question((0, 1)), question((1, 0))], layout))
    assert batch.input_ids.shape == (4, 32)
    assert batch.attention_mask.sum(dim=1).tolist() == [32, 28, 32, 28]
    assert batch.pairs["completeness"].tolist() == [[0, 1], [3, 2]]
    assert batch.pairs["preference"].shape == (0, 2)
    targets = batch.targets["relevance"]
    assert targets.rows.tolist() == [0, 0, 2, 2]
    assert targets.errors.tolist() == [1, 0, 1, 0]
    assert targets.weights.tolist() == [0.5, 1, 0.5, 1]
    assert targets.starts.dtype == torch.long


def test_batches_hold_every_question_once(layout):
    encoded = encode([question() for _ in range(7)], layout)
    assert sorted(len(batch) for batch in batches(encoded, 3, random.Random(1))) == [1, 3, 3]


def record_and_cuts(folder, **changes):
    record = read_feedback(write(folder, entry(**changes)))[0]
    return record, cuts(*questions.texts([record]))


def errors(labels):
    return [label.error for label in labels]


def test_a_record_teaches_by_people_by_rule_and_by_its_correction(tmp_path):
    record, cut = record_and_cuts(tmp_path)
    learned = questions.from_record(record, (1, 0, 0, 0, 0, 0), cut)
    marked, copied, boats, mixed, corrected = learned.answers
    assert [answer.sample["response"] for answer in learned.answers] == [*record.predictions, record.corrected]
    assert errors(marked.relevance) == [False, False, True, False]
    assert errors(marked.factuality) == [False, True]
    assert (errors(copied.relevance), errors(copied.factuality)) == ([False], [False])
    assert (errors(boats.relevance), errors(boats.factuality)) == ([True], [False])
    assert (errors(mixed.relevance), errors(mixed.factuality)) == ([False, True], [False])
    assert errors(corrected.relevance) == [False, False]
    assert {label.weight for label in mixed.relevance + corrected.factuality} == {0.5}
    assert learned.completeness == [(0, 1), (4, 0)]
    assert learned.preference == [(0, 1), (0, 3), (2, 1), (3, 2)]


def test_a_corrected_answer_is_more_complete_only_where_something_needed_was_missing(tmp_path):
    minor = [{"error type": "Missing-Minor-Auxiliary"}]
    record, cut = record_and_cuts(tmp_path, missing_info=minor)
    assert questions.from_record(record, None, cut).completeness == []


def test_an_empty_correction_is_no_answer(tmp_path):
    record, cut = record_and_cuts(tmp_path, corrected_prediction="")
    learned = questions.from_record(record, None, cut)
    assert (len(learned.answers), learned.completeness) == (4, [])
