"""A record of one's own making, and a segmentation that the tests can follow by eye."""

import json
import re

from winnow_models.qa_feedback.cuts import Cuts
from winnow_models.segments import Segments

FIRST = "The bridge opened in 1932, after many years of work. It rains often in that city today. It is red."
ENTRY = {
    "question": "When did the bridge open?",
    "passages": [["Bridge", "Bridge\n\nThe bridge opened in 1932.", "Boats pass under it."], ["Tower", "It is old."]],
    "gold": "The bridge opened in 1932.",
    "prediction 1": FIRST,
    "prediction 2": "The bridge opened in 1932.",
    "prediction 3": "Boats pass under it.",
    "prediction 4": "The bridge opened in 1950. Boats pass under it.",
    "feedback": {
        "errors": [
            {"error type": "Irrelevant", "explanation": "", "start": 53, "end": 87},
            {"error type": "Wrong-Grounding", "explanation": "", "start": 88, "end": 98},
        ],
        "missing-info": [{"error type": "Missing-Answer", "passage_id": 1, "sentence_id": [1]}],
        "corrected-prediction": "The bridge opened in 1932. It is blue.",
    },
    "preference": [1, 0, 1, 2, 0, 2],
}


def entry(**changes):
    """A copy of the record with other values; keys of the feedback are found there."""
    result = json.loads(json.dumps(ENTRY))
    for key, value in changes.items():
        key = key.replace("_", " ")
        part = result["feedback"] if key.replace(" ", "-") in result["feedback"] else result
        part[key.replace(" ", "-") if part is result["feedback"] else key] = value
    return result


def write(folder, *entries):
    file = folder / "feedback.json"
    file.write_text(json.dumps(entries))
    return file


def segment_all(texts, density):
    """Sentences end at a full stop, sub-sentences at a comma too."""
    mark = {"SENTENCE": r"[^.\n]+\.?", "SUB_SENTENCE": r"[^.,\n]+[.,]?"}[density]
    result = []
    for text in texts:
        spans = [(m.start() + len(m[0]) - len(m[0].lstrip()), m.end()) for m in re.finditer(mark, text) if m[0].strip()]
        result.append(Segments([start for start, _ in spans], [end for _, end in spans]))
    return result


def cuts(*texts):
    return Cuts(texts, segment_all)
