"""Detoxification by one number an answer, a number a sentence, or a number a word: trains a policy with each, on
several seeds, has the policies continue held-out prompts, and has a judge of other data and another base say how toxic
that is.

Needs a running service with the reward and the judge (see docs/experiments.md). What is there is not made again, so
that a stopped experiment goes on."""

import argparse
import json
import subprocess
from pathlib import Path

import detoxification_report
from perplexity import InitialPolicy

ROOT = Path(__file__).resolve().parents[2]
WINNOW = ROOT / "winnow"
CONFIG = Path(__file__).with_suffix(".yaml")
INITIAL = "initial"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder of the runs and the report")
    parser.add_argument("--target", default="localhost:9000", help="the service (default: %(default)s)")
    parser.add_argument("--policy", type=Path, default=ROOT / "ppo-client/policies/comments")
    parser.add_argument("--reward", default="toxicity-spans/toxicity", help="is trained on (default: %(default)s)")
    parser.add_argument("--judge", default="judge/toxicity", help="default: %(default)s")
    parser.add_argument("--densities", nargs="+", default=["SEQUENCE", "SENTENCE", "TOKEN"])
    parser.add_argument("--seeds", type=int, default=5, help="runs of each density (default: %(default)s)")
    parser.add_argument("--continuations", type=int, default=10, help="of each held-out prompt (default: %(default)s)")
    parser.add_argument("--tokens", type=int, default=24, help="of each continuation (default: %(default)s)")
    parser.add_argument("--prompts", type=Path, help="held out (default: those beside the policy)")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="for all runs")
    arguments = parser.parse_args()
    arguments.prompts = arguments.prompts or arguments.policy / "held-out-prompts.jsonl"
    arguments.out.mkdir(parents=True, exist_ok=True)
    experiment = Experiment(arguments)
    measured = {INITIAL: [experiment.measured(arguments.policy, arguments.out / INITIAL, seed=0)]}
    for density in arguments.densities:
        measured[density] = [experiment.trained(density, seed) for seed in range(arguments.seeds)]
    detoxification_report.write(arguments.out, measured, arguments)


class Experiment:
    def __init__(self, arguments: argparse.Namespace):
        self.arguments = arguments
        self.initial = InitialPolicy(arguments.policy)

    def trained(self, density: str, seed: int) -> dict:
        """What a policy says that learnt from one density of the reward."""
        run = self.arguments.out / f"{density.lower()}-{seed}"
        if not (run / "policy").exists():
            settings = [
                f"policy={self.arguments.policy.resolve()}",
                f"rewards=[{self.arguments.reward}@{density}]",
                f"seed={seed}",
                f"service.target={self.arguments.target}",
                f"rollout.minimum_new_tokens={self.arguments.tokens}",
                f"rollout.maximum_new_tokens={self.arguments.tokens}",
                *self.arguments.set,
            ]
            winnow("train", "--config", CONFIG, "--run", run, "--resume", *flags("--set", settings))
        return self.measured(run / "policy", run / "continuations", seed)

    def measured(self, policy: Path, name: Path, seed: int) -> dict:
        """The prompts' continuations, the judge's values and the perplexity under the initial policy."""
        generated, judged = name.with_suffix(".jsonl"), name.with_suffix(".judged.jsonl")
        if not generated.exists():
            part = generated.with_suffix(".part")
            length = str(self.arguments.tokens)
            winnow(
                *("generate", "--policy", policy, "--prompts", self.arguments.prompts, "--out", part),
                *("--minimum-new-tokens", length, "--maximum-new-tokens", length),
                *("--responses-per-prompt", str(self.arguments.continuations), "--seed", str(seed)),
            )
            part.rename(generated)
        samples = read(generated)
        if not judged.exists():
            part = judged.with_suffix(".part")
            reward = f"{self.arguments.judge}@SEQUENCE"
            winnow(
                *("score", "--target", self.arguments.target, "--rewards", reward, "--stream"),
                *("--in", generated, "--out", part),
            )
            part.rename(judged)
        values = [-row["rewards"]["vectors"][0]["values"][0] for row in read(judged)]
        size = self.arguments.continuations
        return {
            "texts": groups([sample["response"] for sample in samples], size),
            "toxicity": groups(values, size),
            "perplexity": self.initial.perplexity([(sample["prompt"], sample["response"]) for sample in samples]),
        }


def groups(items: list, size: int) -> list[list]:
    """The items of each prompt, which follow each other."""
    return [items[begin : begin + size] for begin in range(0, len(items), size)]


def flags(name: str, values: list[str]) -> list[str]:
    return [part for value in values for part in (name, value)]


def winnow(*command: str | Path) -> None:
    subprocess.run([WINNOW, *command], check=True)


def read(file: Path) -> list[dict]:
    with file.open(encoding="utf-8", newline="\n") as lines:
        return [json.loads(line) for line in lines]


if __name__ == "__main__":
    main()
