from winnow_models.qa_feedback import manifest


def test_every_head_is_read_and_every_reward_reads_the_same_input():
    rewards = manifest.MANIFEST["rewards"]
    outputs = {rule["output"] for reward in rewards.values() for rule in reward["densities"].values()}
    assert outputs == set(manifest.HEADS)
    assert {reward["input"] for reward in rewards.values()} == set(manifest.MANIFEST["inputs"]) == {"answer"}
    assert {name: reward["default_density"] for name, reward in rewards.items()} == {
        "relevance": "SUB_SENTENCE",
        "factuality": "SENTENCE",
        "completeness": "SEQUENCE",
        "preference": "SEQUENCE",
    }
    assert all(reward["default_density"] in reward["densities"] for reward in rewards.values())
