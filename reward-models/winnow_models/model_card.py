"""A bundle's card: written by hand but for the sections between markers, which commands replace."""

from pathlib import Path


def write_figures(table: str, picture: Path) -> None:
    """Puts a table and the picture beside the card into its section `figures`."""
    text = f"{table}\n\n![Precision over recall, calibration and distribution]({picture.name})"
    replace_section("figures", text, picture.parent / "MODEL_CARD.md")


def replace_section(name: str, text: str, card: Path) -> None:
    """Puts `text` between `<!-- NAME:begin -->` and `<!-- NAME:end -->`."""
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    content = card.read_text(encoding="utf-8")
    if content.count(begin) != 1 or content.count(end) != 1:
        raise ValueError(
            f"{card}: {content.count(begin)} of {begin} and {content.count(end)} of {end} (expected: one each)"
        )
    before, rest = content.split(begin)
    after = rest.split(end)[1]
    card.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")
