"""How likely texts are under a language model."""

import math
from collections.abc import Sequence
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, PreTrainedTokenizerFast


class InitialPolicy:
    """The policy that training began with, from its Hugging Face directory."""

    def __init__(self, directory: Path):
        self.model = AutoModelForCausalLM.from_pretrained(directory, dtype=torch.float32).eval()
        self.tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(directory / "tokenizer.json"))

    @torch.no_grad()
    def perplexity(self, pairs: Sequence[tuple[str, str]]) -> float:
        """Of the tokens of all responses, each behind its prompt: exp of the mean of minus their log-probabilities."""
        total, count = 0.0, 0
        for prompt, response in pairs:
            begin = self.tokenizer(prompt)["input_ids"]
            # Tokenised apart, as the policy writes behind a prompt's own tokens.
            tokens = self.tokenizer(response)["input_ids"]
            if not tokens:
                continue
            logits = self.model(torch.tensor([begin + tokens[:-1]])).logits[0, len(begin) - 1 :]
            chosen = torch.log_softmax(logits, -1).gather(1, torch.tensor(tokens)[:, None])
            total -= chosen.sum().item()
            count += len(tokens)
        return math.exp(total / count)
