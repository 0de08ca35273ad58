import pytest
import torch
import transformers

from winnow_models.huggingface.longformer import WholeRowLongformer

SIZES = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4}


@pytest.fixture(scope="module")
def settings():
    return transformers.LongformerConfig(
        vocab_size=100,
        max_position_embeddings=130,
        attention_window=[8, 4],
        num_labels=2,
        initializer_range=0.3,
        **SIZES,
    )


@pytest.mark.parametrize("task", ["ForSequenceClassification", "ForTokenClassification"])
@pytest.mark.parametrize("width", [1, 7, 8, 31, 128])
def test_the_whole_row_gives_what_windows_give(settings, task, width):
    torch.manual_seed(1)
    model = getattr(transformers, f"Longformer{task}")(settings).eval()
    ids = torch.randint(5, 100, (2, width))
    mask = torch.ones_like(ids)
    with torch.inference_mode():
        expected, found = model(ids, mask).logits, WholeRowLongformer(model).eval()(ids, mask)
    assert expected.abs().max() > 0.1
    assert (expected - found).abs().max() < 1e-5


def test_without_a_window_or_a_global_token_the_logits_are_others(settings):
    """So the agreement above is none of chance."""
    torch.manual_seed(1)
    model = transformers.LongformerForSequenceClassification(settings).eval()
    ids = torch.randint(5, 100, (1, 60))
    whole = WholeRowLongformer(model).eval()
    with torch.inference_mode():
        expected = whole(ids, torch.ones_like(ids))
        whole.first_is_global = False
        assert (expected - whole(ids, torch.ones_like(ids))).abs().max() > 1e-3
        whole.first_is_global = True
        for layer in model.longformer.encoder.layer:
            layer.attention.self.one_sided_attn_window_size = 100
        assert (expected - whole(ids, torch.ones_like(ids))).abs().max() > 1e-3
