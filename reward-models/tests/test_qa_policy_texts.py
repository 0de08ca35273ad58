from qa_examples import cuts, entry, write

from winnow_models import json_lines
from winnow_models.nearest import Sentence
from winnow_models.qa_feedback import policy_texts
from winnow_models.qa_feedback.corpus import Corpus
from winnow_models.qa_feedback.records import Prompt, read_feedback

PASSAGES = ("One two. Three four five.", "Six\nseven.", "Eight.")


def ranked(*places):
    return [Sentence(*place, score=1.0, rank=rank) for rank, place in enumerate(places)]


def test_an_excerpt_has_what_fits_in_the_order_of_the_passages():
    nearest = ranked((1, 0, 10), (0, 9, 25), (0, 0, 8), (2, 0, 6))
    assert policy_texts.excerpt(PASSAGES, nearest, 8) == ["One two. Three four five.", "Six seven.", "Eight."]
    assert policy_texts.excerpt(PASSAGES, nearest, 4) == ["One two.", "Six seven."]
    assert policy_texts.excerpt(PASSAGES, nearest, 3) == ["Six seven.", "Eight."]
    assert policy_texts.excerpt(PASSAGES, nearest, 0) == []


def test_held_out_questions_are_those_of_the_fold(tmp_path):
    names = [f"Who came on day {day}?" for day in range(9)]
    records = read_feedback(write(tmp_path, *(entry(question=name) for name in names)))
    prompts = [Prompt(f"What is {number}?", PASSAGES, f"It is {number}.") for number in range(60)]
    corpus = Corpus(records, [None] * len(records), prompts, cuts(""))
    asked = []

    def rank(samples):
        asked.extend(samples)
        return [ranked((0, 0, 8)) for _ in samples]

    policy_texts.write(tmp_path / "out", corpus, 3, 0, 10, rank)
    rows = {file.stem: json_lines.read(file) for file in (tmp_path / "out").glob("*.jsonl")}
    learnt, held_out = ([row["prompt"] for row in rows[name]] for name in ("prompts", "held-out-prompts"))
    assert sorted(learnt + held_out) == names
    assert len(held_out) == 3
    assert len(rows["held-out-references"]) == 3
    assert len(rows["held-out-answers"]) == 50
    assert rows["answers"][0] == {"prompt": "What is 50?", "context": ["One two."], "response": "It is 50."}
    assert asked[0] == {"context": list(PASSAGES), "response": "What is 0?"}, "sentences are near to the question"
