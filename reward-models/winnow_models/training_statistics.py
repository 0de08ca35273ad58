"""What a manifest tells of a reward over the texts that its model was trained on: mean and standard deviation."""

import copy
import statistics
from collections.abc import Collection, Iterable

DIGITS = 6
"""Of the `mean` and `std` that values are computed with."""
SHOWN_DIGITS = 4
"""Of what is told of the values."""


def fill(manifest: dict, rows: Iterable[dict], standardised: Collection[str] = ()) -> dict:
    """The manifest with the `statistics` of the values at each density, from the golden rows of training samples.

    Rewards of the names `standardised` are first given the `mean` and `std` of their raw values at the default density,
    so that their values have the mean `bias` and the standard deviation `scale` there.
    """
    raw = _raw_statistics(rows)
    filled = copy.deepcopy(manifest)
    for name, reward in filled["rewards"].items():
        if name in standardised:
            mean, std = raw[name, reward["default_density"]]
            reward.update(mean=round(mean, DIGITS), std=round(std, DIGITS))
        for density, read_out in reward["densities"].items():
            if (name, density) in raw:
                mean, std = raw[name, density]
                read_out["statistics"] = {
                    "mean": _shown((mean - reward["mean"]) / reward["std"] * reward["scale"] + reward["bias"]),
                    "std": _shown(std / reward["std"] * abs(reward["scale"])),
                }
    return filled


def _raw_statistics(rows: Iterable[dict]) -> dict[tuple[str, str], tuple[float, float]]:
    """Mean and standard deviation of the raw values of all segments, by reward and density."""
    collected: dict[tuple[str, str], list[float]] = {}
    for row in rows:
        for vector in row["rewards"]:
            collected.setdefault((vector["reward"], vector["density"]), []).extend(vector["raw_values"])
    return {place: (statistics.fmean(values), statistics.pstdev(values)) for place, values in collected.items()}


def _shown(number: float) -> float:
    return round(number, SHOWN_DIGITS) + 0.0  # of a negative zero it makes a zero
