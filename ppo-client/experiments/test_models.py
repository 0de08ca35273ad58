from pathlib import Path

import pytest
import torch
from perplexity import InitialPolicy
from ppo_step import PpoStep, Shapes

POLICY = Path(__file__).resolve().parents[1] / "src/test/resources/policies/tied"


def test_perplexity_is_that_of_the_responses_tokens():
    policy = InitialPolicy(POLICY)
    encode = lambda text: policy.tokenizer(text)["input_ids"]  # noqa: E731
    losses = []
    for prompt, response in (("abc", "de"), ("x", "yzy")):
        ids = torch.tensor([encode(prompt) + encode(response)])
        with torch.no_grad():
            logs = torch.log_softmax(policy.model(ids).logits[0], -1)
        losses += [-logs[at - 1, ids[0, at]] for at in range(len(encode(prompt)), ids.shape[1])]
    expected = torch.stack(losses).mean().exp().item()
    assert policy.perplexity([("abc", "de"), ("x", "yzy")]) == pytest.approx(expected, rel=1e-5)


def test_a_step_has_all_phases_and_moves_the_policy():
    torch.manual_seed(0)
    step = PpoStep(POLICY, Shapes(responses=4, tokens=3, generate_batch=2, epochs=2, mini_batch=2))
    before = step.policy.model.embed_tokens.weight.detach().clone()
    seconds = step.run([torch.tensor([1, 5, 6]), torch.tensor([1]), torch.tensor([1, 9]), torch.tensor([7, 8])])
    assert set(seconds) == {"generate", "opinions", "update", "step"}
    assert seconds["step"] == pytest.approx(seconds["generate"] + seconds["opinions"] + seconds["update"])
    assert not torch.equal(before, step.policy.model.embed_tokens.weight)
    assert torch.equal(before, step.reference.model.embed_tokens.weight)
