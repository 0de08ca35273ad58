"""The QA feedback of arXiv 2306.01693 (github.com/allenai/FineGrainedRLHF): what people said of model answers."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

PAIRS = ((0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3))
"""Which two of the four predictions each preference compares."""
RELEVANCE_ERRORS = frozenset({"Irrelevant", "Redundant", "Incoherent"})
FACTUALITY_ERRORS = frozenset({"Wrong-Grounding", "Unverifiable"})
MISSING = frozenset({"Missing-Answer", "Missing-Major-Auxiliary", "Missing-Minor-Auxiliary"})

Entry = TypeVar("Entry")


@dataclass(frozen=True)
class Error:
    """A span `[start, end)` of the first prediction, in code points, that a person marked."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Prompt:
    """A question with its passages and the answer that a person wrote."""

    question: str
    passages: tuple[str, ...]
    gold: str

    def __post_init__(self):
        _require(self.question.strip() != "", "question", self.question, "not blank")
        _require(self.gold.strip() != "", "gold answer", self.gold, "not blank")

    @property
    def key(self) -> str:
        """Equal for questions that differ in case, punctuation or white space alone."""
        return " ".join("".join(c if c.isalnum() else " " for c in self.question.casefold()).split())

    def sample(self, response: str) -> dict:
        """The response as the service is given it."""
        return {"prompt": self.question, "context": list(self.passages), "response": response}


@dataclass(frozen=True)
class Record(Prompt):
    """Feedback on four predictions: errors and omissions of the first, and a preference for each of `PAIRS`.

    A preference is 1 where the first of the pair is better, 2 where the second is, 0 for a tie. `corrected` is the
    first prediction without its errors and omissions; empty where nothing of it could stand.
    """

    predictions: tuple[str, str, str, str]
    errors: tuple[Error, ...]
    missing: tuple[str, ...]
    corrected: str
    preferences: tuple[int, ...]

    def __post_init__(self):
        super().__post_init__()
        for number, prediction in enumerate(self.predictions, start=1):
            _require(prediction.strip() != "", f"prediction {number}", prediction, "not blank")
        _require(self.corrected == "" or self.corrected.strip() != "", "corrected answer", self.corrected, "not blank")
        length = len(self.predictions[0])
        for error in self.errors:
            kinds = RELEVANCE_ERRORS | FACTUALITY_ERRORS
            _require(error.kind in kinds, "error type", error.kind, f"one of {sorted(kinds)}")
            span = (error.start, error.end)
            _require(all(isinstance(offset, int) for offset in span), "error span", span, "integers")
            _require(0 <= error.start < error.end <= length, "error span", span, f"within 0..{length}, not empty")
        for kind in self.missing:
            _require(kind in MISSING, "missing information", kind, f"one of {sorted(MISSING)}")
        valid = len(self.preferences) == len(PAIRS) and set(self.preferences) <= {0, 1, 2}
        _require(valid, "preferences", list(self.preferences), f"{len(PAIRS)} numbers in 0..2")


def read_feedback(file: Path) -> list[Record]:
    """The records of `feedback_450.json` or `train_feedback_24.json`, in the order of the file."""
    return _read(file, _record)


def read_prompts(file: Path) -> list[Prompt]:
    """The prompts of `train_1k.json` or `dev_450.json`, in the order of the file."""
    return _read(file, _prompt)


def without_questions(prompts: Iterable[Entry], *others: Iterable[Prompt]) -> list[Entry]:
    """The prompts whose question none of the others has."""
    taken = {other.key for group in others for other in group}
    return [prompt for prompt in prompts if prompt.key not in taken]


def _read(file: Path, parse: Callable[[dict], Entry]) -> list[Entry]:
    entries = json.loads(file.read_text(encoding="utf-8"))
    result = []
    for number, entry in enumerate(entries):
        try:
            result.append(parse(entry))
        except KeyError as missing:
            raise ValueError(f"{file}, record {number}: no key {missing} (expected: one)") from missing
        except (ValueError, TypeError) as fault:
            raise ValueError(f"{file}, record {number}: {fault}") from fault
    return result


def _record(entry: dict) -> Record:
    feedback = entry["feedback"]
    return Record(
        question=entry["question"],
        passages=tuple(_passage(title, " ".join(sentences)) for title, *sentences in entry["passages"]),
        gold=entry["gold"],
        predictions=tuple(entry[f"prediction {number}"] for number in range(1, 5)),
        errors=tuple(Error(error["error type"], error["start"], error["end"]) for error in feedback["errors"]),
        missing=tuple(missing["error type"] for missing in feedback["missing-info"]),
        corrected=feedback["corrected-prediction"],
        preferences=tuple(entry["preference"]),
    )


def _prompt(entry: dict) -> Prompt:
    passages = tuple(_passage(passage["wikipage"], passage["content"]) for passage in entry["passages"])
    return Prompt(entry["question"], passages, " ".join(entry["answer"]))


def _passage(title: str, text: str) -> str:
    """A passage from the beginning of its page has the title already, on a line of its own; the others get it."""
    return text if text.startswith(title) else f"{title}\n\n{text}"


def _require(holds: bool, name: str, found: object, expected: str) -> None:
    if not holds:
        raise ValueError(f"{name} {found!r} (expected: {expected})")
