"""Detoxification by one number an answer, a number a sentence, or a number a word: trains a policy with each, on
several seeds, has the policies continue held-out prompts, and has a judge of other data and another base say how toxic
that is.

Needs a running service with the reward and the judge (see docs/experiments.md). What is there is not made again, so
that a stopped experiment goes on."""

import argparse
from pathlib import Path

import detoxification_report
from commands import ROOT, lines, read, train, winnow, written
from perplexity import InitialPolicy

CONFIG = Path(__file__).with_suffix(".yaml")
TEXTS = ROOT / "reward-models/runs/policy-texts"
INITIAL = "initial"

WEIGHTS = {"SEQUENCE": 36.0, "SENTENCE": 3.1, "TOKEN": 1.62}
"""One over the standard deviation of the sum of a response's values under the initial policy: so the sum of each density
moves as much, and the penalty for leaving the initial policy weighs as much beside it."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder of the runs and the report")
    parser.add_argument("--target", default="localhost:9000", help="the service (default: %(default)s)")
    parser.add_argument("--policy", type=Path, default=ROOT / "ppo-client/policies/comments")
    parser.add_argument("--reward", default="toxicity-spans/toxicity", help="is trained on (default: %(default)s)")
    parser.add_argument("--judge", default="judge/toxicity", help="default: %(default)s")
    parser.add_argument("--densities", nargs="+", default=list(WEIGHTS), choices=WEIGHTS)
    parser.add_argument("--seeds", type=int, default=5, help="runs of each density (default: %(default)s)")
    parser.add_argument("--continuations", type=int, default=10, help="of each held-out prompt (default: %(default)s)")
    parser.add_argument("--tokens", type=int, default=24, help="of each continuation (default: %(default)s)")
    parser.add_argument(
        "--texts", type=Path, default=TEXTS, help="folder of `winnow_models policy-texts`, with prompts"
    )
    parser.add_argument("--held-out", type=int, default=100, help="prompts to continue (default: %(default)s)")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    experiment = Experiment(arguments)
    measured = {INITIAL: [experiment.measured(arguments.policy, arguments.out / INITIAL, seed=0)]}
    for seed in range(arguments.seeds):
        for density in arguments.densities:
            measured.setdefault(density, []).append(experiment.trained(density, seed))
    detoxification_report.write(arguments.out, measured, arguments)
    experiment.compare()


class Experiment:
    def __init__(self, arguments: argparse.Namespace):
        self.arguments = arguments
        self.held_out = arguments.out / "held-out-prompts.jsonl"
        self.held_out.write_text("".join(lines(arguments.texts / "held-out-prompts.jsonl")[: arguments.held_out]))
        self.initial = InitialPolicy(arguments.policy)

    def trained(self, density: str, seed: int) -> dict:
        """What a policy says that learnt from one density of the reward."""
        run = self.run(density, seed)
        settings = {
            "policy": self.arguments.policy.resolve(),
            "prompts": (self.arguments.texts / "prompts.jsonl").resolve(),
            "evaluation.prompts": self.held_out.resolve(),
            "rewards": f"[{self.rewards(density)}]",
            "seed": seed,
            "service.target": self.arguments.target,
            "rollout.minimum_new_tokens": self.arguments.tokens,
            "rollout.maximum_new_tokens": self.arguments.tokens,
        }
        figures = self.measured(train(CONFIG, run, settings), run / "continuations", seed)
        return {**figures, "kl": read(run / "metrics.jsonl")[-1]["metrics"]["evaluation/kl/reference"]}

    def rewards(self, density: str) -> str:
        """All densities of the reward, to be compared by; those with no weight are not learnt from."""
        weights = {other: WEIGHTS[other] if other == density else 0 for other in self.arguments.densities}
        return ", ".join(f"{self.arguments.reward}@{other}={weight}" for other, weight in weights.items())

    def run(self, density: str, seed: int) -> Path:
        return self.arguments.out / f"{density.lower()}-{seed}"

    def measured(self, policy: Path, name: Path, seed: int) -> dict:
        """The prompts' continuations, the judge's values and the perplexity under the initial policy."""
        length, size = str(self.arguments.tokens), self.arguments.continuations
        generated = written(
            name.with_suffix(".jsonl"),
            *("generate", "--policy", policy, "--prompts", self.held_out, "--responses-per-prompt", str(size)),
            *("--minimum-new-tokens", length, "--maximum-new-tokens", length, "--seed", str(seed)),
        )
        judged = written(
            name.with_suffix(".judged.jsonl"),
            *("score", "--target", self.arguments.target, "--rewards", f"{self.arguments.judge}@SEQUENCE"),
            *("--stream", "--in", generated),
        )
        samples = read(generated)
        toxicity = [-row["rewards"]["vectors"][0]["values"][0] for row in read(judged)]
        return {
            "texts": groups([sample["response"] for sample in samples], size),
            "toxicity": groups(toxicity, size),
            "perplexity": self.initial.perplexity([(sample["prompt"], sample["response"]) for sample in samples]),
            "kl": 0.0,
        }

    def compare(self) -> None:
        """How fast each density's runs raise the reward at each density."""
        runs = [self.run(density, seed) for density in self.arguments.densities for seed in range(self.arguments.seeds)]
        winnow("compare", *runs, "--group", "([a-z]+)-[0-9]+$", "--out", self.arguments.out / "comparison")


def groups(items: list, size: int) -> list[list]:
    """The items of each prompt, which follow each other."""
    return [items[begin : begin + size] for begin in range(0, len(items), size)]


if __name__ == "__main__":
    main()
