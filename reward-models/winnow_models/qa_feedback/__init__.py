"""The rewards of Fine-Grained RLHF (arXiv 2306.01693) and their holistic baseline, for long-form answers."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from winnow_models.qa_feedback import command

    command.add_arguments(parser)


def run(arguments: argparse.Namespace) -> None:
    arguments.task(arguments)
