"""The repository's command line, `winnow`, run over files of samples."""

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from winnow_models import json_lines
from winnow_models.repository import ROOT

LAUNCHER = ROOT / "winnow"
SOME_SAMPLES_FAILED = 1
"""Exit status of a command that wrote a row for every sample, but for some of them an error."""


def over_samples(command: Sequence[str], samples: Sequence[dict], launcher: Path = LAUNCHER) -> list[dict]:
    """One row for each sample, in the same order, from a command that takes `--in` and `--out`; it numbers them."""
    with tempfile.TemporaryDirectory() as folder:
        numbered, results = Path(folder, "samples.jsonl"), Path(folder, "results.jsonl")
        json_lines.write(numbered, (sample | {"id": str(i)} for i, sample in enumerate(samples)))
        completed = subprocess.run([launcher, *command, "--in", numbered, "--out", results])
        if completed.returncode != SOME_SAMPLES_FAILED or not results.exists():
            completed.check_returncode()
        rows = json_lines.read(results)
    if [row["id"] for row in rows] != [str(i) for i in range(len(samples))]:
        raise ValueError(
            f"winnow {command[0]} returned {len(rows)} rows (expected: {len(samples)}, in the order given)"
        )
    return rows
