"""Files of one JSON object a line."""

import json
from collections.abc import Iterable
from pathlib import Path


def write(file: Path, rows: Iterable[dict]) -> None:
    with file.open("w", encoding="utf-8", newline="\n") as lines:
        for row in rows:
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")


def read(file: Path) -> list[dict]:
    """Splits at line feeds only: other Unicode line ends may stand unescaped in a string."""
    with file.open(encoding="utf-8", newline="\n") as lines:
        return [json.loads(line) for line in lines]
