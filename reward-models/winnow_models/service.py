"""Rewards from a running service, asked through `winnow score`."""

from collections.abc import Sequence

from winnow_models.launcher import over_samples

Vectors = dict[str, dict]
"""`REWARD@DENSITY` to the vector that the service gave: `starts`, `ends`, `values`."""


def score(target: str, bundle: str, rewards: Sequence[str], samples: Sequence[dict]) -> list[Vectors]:
    """The vectors of each sample from a bundle, in the order of the samples.

    `target` is HOST:PORT, and each of `rewards` is written `REWARD@DENSITY`.
    """
    asked = ",".join(f"{bundle}/{reward}" for reward in rewards)
    rows = over_samples(["score", "--target", target, "--rewards", asked, "--stream"], samples)
    return [_vectors(row) for row in rows]


def _vectors(row: dict) -> Vectors:
    if "error" in row:
        raise ValueError(f"sample {row['id']}: {row['error']['code']} {row['error']['message']} (expected: rewards)")
    return {  # proto3 JSON leaves empty lists out
        f"{vector['reward']}@{vector['density']}": {key: vector.get(key, []) for key in ("starts", "ends", "values")}
        for vector in row["rewards"]["vectors"]
    }
