import pytest
from qa_examples import cuts, entry, write
from sklearn.metrics import accuracy_score

from winnow_models.qa_feedback import cross_validation, questions, report
from winnow_models.qa_feedback.cross_validation import Comparison, Decision, Judged
from winnow_models.qa_feedback.records import read_feedback


def records(folder, *names):
    return read_feedback(write(folder, *(entry(question=name) for name in names)))


def test_folds_share_no_question_and_are_of_near_equal_size(tmp_path):
    read = records(tmp_path, *(f"Who came on day {day}{mark}" for day in range(11) for mark in ("?", " ")))
    found = cross_validation.folds(read, 4)
    by_question = {}
    for record, fold in zip(read, found, strict=True):
        by_question.setdefault(record.key, set()).add(fold)
    assert len(by_question) == 11
    assert all(len(places) == 1 for places in by_question.values())
    assert sorted(found.count(fold) for fold in range(4)) == [4, 6, 6, 6]
    assert found == cross_validation.folds(read, 4)


@pytest.mark.parametrize("count", [1, 3])
def test_a_number_of_folds_that_cannot_be_is_refused(tmp_path, count):
    with pytest.raises(ValueError, match=rf"{count} folds \(expected: 2 to 2, the number of questions\)"):
        cross_validation.folds(records(tmp_path, "Who?", "Why?"), count)


def fake_score(samples):
    """Values that tell the segment's place and the response's length."""

    def score(response):
        cut = cuts(response)
        fine = {"relevance": cut.sub_sentences(response), "factuality": cut.sentences(response)}
        vectors = {
            name: {"starts": spans.starts, "ends": spans.ends, "values": [start / 100 for start in spans.starts]}
            for name, spans in fine.items()
        }
        whole = {"starts": [0], "ends": [len(response)]}
        lengths = {"completeness": len(response), "preference": -len(response)}
        return vectors | {name: whole | {"values": [float(length)]} for name, length in lengths.items()}

    return [score(sample["response"]) for sample in samples]


def test_values_are_laid_beside_labels(tmp_path):
    read = records(tmp_path, "Who?", "Why?")
    cut = cuts(*questions.texts(read))
    first, second = cross_validation.judge(read, [(1, 0, 0, 0, 2, 0), None], cut, fake_score)
    relevance = [Decision(0.0, False), Decision(0.27, False), Decision(0.53, True), Decision(0.88, False)]
    assert first.relevance == relevance
    assert first.factuality == [Decision(0.0, False), Decision(0.88, True)]
    # The predictions have 98, 26, 20 and 47 characters.
    # Words in the best passage sentence: 5 of the 10 of the first sentence, "It is" of "It is red.".
    assert [decision.value for decision in first.copied] == [5 / 10, 2 / 3]
    assert first.completeness == [Comparison(98 - 26, 72, False), Comparison(47 - 26, 21, False)]
    assert [c.margin for c in first.preference] == [26 - 98, 47 - 98, 26 - 20, 20 - 47]
    assert second.completeness == []


def test_a_threshold_is_the_best_of_the_grid():
    decisions = [Decision(0.1, True), Decision(0.395, True), Decision(0.6, False), Decision(0.9, False)]
    assert cross_validation.choose_threshold(decisions, accuracy_score) == 0.4


def judged(low, high, margin):
    fine = [Decision(low, True), Decision(high, False)]
    return Judged(
        fine, fine, fine, [Comparison(margin, -5, True), Comparison(0.0, 5, False)], [Comparison(margin, 5, True)]
    )


def test_a_folds_threshold_comes_from_the_others():
    first, second = report.with_thresholds([[judged(0.3, 0.5, 1.0)], [judged(0.6, 0.8, 1.0)]])
    assert first.thresholds == {"relevance": 0.61, "factuality": 0.61, "copied": 0.61}
    assert second.thresholds == {"relevance": 0.31, "factuality": 0.31, "copied": 0.31}


def test_the_table_by_hand():
    lines = report.table(report.with_thresholds([[judged(0.3, 0.7, 1.0)], [judged(0.6, 0.4, -1.0)]])).splitlines()
    rows = {line.split(" | ")[0].strip("| "): line.split(" | ")[1:] for line in lines if line.startswith("|")}
    # Thresholds: of the second fold, 0.05 (nothing is an error); of the first, 0.31. The first fold thus misses its
    # error (accuracy 1/2), and the second, at 0.31, misses its error too.
    assert rows["relevance accuracy, chosen threshold"] == ["0.500", "0.000", "all errors", "0.500 |"]
    assert rows["relevance macro-F1, chosen threshold"][0] == "0.333"
    # At 0.50 the first fold decides both right; the second, whose correct segment has 0.4, both wrong.
    assert rows["relevance accuracy, below 0.50"] == ["0.500", "0.707", "all errors", "0.500 |"]
    assert rows["relevance ROC AUC"] == ["0.500", "0.707", "any order", "0.500 |"]
    # First fold: one right and one tie of two pairs; second: one wrong and one tie. The longer is right once in two.
    assert rows["completeness pair accuracy"] == ["0.500", "0.354", "the longer", "0.500 |"]
    assert rows["completeness pair accuracy, near lengths"] == ["0.500", "0.707", "the longer", "0.000 |"]
    assert rows["preference pair accuracy"] == ["0.500", "0.707", "the longer", "1.000 |"]
    assert "preference pair accuracy over 'the longer wins': -0.500 (95% interval -1.000 to +0.000, 2 pairs)  " in lines
    assert lines[-1] == "thresholds, by the other folds: relevance 0.05, 0.31; factuality 0.05, 0.31"
