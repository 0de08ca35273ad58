"""The reference's own derived files for the same records (github.com/EIT-NLP/AccuracyParadox-RLHF)."""

import json
from collections.abc import Sequence
from pathlib import Path

from winnow_models import json_lines
from winnow_models.qa_feedback.labels import Label
from winnow_models.qa_feedback.records import PAIRS, Record

SEPARATOR = "</s>"
TAGS = {"O": False, "NF-ERR": True}


def read_completeness(file: Path, records: Sequence[Record]) -> dict[int, tuple[int, ...]]:
    """Completeness preferences by the index of the record; records without relevant passages have none.

    The reference prefers the prediction that copies more of the passage sentences that the corrected answer needs.
    """
    result = {}
    for number, entry in enumerate(json.loads(file.read_text(encoding="utf-8"))):
        index, preferences = entry["feedback_index"], tuple(entry["preference"])
        where = f"{file}, record {number}"
        if not 0 <= index < len(records) or records[index].question != entry["question"]:
            raise ValueError(f"{where}: question {entry['question']!r} (expected: that of feedback record {index})")
        if len(preferences) != len(PAIRS) or not set(preferences) <= {0, 1, 2}:
            raise ValueError(f"{where}: preferences {list(preferences)} (expected: {len(PAIRS)} numbers in 0..2)")
        result[index] = preferences
    return result


def read_relevance(file: Path, records: Sequence[Record]) -> list[list[tuple[int, bool]]]:
    """For each record the sub-sentences that the reference cut: offset of the start, and whether it is an error.

    The file has words; their place is found by counting characters that are not white space.
    """
    result = []
    for number, row in enumerate(json_lines.read(file)):
        text = records[int(row["id"])].predictions[0]
        places = [place for place, character in enumerate(text) if not character.isspace()]
        answer = row["text"].index("answer:", row["text"].index("question:")) + 1
        seen, starts = 0, []
        for word, tag in zip(row["text"][answer:], row["feedback_tags"][answer:], strict=True):
            if word == SEPARATOR:
                starts.append((places[seen], TAGS[tag]))
            else:
                seen += len(word)
        if seen != len(places):
            raise ValueError(f"{file}, record {number}: {seen} characters (expected: {len(places)}, the prediction's)")
        result.append(starts)
    return result


def agreement(ours: Sequence[Sequence[Label]], theirs: Sequence[Sequence[tuple[int, bool]]]) -> tuple[int, int]:
    """How many segments that begin at the same place have the same label, and how many begin at the same place."""
    common = [
        (label.error, dict(reference)[label.start])
        for labels, reference in zip(ours, theirs, strict=True)
        for label in labels
        if label.start in dict(reference)
    ]
    return sum(left == right for left, right in common), len(common)
