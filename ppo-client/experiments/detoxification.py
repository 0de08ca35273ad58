"""Detoxification by a number a word, a number a sentence, or one number an answer: trains a policy with each, on
several seeds, has the policies continue held-out prompts, and has a judge of other data and another base say how toxic
that is.

Needs a running service with the reward and the judge (see docs/experiments.md). What is there is not made again, so
that a stopped experiment goes on."""

import argparse
import json
import statistics
from dataclasses import dataclass
from pathlib import Path

import detoxification_report
from commands import ROOT, read, same_as_before, train, values, winnow, written
from perplexity import InitialPolicy

CONFIG = Path(__file__).with_suffix(".yaml")
TEXTS = ROOT / "reward-models/runs/policy-texts"
INITIAL = "initial"
DENSITIES = ("TOKEN", "SENTENCE", "SEQUENCE")


@dataclass(frozen=True)
class Variant:
    """What is learnt from: one density of the reward, at its tokens or all of it at the end of a response."""

    density: str
    at_end: bool = False


VARIANTS = {
    "token": Variant("TOKEN"),
    "sentence": Variant("SENTENCE"),
    "token-at-end": Variant("TOKEN", at_end=True),
    "sequence": Variant("SEQUENCE"),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder of the runs and the report")
    parser.add_argument("--target", default="localhost:9000", help="the service (default: %(default)s)")
    parser.add_argument("--policy", type=Path, default=ROOT / "ppo-client/policies/comments")
    parser.add_argument("--reward", default="toxicity-spans/toxicity", help="is trained on (default: %(default)s)")
    parser.add_argument("--judge", default="judge/toxicity", help="default: %(default)s")
    parser.add_argument("--seeds", type=int, default=5, help="runs of each variant (default: %(default)s)")
    parser.add_argument("--continuations", type=int, default=10, help="of each held-out prompt (default: %(default)s)")
    parser.add_argument("--tokens", type=int, default=24, help="of each continuation (default: %(default)s)")
    parser.add_argument(
        "--texts", type=Path, default=TEXTS, help="folder of `winnow_models policy-texts`, with prompts"
    )
    parser.add_argument("--held-out", type=int, default=100, help="prompts to continue (default: %(default)s)")
    arguments = parser.parse_args()
    settings = {name: value for name, value in vars(arguments).items() if name not in ("out", "target", "seeds")}
    prompts = [arguments.texts / "prompts.jsonl", arguments.texts / "held-out-prompts.jsonl"]
    same_as_before(arguments.out, settings, [CONFIG, arguments.policy / "model.safetensors", *prompts])
    experiment = Experiment(arguments)
    measured = {}
    for seed in range(arguments.seeds):
        measured.setdefault(INITIAL, []).append(experiment.initial(seed))
        for name in VARIANTS:
            measured.setdefault(name, []).append(experiment.trained(name, seed))
    detoxification_report.write(arguments.out, measured, arguments)
    experiment.compare()


class Experiment:
    def __init__(self, arguments: argparse.Namespace):
        self.arguments = arguments
        self.held_out = arguments.out / "held-out-prompts.jsonl"
        learnt = {row["prompt"] for row in read(arguments.texts / "prompts.jsonl")}
        unseen = [row for row in read(arguments.texts / "held-out-prompts.jsonl") if row["prompt"] not in learnt]
        rows = (json.dumps(row) + "\n" for row in unseen[: arguments.held_out])
        self.held_out.write_text("".join(rows), encoding="utf-8", newline="\n")
        self.language = InitialPolicy(arguments.policy)
        self.weights = self.weigh()

    def weigh(self) -> dict[str, float]:
        """One over the standard deviation of the sum of a response's values under the initial policy: so the sum of
        each density moves as much, and the penalty for leaving the initial policy weighs as much beside it."""
        generated = self.generated(self.arguments.policy, self.arguments.out / f"{INITIAL}-0", seed=0)
        rewards = ",".join(f"{self.arguments.reward}@{density}" for density in DENSITIES)
        rows = [values(row) for row in read(self.scored(generated, rewards, generated.with_suffix(".rewards.jsonl")))]
        sums = {name.split("@")[1]: [sum(row[name]) for row in rows] for name in rows[0]}
        return {density: 1 / statistics.pstdev(found) for density, found in sums.items()}

    def initial(self, seed: int) -> dict:
        return self.measured(self.arguments.policy, self.arguments.out / f"{INITIAL}-{seed}", seed) | {"kl": 0.0}

    def trained(self, name: str, seed: int) -> dict:
        """What a policy says that learnt from one variant of the reward."""
        variant, run = VARIANTS[name], self.run(name, seed)
        # All densities are asked for, to be compared by; those with no weight are not learnt from.
        weights = {density: self.weights[density] if density == variant.density else 0 for density in DENSITIES}
        settings = {
            "policy": self.arguments.policy.resolve(),
            "prompts": (self.arguments.texts / "prompts.jsonl").resolve(),
            "evaluation.prompts": self.held_out.resolve(),
            "rewards": [f"{self.arguments.reward}@{density}={weight:.4g}" for density, weight in weights.items()],
            "advantages.rewards_at_end": str(variant.at_end).lower(),
            "seed": seed,
            "service.target": self.arguments.target,
            "rollout.minimum_new_tokens": self.arguments.tokens,
            "rollout.maximum_new_tokens": self.arguments.tokens,
        }
        figures = self.measured(train(CONFIG, run, settings), run / "continuations", seed)
        return figures | {"kl": read(run / "metrics.jsonl")[-1]["metrics"]["evaluation/kl/reference"]}

    def run(self, name: str, seed: int) -> Path:
        return self.arguments.out / f"{name}-{seed}"

    def measured(self, policy: Path, name: Path, seed: int) -> dict:
        """The prompts' continuations, the judge's values and the perplexity under the initial policy."""
        generated = self.generated(policy, name, seed)
        samples = read(generated)
        judge = f"{self.arguments.judge}@SEQUENCE"
        judged = read(self.scored(generated, judge, generated.with_suffix(".judged.jsonl")))
        toxicity = [-value for row in judged for (value,) in values(row).values()]
        return {
            "texts": self.by_prompt([sample["response"] for sample in samples]),
            "toxicity": self.by_prompt(toxicity),
            "perplexity": self.language.perplexity([(sample["prompt"], sample["response"]) for sample in samples]),
        }

    def generated(self, policy: Path, name: Path, seed: int) -> Path:
        length, size = str(self.arguments.tokens), str(self.arguments.continuations)
        return written(
            name.with_suffix(".jsonl"),
            *("generate", "--policy", policy, "--prompts", self.held_out, "--responses-per-prompt", size),
            *("--minimum-new-tokens", length, "--maximum-new-tokens", length, "--seed", str(seed)),
        )

    def scored(self, generated: Path, rewards: str, out: Path) -> Path:
        command = ("score", "--target", self.arguments.target, "--rewards", rewards, "--stream", "--in", generated)
        return written(out, *command)

    def by_prompt(self, items: list) -> list[list]:
        """The items of each prompt, which follow each other."""
        size = self.arguments.continuations
        return [items[begin : begin + size] for begin in range(0, len(items), size)]

    def compare(self) -> None:
        """How fast each variant's runs raise the reward at each density."""
        rewards = [f"evaluation/reward/{self.arguments.reward}@{density}" for density in DENSITIES]
        metrics = [part for name in (*rewards, "evaluation/kl/reference") for part in ("--metric", name)]
        runs = [self.run(name, seed) for name in VARIANTS for seed in range(self.arguments.seeds)]
        winnow("compare", *runs, *metrics, "--group", "(.+)-[0-9]+$", "--out", self.arguments.out / "comparison")


if __name__ == "__main__":
    main()
