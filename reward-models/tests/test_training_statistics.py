from winnow_models import training_statistics

MANIFEST = {
    "rewards": {
        "toxicity": {
            "mean": 0.0,
            "std": 1.0,
            "scale": -1.0,
            "bias": 1.0,
            "default_density": "TOKEN",
            "densities": {"TOKEN": {"output": "a"}, "STEP": {"output": "a"}},
        },
        "preference": {
            "mean": 0.0,
            "std": 1.0,
            "scale": 0.5,
            "bias": 0.25,
            "default_density": "SEQUENCE",
            "densities": {"SEQUENCE": {"output": "b"}},
        },
    }
}
ROWS = [
    {
        "rewards": [
            {"reward": "toxicity", "density": "TOKEN", "raw_values": values},
            {"reward": "preference", "density": "SEQUENCE", "raw_values": [logit]},
        ]
    }
    for values, logit in (([0.1, 0.5], 3.0), ([], 7.0), ([0.9], 5.0))
]


def test_statistics_by_hand():
    """Over segments, not over rows: 0.1, 0.5 and 0.9 lie 0.4 * sqrt(2 / 3) about 0.5."""
    filled = training_statistics.fill(MANIFEST, ROWS)["rewards"]
    assert filled["toxicity"]["densities"]["TOKEN"] == {"output": "a", "statistics": {"mean": 0.5, "std": 0.3266}}
    assert filled["preference"]["densities"]["SEQUENCE"]["statistics"] == {"mean": 2.75, "std": 0.8165}


def test_a_density_that_no_training_sample_has_tells_nothing():
    assert training_statistics.fill(MANIFEST, ROWS)["rewards"]["toxicity"]["densities"]["STEP"] == {"output": "a"}


def test_a_standardised_reward_has_its_raw_values_mean_and_spread():
    filled = training_statistics.fill(MANIFEST, ROWS, standardised=["preference"])["rewards"]
    assert (filled["preference"]["mean"], filled["preference"]["std"]) == (5.0, 1.632993)
    assert filled["preference"]["densities"]["SEQUENCE"]["statistics"] == {"mean": 0.25, "std": 0.5}
    assert filled["toxicity"]["mean"] == 0.0
    assert MANIFEST["rewards"]["preference"]["mean"] == 0.0
