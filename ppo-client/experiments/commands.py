"""`./winnow`, its files of one JSON object a line, and what an experiment was asked to do."""

import hashlib
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


def same_as_before(folder: Path, settings: dict[str, object], inputs: list[Path]) -> None:
    """Notes in a new folder what is asked for; ends where an old one holds the runs of something else."""
    asked = {name: str(value) for name, value in settings.items()}
    asked |= {str(file): hashlib.sha256(file.read_bytes()).hexdigest() for file in inputs}
    noted = folder / "settings.json"
    folder.mkdir(parents=True, exist_ok=True)
    if not noted.exists():
        noted.write_text(json.dumps(asked, indent=2), encoding="utf-8")
    before = json.loads(noted.read_text(encoding="utf-8"))
    for name in sorted(before.keys() | asked.keys()):
        if before.get(name) != asked.get(name):
            raise SystemExit(f"{noted}: {name}: {asked.get(name)} (expected: {before.get(name)}, or another folder)")


def read(file: Path) -> list[dict]:
    with file.open(encoding="utf-8", newline="\n") as lines:
        return [json.loads(line) for line in lines]


def values(row: dict) -> dict[str, list[float]]:
    """The values of a result of `./winnow score`, by `NAME@DENSITY`."""
    return {f"{vector['reward']}@{vector['density']}": vector["values"] for vector in row["rewards"]["vectors"]}
