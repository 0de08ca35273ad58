"""Places in the repository that the recipes read and write."""

from pathlib import Path

REWARD_MODELS = Path(__file__).resolve().parents[1]
ROOT = REWARD_MODELS.parent
RUNS = REWARD_MODELS / "runs"
BUNDLES = REWARD_MODELS / "bundles"
