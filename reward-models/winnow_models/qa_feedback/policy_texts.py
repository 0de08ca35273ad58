"""What a policy learns to answer questions from: people's answers for `winnow sft`, questions for `winnow train`, and
questions that neither these nor the rewards of one fold have seen."""

from collections.abc import Callable, Sequence
from pathlib import Path

from winnow_models import json_lines, nearest
from winnow_models.nearest import Sentence
from winnow_models.qa_feedback import cross_validation
from winnow_models.qa_feedback.corpus import Corpus
from winnow_models.qa_feedback.records import Prompt

Rank = Callable[[Sequence[dict]], list[list[Sentence]]]

HELD_OUT_ANSWERS = 50
"""So many of people's answers are not learnt."""


def write(folder: Path, data: Corpus, folds: int, fold: int, words: int, rank: Rank = nearest.rank) -> None:
    """Writes `answers.jsonl`, `held-out-answers.jsonl`, `prompts.jsonl` and `held-out-prompts.jsonl`.

    `prompts` are questions that the rewards of `fold` (from 0) have learnt from, the held-out ones are the fold's own;
    these have people's answers in `held-out-references.jsonl`. A context has at most so many words of the passages.
    """
    fold_of = cross_validation.folds(data.records, folds)
    learnt = [record for record, other in zip(data.records, fold_of, strict=True) if other != fold]
    held_out = [record for record, other in zip(data.records, fold_of, strict=True) if other == fold]
    folder.mkdir(parents=True, exist_ok=True)

    def asked(prompts: Sequence[Prompt]) -> list[dict]:
        """Each question as both policy and reward models read it."""
        ranked = rank([{"context": list(prompt.passages), "response": prompt.question} for prompt in prompts])
        return [
            {"prompt": prompt.question, "context": excerpt(prompt.passages, sentences, words)}
            for prompt, sentences in zip(prompts, ranked, strict=True)
        ]

    pairs = zip(asked(data.prompts), data.prompts, strict=True)
    answers = [{**question, "response": prompt.gold} for question, prompt in pairs]
    json_lines.write(folder / "answers.jsonl", answers[HELD_OUT_ANSWERS:])
    json_lines.write(folder / "held-out-answers.jsonl", answers[:HELD_OUT_ANSWERS])
    json_lines.write(folder / "prompts.jsonl", asked(learnt))
    json_lines.write(folder / "held-out-prompts.jsonl", asked(held_out))
    json_lines.write(folder / "held-out-references.jsonl", ({"response": record.gold} for record in held_out))
    print(f"wrote {folder}: {len(answers)} answers, {len(learnt)} prompts, {len(held_out)} held out")


def excerpt(passages: Sequence[str], ranked: Sequence[Sentence], words: int) -> list[str]:
    """For each passage that has any, those sentences nearest to the question that fit into so many words together."""
    taken, left = set(), words
    for sentence in ranked:
        length = len(passages[sentence.passage][sentence.start : sentence.end].split())
        if length <= left:
            taken.add((sentence.passage, sentence.start, sentence.end))
            left -= length
    result = []
    for passage, text in enumerate(passages):
        parts = [" ".join(text[start:end].split()) for number, start, end in sorted(taken) if number == passage]
        if parts:
            result.append(" ".join(parts))
    return result
