"""Which of the layouts a model is served with."""

from tokenizers import Tokenizer

from winnow_models import golden_samples
from winnow_models.huggingface import chat_proof, layout, plain_proof, served_tokenizer
from winnow_models.huggingface.directory import Directory
from winnow_models.huggingface.heads import Exportable, Head
from winnow_models.huggingface.layout import Layout
from winnow_models.huggingface.refusal import Refusal


def choose(
    source: Directory, model: Exportable, tokenizer: Tokenizer, asked: str | None, system: bool, budget: int
) -> Layout:
    """The layout that was asked for: `chat`, `pair`, `response` or a text; else the one that the directory tells.

    A prompt or conversation past `budget` tokens is cut; with `system` false the layout takes no system turns.
    """
    if not budget >= 1:
        raise Refusal(f"--prompt-budget {budget} (expected: at least 1)")
    wanted = asked or _told(source, model)
    published = source.tokenizer
    types = all("token_type_ids" in names for names in (model.inputs, published.model_input_names))
    adding = served_tokenizer.adding_special_tokens(published)
    if wanted == "chat":
        if not isinstance(published.chat_template, str):
            raise Refusal(f"{source.path}: no chat template, or several (expected: one, or another --layout)")
        result = chat_proof.of_chat(published, tokenizer, budget, system)
    elif wanted == "pair":
        result = layout.of_pair(adding, types, budget)
        result = plain_proof.prove(result, published, tokenizer, golden_samples.with_prompts("why?"))
    elif wanted == "response":
        result = layout.of_response(adding, types)
        result = plain_proof.prove(result, published, tokenizer, golden_samples.alone())
    else:
        result = layout.of_text(adding, wanted, budget)
        result = plain_proof.compare(result, wanted, published, tokenizer, golden_samples.with_prompts("why?"))
    if model.head is Head.LAST_TOKEN:
        padding = source.model.config.get_text_config().pad_token_id
        result = layout.without_trailing(result, None if padding is None else tokenizer.id_to_token(padding))
    return result


def _told(source: Directory, model: Exportable) -> str:
    """The chat template where there is one. A decoder's tokenizer does not tell where a prompt goes; an encoder's does,
    and a token classifier reads the response alone."""
    if source.tokenizer.chat_template:
        return "chat"
    if model.head is Head.LAST_TOKEN:
        raise Refusal(
            f"{source.path}: no chat template, and a decoder's tokenizer does not tell where a prompt goes "
            r"(expected: --layout TEXT, such as $'Human: {prompt}\n\nAssistant: {response}', or --layout response)"
        )
    return "response" if model.head is Head.EACH_TOKEN else "pair"
