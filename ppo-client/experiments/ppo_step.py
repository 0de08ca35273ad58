"""One step of PPO with PyTorch and transformers as people write it: the measure for the trainer's speed. It learns
nothing of use, as its rewards are noise; the work is that of `winnow train` with the same settings."""

import time
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from transformers import LlamaForCausalLM, LlamaModel

CLIP = 0.2
DISCOUNT = 1.0
LAMBDA = 0.95
KL_COEFFICIENT = 0.05


@dataclass(frozen=True)
class Shapes:
    """`responses` have `tokens` each and come in micro-batches; all are learnt from in `epochs` of mini-batches."""

    responses: int
    tokens: int
    generate_batch: int
    epochs: int
    mini_batch: int


class Critic(torch.nn.Module):
    """A network of its own with a number for each token."""

    def __init__(self, directory: Path):
        super().__init__()
        self.trunk = LlamaModel.from_pretrained(directory, dtype=torch.float32)
        self.head = torch.nn.Linear(self.trunk.config.hidden_size, 1)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        return self.head(self.trunk(input_ids=ids, attention_mask=mask).last_hidden_state)[..., 0]


class PpoStep:
    """Policy, reference and critic, and what they do in a step."""

    def __init__(self, directory: Path, shapes: Shapes):
        self.shapes = shapes
        self.policy = LlamaForCausalLM.from_pretrained(directory, dtype=torch.float32)
        self.reference = deepcopy(self.policy)
        self.critic = Critic(directory)
        self.policy_optimizer = torch.optim.AdamW(self.policy.parameters(), lr=1e-5, weight_decay=0)
        self.critic_optimizer = torch.optim.AdamW(self.critic.parameters(), lr=1e-5, weight_decay=0)

    def run(self, prompts: Sequence[Tensor]) -> dict[str, float]:
        """Takes a step on one prompt a response; returns the seconds of its phases."""
        seconds: dict[str, float] = {}
        responses = timed(seconds, "generate", lambda: self._generate(prompts))
        ids, mask, places = _laid_out(prompts, responses)
        old, reference, values = timed(seconds, "opinions", lambda: self._opinions(ids, mask, places, responses))
        rewards = torch.randn(old.shape) - KL_COEFFICIENT * (old - reference)
        advantages, returns = _advantages(rewards, values)
        batch = (ids, mask, places, responses, old, values, advantages, returns)
        timed(seconds, "update", lambda: self._update(batch))
        seconds["step"] = sum(seconds.values())
        return seconds

    @torch.no_grad()
    def _generate(self, prompts: Sequence[Tensor]) -> Tensor:
        size, written = self.shapes.generate_batch, []
        for begin in range(0, len(prompts), size):
            ids, mask = _left_padded(prompts[begin : begin + size])
            output = self.policy.generate(
                input_ids=ids,
                attention_mask=mask,
                do_sample=True,
                top_k=0,
                min_new_tokens=self.shapes.tokens,
                max_new_tokens=self.shapes.tokens,
                pad_token_id=0,
            )
            written.append(output[:, ids.shape[1] :])
        return torch.cat(written)

    @torch.no_grad()
    def _opinions(self, ids: Tensor, mask: Tensor, places: Tensor, tokens: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        parts = []
        for begin in range(0, len(ids), self.shapes.generate_batch):
            rows = slice(begin, begin + self.shapes.generate_batch)
            own = _log_probabilities(self.policy, ids[rows], mask[rows], places[rows], tokens[rows], entropy=True)
            reference = _log_probabilities(self.reference, ids[rows], mask[rows], places[rows], tokens[rows])
            parts.append((own, reference, self.critic(ids[rows], mask[rows]).gather(1, places[rows])))
        return tuple(torch.cat(part) for part in zip(*parts, strict=True))

    def _update(self, batch: tuple[Tensor, ...]) -> None:
        for _ in range(self.shapes.epochs):
            for rows in torch.randperm(self.shapes.responses).split(self.shapes.mini_batch):
                ids, mask, places, tokens, old, values, advantages, returns = (part[rows] for part in batch)
                ratio = (_log_probabilities(self.policy, ids, mask, places, tokens) - old).exp()
                clipped = ratio.clamp(1 - CLIP, 1 + CLIP)
                policy_loss = -torch.minimum(ratio * advantages, clipped * advantages).mean()
                value = self.critic(ids, mask).gather(1, places)
                near = values + (value - values).clamp(-CLIP, CLIP)
                value_loss = torch.maximum((value - returns) ** 2, (near - returns) ** 2).mean() / 2
                self.policy_optimizer.zero_grad()
                self.critic_optimizer.zero_grad()
                (policy_loss + value_loss).backward()
                torch.nn.utils.clip_grad_norm_(self.policy.parameters(), 1.0)
                torch.nn.utils.clip_grad_norm_(self.critic.parameters(), 1.0)
                self.policy_optimizer.step()
                self.critic_optimizer.step()


def timed(seconds: dict[str, float], phase: str, work: Callable):
    begin = time.perf_counter()
    result = work()
    seconds[phase] = time.perf_counter() - begin
    return result


def _left_padded(prompts: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
    width = max(len(prompt) for prompt in prompts)
    ids, mask = torch.zeros(2, len(prompts), width, dtype=torch.long)
    for row, prompt in enumerate(prompts):
        ids[row, width - len(prompt) :] = prompt
        mask[row, width - len(prompt) :] = 1
    return ids, mask


def _laid_out(prompts: Sequence[Tensor], responses: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Rows padded on the right, their masks, and the place before each token of the response."""
    tokens = responses.shape[1]
    width = max(len(prompt) for prompt in prompts) + tokens - 1
    ids, mask = torch.zeros(2, len(prompts), width, dtype=torch.long)
    for row, prompt in enumerate(prompts):
        text = torch.cat([prompt, responses[row, :-1]])
        ids[row, : len(text)] = text
        mask[row, : len(text)] = 1
    first = torch.tensor([len(prompt) - 1 for prompt in prompts])
    return ids, mask, first[:, None] + torch.arange(tokens)


def _log_probabilities(
    model: LlamaForCausalLM, ids: Tensor, mask: Tensor, places: Tensor, tokens: Tensor, entropy: bool = False
) -> Tensor:
    hidden = model.model(input_ids=ids, attention_mask=mask).last_hidden_state
    wanted = hidden.gather(1, places[..., None].expand(-1, -1, hidden.shape[-1]))
    logs = torch.log_softmax(model.lm_head(wanted), -1)
    if entropy:
        -(logs.exp() * logs).sum(-1)
    return logs.gather(-1, tokens[..., None])[..., 0]


def _advantages(rewards: Tensor, values: Tensor) -> tuple[Tensor, Tensor]:
    """Generalised advantage estimation (arXiv 1506.02438), whitened; and returns."""
    advantages = torch.zeros_like(rewards)
    later = torch.zeros(len(rewards))
    for token in reversed(range(rewards.shape[1])):
        following = values[:, token + 1] if token + 1 < rewards.shape[1] else 0.0
        later = rewards[:, token] + DISCOUNT * following - values[:, token] + DISCOUNT * LAMBDA * later
        advantages[:, token] = later
    returns = advantages + values
    return (advantages - advantages.mean()) / (advantages.std() + 1e-8), returns
