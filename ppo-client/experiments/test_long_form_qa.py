import pytest
from long_form_qa_report import figures, rouge


def test_rouge_finds_common_subsequences_sentence_by_sentence():
    assert rouge("The bridge opened. It is red.", "It is red. The bridge opened.") == pytest.approx(100)
    # Of 4 words each, 2 are common in order.
    assert rouge("one two three four", "one five three six") == pytest.approx(50)


def test_rewards_of_segments_are_averaged():
    values = {"relevance": [0.2, 0.6], "factuality": [0.5], "completeness": [-1.0], "preference": [2.0]}
    found = figures({"answer": "It is red.", "cut": False, "reference": "It is red.", "values": values})
    assert found["relevance"] == pytest.approx(0.4)
    assert found["completeness"] == -1
    assert found["words"] == 3
