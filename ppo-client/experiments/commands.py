"""`./winnow` and its files of one JSON object a line."""

import json
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def winnow(*command: str | Path) -> None:
    subprocess.run([ROOT / "winnow", *command], check=True)


def written(file: Path, *command: str | Path) -> Path:
    """The file that a command writes behind `--out`, whole or not at all; what is there is not made again."""
    if not file.exists():
        part = file.with_suffix(".part")
        winnow(*command, "--out", part)
        part.rename(file)
    return file


def train(config: Path, run: Path, settings: dict[str, object]) -> Path:
    """The policy of a run that goes on where it was stopped; one that is done is not made again."""
    if not (run / "policy").exists():
        assignments = [part for key, value in settings.items() for part in ("--set", f"{key}={value}")]
        winnow("train", "--config", config, "--run", run, "--resume", *assignments)
    return run / "policy"


def read(file: Path) -> list[dict]:
    return [json.loads(line) for line in lines(file)]


def lines(file: Path) -> list[str]:
    with file.open(encoding="utf-8", newline="\n") as text:
        return list(text)


def values(row: dict) -> dict[str, list[float]]:
    """The values of a result of `./winnow score`, by the names of its rewards."""
    return {vector["reward"]: vector["values"] for vector in row["rewards"]["vectors"]}
