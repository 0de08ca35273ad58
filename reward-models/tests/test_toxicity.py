import pytest

from winnow_models import bundle, toxicity
from winnow_models.training_set import SOURCES


def read_heads(manifest):
    """For each reward the graph's output that each density reads."""
    return {
        name: {density: rule["output"].removesuffix("_logits") for density, rule in reward["densities"].items()}
        for name, reward in manifest["rewards"].items()
    }


FINE = {"STEP": "sentence", "SUB_SENTENCE": "sentence", "SENTENCE": "sentence", "SEQUENCE": "sequence"}


@pytest.mark.parametrize(
    ("sources", "objective", "expected"),
    [
        (SOURCES, "labels", {"toxicity": {"TOKEN": "token"} | FINE, "detoxification": {"TOKEN": "edit"}}),
        (("spans",), "labels", {"toxicity": {"TOKEN": "token"} | FINE}),
        (("edits",), "labels", {"toxicity": {"TOKEN": "edit"} | FINE}),
        (("edits",), "preferences", {"toxicity": {"SEQUENCE": "sequence"}}),
    ],
)
def test_a_head_that_learnt_nothing_gives_no_reward(sources, objective, expected):
    manifest = toxicity.manifest("variant", sources, objective)
    assert manifest["name"] == "variant"
    assert read_heads(manifest) == expected
    assert all(reward["default_density"] in reward["densities"] for reward in manifest["rewards"].values())


def test_the_shipped_manifest_is_the_recipes():
    shipped = bundle.read_manifest(toxicity.FOLDER)
    for reward in shipped["rewards"].values():
        for rule in reward["densities"].values():
            rule.pop("statistics", None)
    del shipped["files"]
    assert shipped == toxicity.manifest(toxicity.NAME, SOURCES, "labels")
