import pytest
from qa_examples import FIRST, entry, write

from winnow_models.qa_feedback.records import Error, read_feedback, read_prompts, without_questions


def test_reads_a_record(tmp_path):
    (record,) = read_feedback(write(tmp_path, entry()))
    assert record.passages == ("Bridge\n\nThe bridge opened in 1932. Boats pass under it.", "Tower\n\nIt is old.")
    assert record.predictions[0] == FIRST
    assert record.errors == (Error("Irrelevant", 53, 87), Error("Wrong-Grounding", 88, 98))
    assert record.missing == ("Missing-Answer",)
    assert record.preferences == (1, 0, 1, 2, 0, 2)
    sample = record.sample("Yes.")
    assert sample == {"prompt": record.question, "context": list(record.passages), "response": "Yes."}


def span(start, end, kind="Irrelevant"):
    return [{"error type": kind, "start": start, "end": end}]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"errors": span(90, 99)}, r"error span \(90, 99\) \(expected: within 0\.\.98, not empty\)"),
        ({"errors": span(5, 5)}, r"error span \(5, 5\)"),
        ({"errors": span(-1, 5)}, r"error span \(-1, 5\)"),
        ({"errors": span(0, 5, "Rude")}, r"error type 'Rude' \(expected: one of \['Incoherent', 'Irrelevant'"),
        ({"errors": span("0", 5)}, r"error span \('0', 5\) \(expected: integers\)"),
        ({"corrected_prediction": " \n"}, r"corrected answer ' \\n' \(expected: not blank\)"),
        ({"prediction_3": ""}, r"prediction 3 '' \(expected: not blank\)"),
        ({"question": " "}, r"question ' ' \(expected: not blank\)"),
        ({"gold": ""}, "gold answer ''"),
        ({"preference": [1, 0, 1]}, r"preferences \[1, 0, 1\] \(expected: 6 numbers in 0\.\.2\)"),
        ({"preference": [1, 0, 1, 2, 0, 3]}, r"preferences \[1, 0, 1, 2, 0, 3\]"),
        ({"missing_info": [{"error type": "Lost"}]}, "missing information 'Lost'"),
        ({"missing_info": [{}]}, "no key 'error type'"),
    ],
)
def test_a_bad_record_is_named_with_its_file(tmp_path, changes, message):
    with pytest.raises(ValueError, match=rf"feedback\.json, record 1: {message}"):
        read_feedback(write(tmp_path, entry(), entry(**changes)))


def test_a_corrected_answer_of_nothing_is_allowed(tmp_path):
    assert read_feedback(write(tmp_path, entry(corrected_prediction="")))[0].corrected == ""


def test_reads_a_prompt_and_gives_a_passage_its_title_once(tmp_path):
    passages = [
        {"wikipage": "Bridge", "content": "Bridge\n\nIt is red."},
        {"wikipage": "Tower", "content": "It is old."},
    ]
    prompt = {"question": "Which?", "answer": ["The red one."], "passages": passages}
    (read,) = read_prompts(write(tmp_path, prompt))
    assert read.passages == ("Bridge\n\nIt is red.", "Tower\n\nIt is old.")
    assert read.gold == "The red one."


def test_questions_are_told_apart_by_their_words(tmp_path):
    questions = ("Who came?", "who  came", "Who left?")
    came, again, left = read_feedback(write(tmp_path, *(entry(question=question) for question in questions)))
    assert without_questions([came, again, left], [again], []) == [left]
