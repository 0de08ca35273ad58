import json

import pytest
from qa_examples import FIRST, cuts, entry, write

from winnow_models.qa_feedback import labels, reference_files, silver
from winnow_models.qa_feedback.labels import Label
from winnow_models.qa_feedback.overlap import share_found
from winnow_models.qa_feedback.records import read_feedback

SUB_SENTENCES = [(0, 26), (27, 52), (53, 87), (88, 98)]
SENTENCES = [(0, 52), (53, 87), (88, 98)]


@pytest.fixture
def record(tmp_path):
    return read_feedback(write(tmp_path, entry()))[0]


def with_errors(tmp_path, *spans):
    errors = [{"error type": kind, "start": start, "end": end} for kind, start, end in spans]
    return read_feedback(write(tmp_path, entry(errors=errors)))[0]


def errors(found):
    return [label.error for label in found]


def test_the_segments_of_these_tests():
    assert list(cuts(FIRST).sub_sentences(FIRST)) == SUB_SENTENCES
    assert list(cuts(FIRST).sentences(FIRST)) == SENTENCES


def test_relevance_is_an_error_where_a_relevance_span_touches(record):
    assert errors(labels.relevance(record, SUB_SENTENCES)) == [False, False, True, False]


def test_a_relevance_span_touches_each_sub_sentence_that_it_overlaps(tmp_path):
    # "1932, after many years of": the span's first word is in the first sub-sentence.
    record = with_errors(tmp_path, ("Redundant", 21, 46))
    assert errors(labels.relevance(record, SUB_SENTENCES)) == [True, True, False, False]


def test_a_relevance_span_of_fewer_than_five_words_does_not_count(tmp_path):
    four, five = (with_errors(tmp_path, ("Incoherent", 53, end)) for end in (70, 74))
    assert [len(FIRST[53:end].split()) for end in (70, 74)] == [4, 5]
    assert errors(labels.relevance(four, SUB_SENTENCES)) == [False] * 4
    assert errors(labels.relevance(five, SUB_SENTENCES)) == [False, False, True, False]


def test_factuality_has_no_label_where_there_is_a_relevance_error_alone(record):
    assert labels.factuality(record, SENTENCES) == [Label(0, 52, False), Label(88, 98, True)]


def test_a_sentence_with_both_kinds_of_error_is_a_factual_error(tmp_path):
    record = with_errors(tmp_path, ("Irrelevant", 53, 87), ("Unverifiable", 56, 61))
    assert labels.factuality(record, SENTENCES)[1] == Label(53, 87, True)


def test_pairs_put_the_better_first_and_skip_ties():
    # Pairs in order: 12, 13, 14, 23, 24, 34.
    assert labels.pairs([1, 0, 2, 2, 0, 1]) == [(0, 1), (3, 0), (2, 1), (2, 3)]


def test_share_found_counts_each_word_as_often_as_it_stands_there():
    assert share_found("The bridge, the bridge", "The bridge is red") == 0.5
    assert share_found("...", "anything") == 1.0


def test_silver_relevance_by_hand():
    response = "The bridge opened in 1932. The red bridge is it now. Boats pass. The bridge opened in 1932."
    found = silver.relevance(response, cuts(response).sentences(response), ["It opened in 1932, the red bridge."])
    # 5 of 5 words found; 4 of 6, between the bounds; 0 of 2; all found, but said before.
    assert found == [Label(0, 26, False, 0.5), Label(53, 64, True, 0.5), Label(65, 91, True, 0.5)]


def test_silver_factuality_takes_the_best_passage_sentence():
    response = "The bridge opened in 1932. The bridge opened today. Boats sink."
    sources = ["The bridge opened in 1932.", "Boats pass."]
    found = silver.factuality(response, cuts(response).sentences(response), sources)
    # 5 of 5 words found; 3 of 4, between the bounds; 1 of 2.
    assert found == [Label(0, 26, False, 0.5), Label(52, 63, True, 0.5)]


def relevance_file(folder, *tags):
    answer = ["</s>", *FIRST[:52].split(), "</s>", *FIRST[53:].split()]
    row = {"id": "0", "text": ["question:", "When?", "answer:", *answer]}
    marks = iter(tags)
    row["feedback_tags"] = ["Ignore"] * 3 + [next(marks) if word == "</s>" else "Ignore" for word in answer]
    file = folder / "r1.jsonl"
    file.write_text(json.dumps(row) + "\n")
    return file


def test_the_references_sub_sentences_are_found_in_the_text(tmp_path, record):
    theirs = reference_files.read_relevance(relevance_file(tmp_path, "O", "NF-ERR"), [record])
    assert theirs == [[(0, False), (53, True)]]
    ours = [labels.relevance(record, SUB_SENTENCES)]
    assert reference_files.agreement(ours, theirs) == (2, 2)
    assert reference_files.agreement(ours, [[(0, True), (5, True), (53, True)]]) == (1, 2)


def test_a_reference_file_of_another_text_is_refused(tmp_path, record):
    other = read_feedback(write(tmp_path, entry(prediction_1=FIRST + " More.")))
    with pytest.raises(ValueError, match=r"r1\.jsonl, record 0: 79 characters \(expected: 84, the prediction's\)"):
        reference_files.read_relevance(relevance_file(tmp_path, "O", "O"), other)


def completeness_file(folder, **changes):
    row = {"feedback_index": 0, "question": "When did the bridge open?", "preference": [1, 0, 0, 2, 2, 0]} | changes
    file = folder / "r3.json"
    file.write_text(json.dumps([row]))
    return file


def test_completeness_preferences_are_read_by_index(tmp_path, record):
    assert reference_files.read_completeness(completeness_file(tmp_path), [record]) == {0: (1, 0, 0, 2, 2, 0)}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"question": "Who?"}, r"question 'Who\?' \(expected: that of feedback record 0\)"),
        ({"feedback_index": 1}, "that of feedback record 1"),
        ({"preference": [1]}, r"preferences \[1\] \(expected: 6 numbers in 0\.\.2\)"),
    ],
)
def test_a_bad_completeness_row_is_named(tmp_path, record, changes, message):
    with pytest.raises(ValueError, match=rf"r3\.json, record 0: .*{message}"):
        reference_files.read_completeness(completeness_file(tmp_path, **changes), [record])
