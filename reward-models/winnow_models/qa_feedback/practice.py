"""Practice for relevance on questions that nobody gave feedback on, from what people said when they answered them.

An answer to practise on is made of sentences of the question's passages. Those that the person's answer has the words
of are relevant; others are not, though they share words with the question; nor is a sentence said twice.
"""

import random
from collections.abc import Sequence

from winnow_models.qa_feedback.cuts import Cuts
from winnow_models.qa_feedback.labels import Label
from winnow_models.qa_feedback.overlap import best_share_found, words
from winnow_models.qa_feedback.questions import Answer, Question
from winnow_models.qa_feedback.records import Prompt

ANSWERS = 2
"""Answers a question."""
SHORTEST_SENTENCE, LONGEST_SENTENCE = 5, 40
"""Words of a sentence that is used: titles are shorter, and six longer ones would not fit the encoder."""
SAID, UNSAID = 0.5, 0.35
"""A sentence is relevant with at least this share of its words in the person's answer, irrelevant with at most that."""
MOST_SAID, MOST_UNSAID = 4, 10
"""Sentences of a question that answers are drawn from: those with the greatest share, and those nearest to it."""
SHUFFLED = 0.6
"""Share of answers in which irrelevant sentences stand anywhere; in the others they stand last."""
REPEATED = 0.3
"""Share of answers that end with a relevant sentence once more."""


def from_prompts(prompts: Sequence[Prompt], cuts: Cuts, seed: int) -> list[Question]:
    """A question for each prompt whose passages have sentences of both kinds; the same for the same seed."""
    source = random.Random(seed)
    result = []
    for prompt in prompts:
        said, unsaid = sentences(prompt, cuts)
        if said and len(unsaid) > 1:
            result.append(Question([_answer(prompt, said, unsaid, source) for _ in range(ANSWERS)], [], []))
    return result


def sentences(prompt: Prompt, cuts: Cuts) -> tuple[list[str], list[str]]:
    """Sentences of the passages that the person's answer says, and some that it does not."""
    found = dict.fromkeys(sentence for passage in prompt.passages for sentence in cuts.sentence_texts(passage))
    usable = [text for text in found if SHORTEST_SENTENCE <= len(words(text)) <= LONGEST_SENTENCE]
    share = {text: best_share_found(text, [prompt.gold]) for text in usable}
    asked = set(words(prompt.question))

    def nearness(text: str) -> float:
        return len(asked & set(words(text))) / len(words(text)) ** 0.5

    said = sorted((text for text in share if share[text] >= SAID), key=share.__getitem__, reverse=True)
    unsaid = sorted((text for text in share if share[text] <= UNSAID), key=nearness, reverse=True)
    return said[:MOST_SAID], unsaid[:MOST_UNSAID]


def _answer(prompt: Prompt, said: Sequence[str], unsaid: Sequence[str], source: random.Random) -> Answer:
    good = source.sample(said, min(len(said), source.randint(1, 2)))
    bad = source.sample(unsaid, min(len(unsaid), source.randint(1, 3)))
    parts = [*((text, False) for text in good), *((text, True) for text in bad)]
    if source.random() < SHUFFLED:
        source.shuffle(parts)
    if source.random() < REPEATED:
        parts.append((source.choice(good), True))
    labels, end = [], -1
    for text, error in parts:
        labels.append(Label(end + 1, end + 1 + len(text), error))
        end = labels[-1].end
    return Answer(prompt.sample(" ".join(text for text, _ in parts)), labels, [])
