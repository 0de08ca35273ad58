"""Prints how long answers of QA-Feedback and posts of Toxic Spans are, in words, as the table that texts are drawn by.

    python loadtest/lengths.py DATA > loadtest/src/main/resources/dev/winnow/loadtest/text/lengths.csv

DATA has qa-feedback/train_1k.json (allenai/FineGrainedRLHF) and toxic-spans/tsd_train.csv (ipavlopoulos/toxic_spans).
"""

import csv
import json
import math
import sys
from pathlib import Path

PROBABILITIES = [0.0, 0.01, *(step / 20 for step in range(1, 20)), 0.99, 1.0]


def quantile(lengths: list[int], probability: float) -> float:
    """The length at a probability, between two of the sorted lengths in proportion."""
    place = probability * (len(lengths) - 1)
    below = math.floor(place)
    above = math.ceil(place)
    return lengths[below] + (place - below) * (lengths[above] - lengths[below])


def main() -> None:
    data = Path(sys.argv[1])
    answers = json.loads((data / "qa-feedback/train_1k.json").read_text(encoding="utf-8"))
    with (data / "toxic-spans/tsd_train.csv").open(encoding="utf-8", newline="") as file:
        posts = [row["text"] for row in csv.DictReader(file)]
    columns = {
        "train_1k": sorted(len(answer.split()) for record in answers for answer in record["answer"]),
        "toxic_spans": sorted(len(post.split()) for post in posts),
    }
    print("probability", *columns, sep=",")
    for probability in PROBABILITIES:
        cells = (f"{quantile(lengths, probability):g}" for lengths in columns.values())
        print(f"{probability:g}", *cells, sep=",")


if __name__ == "__main__":
    main()
