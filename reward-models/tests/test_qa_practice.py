from qa_examples import cuts

from winnow_models.qa_feedback import practice
from winnow_models.qa_feedback.records import Prompt

SAID = "The red bridge opened in May 1932."
UNSAID = [
    "A red bridge carries its two railway lines daily.",
    "Boats of all kinds pass under it.",
    "Rain falls on the city.",
]
PROMPT = Prompt(
    "When did the red bridge open?",
    ("Bridge\n\n" + " ".join([SAID, *UNSAID]), SAID + " A half said thing: the red bridge opened with guests."),
    "The red bridge opened in May 1932, they say.",
)


def test_sentences_are_told_apart_by_the_persons_answer():
    """The half said sentence has 4 of its 10 words in the answer: neither much nor little."""
    said, unsaid = practice.sentences(PROMPT, cuts(*PROMPT.passages))
    assert said == [SAID]
    assert unsaid[0] == UNSAID[0]
    assert set(unsaid) == {*UNSAID}


def test_labels_are_those_of_the_sentences():
    (question,) = practice.from_prompts([PROMPT], cuts(*PROMPT.passages), seed=1)
    assert len(question.answers) == practice.ANSWERS
    for answer in question.answers:
        response, seen = answer.sample["response"], set()
        for label in answer.relevance:
            sentence = response[label.start : label.end]
            assert sentence in {SAID, *UNSAID}
            assert label.error == (sentence != SAID or sentence in seen)
            seen.add(sentence)
        assert SAID in seen
        assert (answer.factuality, question.completeness, question.preference) == ([], [], [])


def test_the_same_seed_gives_the_same_answers():
    many = [PROMPT] * 20
    first, second = (practice.from_prompts(many, cuts(*PROMPT.passages), seed=2) for _ in range(2))
    responses = [
        [answer.sample["response"] for question in each for answer in question.answers] for each in (first, second)
    ]
    assert responses[0] == responses[1]
    assert len(set(responses[0])) > 5


def test_a_prompt_whose_answer_says_no_sentence_is_left_out():
    other = Prompt(PROMPT.question, PROMPT.passages, "Nobody knows.")
    assert practice.from_prompts([other], cuts(*PROMPT.passages), seed=1) == []
