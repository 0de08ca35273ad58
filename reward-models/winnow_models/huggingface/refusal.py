"""What a directory is turned away with."""

from collections.abc import Sequence


class Refusal(Exception):
    """Names what does not fit and what was expected; nothing has been written."""


def difference(what: str, sample: object, expected: Sequence, found: Sequence) -> str:
    """Names the sample and shows both sides from shortly before the first place where they differ."""
    start = max(0, common_prefix(expected, found) - 10)
    window = slice(start, start + 40)
    return (
        f"{what}\n  sample:   {sample}\n  from position {start} on\n"
        f"  expected: {expected[window]!r}\n  found:    {found[window]!r}"
    )


def first_line(fault: Exception) -> str:
    return str(fault).strip().split("\n")[0]


def common_prefix(left: Sequence, right: Sequence) -> int:
    """Length of the longest common prefix."""
    differing = (place for place, (one, other) in enumerate(zip(left, right, strict=False)) if one != other)
    return next(differing, min(len(left), len(right)))
