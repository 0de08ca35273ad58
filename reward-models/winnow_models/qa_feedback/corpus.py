"""All data of the recipe, read from a folder, cut by the service, and kept apart by question."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from winnow_models.qa_feedback import practice, questions, reference_files
from winnow_models.qa_feedback.cuts import Cuts
from winnow_models.qa_feedback.labels import relevance
from winnow_models.qa_feedback.questions import Question
from winnow_models.qa_feedback.records import Prompt, Record, read_feedback, read_prompts, without_questions


@dataclass(frozen=True)
class Corpus:
    """Feedback records with the reference's completeness preferences (None where it has none), and prompts.

    All have passages. Neither shares a question with the test records; the prompts share none with the feedback.
    """

    records: list[Record]
    completeness: list[tuple[int, ...] | None]
    prompts: list[Prompt]
    cuts: Cuts

    def questions(self) -> list[Question]:
        """What there is to learn from each record."""
        return [
            questions.from_record(record, preferences, self.cuts)
            for record, preferences in zip(self.records, self.completeness, strict=True)
        ]

    def practice(self, seed: int) -> list[Question]:
        """What there is to learn from the prompts' answers, which people wrote and nobody marked."""
        return practice.from_prompts(self.prompts, self.cuts, seed)


def read(folder: Path) -> Corpus:
    """Reads the folder's files of feedback, derived labels and prompts, and prints how labels agree."""
    records = read_feedback(folder / "feedback_450.json")
    preferences = reference_files.read_completeness(folder / "r3_comp_preference.json", records)
    test = read_feedback(folder / "train_feedback_24.json")
    prompts = without_questions(
        read_prompts(folder / "train_1k.json"), records, test, read_prompts(folder / "dev_450.json")
    )
    cuts = Cuts(questions.texts([*records, *prompts]))
    _report_agreement(
        records, reference_files.read_relevance(folder / "r1_nf_err_subsentence_450.jsonl", records), cuts
    )
    allowed = {record.key for record in without_questions(records, test) if record.passages}
    kept = [index for index, record in enumerate(records) if record.key in allowed]
    prompts = [prompt for prompt in prompts if prompt.passages]
    print(f"{len(kept)} of {len(records)} feedback records have passages; {len(prompts)} prompts with a correct answer")
    return Corpus([records[i] for i in kept], [preferences.get(i) for i in kept], prompts, cuts)


def _report_agreement(records: Sequence[Record], theirs: Sequence[Sequence[tuple[int, bool]]], cuts: Cuts) -> None:
    ours = [relevance(record, cuts.sub_sentences(record.predictions[0])) for record in records]
    same, common = reference_files.agreement(ours, theirs)
    print(
        f"relevance: {sum(map(len, ours))} sub-sentences; of {common} that the reference cuts too, {same} labels agree"
    )
