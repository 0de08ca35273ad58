package dev.winnow.service.model;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.map;

import dev.winnow.service.domain.Density;
import dev.winnow.service.model.InputLayout.Affixes;
import dev.winnow.service.model.InputLayout.ContextPiece;
import dev.winnow.service.model.InputLayout.Literal;
import dev.winnow.service.model.InputLayout.MessagesPiece;
import dev.winnow.service.model.InputLayout.PromptPiece;
import dev.winnow.service.model.InputLayout.ResponsePiece;
import dev.winnow.service.model.InputLayout.Side;
import dev.winnow.service.model.InputLayout.Special;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ManifestReaderTest {
    private final Manifest manifest = TestingManifests.tiny();

    @Test
    void readsWhatTheBundleIs() {
        assertThat(manifest.name()).isEqualTo("tiny");
        assertThat(manifest.version()).isEqualTo("1");
        assertThat(manifest.description()).isEqualTo("Random weights for tests; its values mean nothing.");
        assertThat(manifest.license()).isEqualTo("Apache-2.0");
        assertThat(manifest.maximumTokens()).isEqualTo(64);
        assertThat(manifest.goldenTolerance()).isEqualTo(0.0001);
    }

    @Test
    void readsFilesAndTensors() {
        assertThat(manifest.files()).containsOnlyKeys("model.onnx", "tokenizer.json", "golden.jsonl");
        assertThat(TestingManifests.tinyText())
                .contains("tokenizer.json: " + manifest.files().get("tokenizer.json"));
        assertThat(manifest.files().get("tokenizer.json")).matches("[0-9a-f]{64}");
        assertThat(manifest.tensors())
                .isEqualTo(Map.of(
                        TensorRole.INPUT_IDS, "input_ids",
                        TensorRole.ATTENTION_MASK, "attention_mask",
                        TensorRole.TOKEN_TYPE_IDS, "token_type_ids"));
    }

    @Test
    void readsInputsPieceByPiece() {
        InputLayout pair = new InputLayout(
                "pair",
                List.of(
                        new Special("[CLS]", 0),
                        new PromptPiece(Side.LEFT, 16, 0),
                        new Special("[SEP]", 0),
                        new ResponsePiece(1),
                        new Special("[SEP]", 1)),
                false);
        InputLayout response = new InputLayout(
                "response", List.of(new Special("[CLS]", 0), new ResponsePiece(0), new Special("[SEP]", 0)), false);
        InputLayout grounds = new InputLayout(
                "grounds",
                List.of(
                        new Special("[CLS]", 0),
                        new ResponsePiece(1),
                        new Special("[SEP]", 1),
                        new ContextPiece(16, 0),
                        new Special("[SEP]", 0)),
                false);
        assertThat(manifest.inputs()).isEqualTo(Map.of("pair", pair, "response", response, "grounds", grounds));
    }

    @Test
    void readsRewardsInTheOrderOfTheFile() {
        assertThat(manifest.rewards().keySet()).containsExactly("quality", "fluency", "support");
        ReadOut mean = new ReadOut("quality_logits", 0, Pooling.MEAN, Optional.empty());
        assertThat(manifest.rewards())
                .containsEntry(
                        "quality",
                        new RewardSpecification(
                                "quality",
                                "a random number for a response to its prompt",
                                "pair",
                                -100,
                                100,
                                Link.LINEAR,
                                new Normalisation(0.25, 2, 0.5, 0.1),
                                Density.SENTENCE,
                                Map.of(
                                        Density.STEP, mean,
                                        Density.SUB_SENTENCE, mean,
                                        Density.SENTENCE, mean,
                                        Density.SEQUENCE,
                                                new ReadOut(
                                                        "quality_logits", 0, Pooling.LAST_TOKEN, Optional.empty()))));
    }

    @Test
    void readsInfiniteRanges() {
        Manifest open = read("range: [-100.0, 100.0]", "range: [-.inf, .inf]");
        assertThat(open.rewards().get("quality"))
                .extracting(RewardSpecification::minimum, RewardSpecification::maximum)
                .containsExactly(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    @Test
    void readsTheStatisticsOfOneDensityAlone() {
        Manifest told = read("read_out: last_token", "read_out: last_token, statistics: {mean: -1, std: 0}");
        assertThat(told.rewards().get("quality"))
                .extracting(RewardSpecification::readOuts, as(map(Density.class, ReadOut.class)))
                .containsEntry(
                        Density.SEQUENCE,
                        new ReadOut("quality_logits", 0, Pooling.LAST_TOKEN, Optional.of(new ValueStatistics(-1, 0))))
                .containsEntry(Density.SENTENCE, new ReadOut("quality_logits", 0, Pooling.MEAN, Optional.empty()));
    }

    @Test
    void readsTheLayoutOfAConversation() {
        Manifest changed = read(
                "prompt: {truncate: left, budget: 16}",
                "messages: {begin: '<s>', default_system: \"be kind\\n\", roles: {user: {prefix: '<user>', suffix: ''},"
                        + " assistant: {prefix: '', suffix: \"\\n\"}}, trim: true, truncate: right, budget: 9, token_type: 2}");
        assertThat(changed.inputs().get("pair"))
                .extracting(layout -> layout.pieces().get(1))
                .isEqualTo(new MessagesPiece(
                        "<s>",
                        "be kind\n",
                        Map.of("user", new Affixes("<user>", ""), "assistant", new Affixes("", "\n")),
                        true,
                        Side.RIGHT,
                        9,
                        2));
        Manifest sparse = read(
                "prompt: {truncate: left, budget: 16}",
                "messages: {roles: {user: {prefix: '', suffix: ''}}, truncate: left, budget: 9}");
        assertThat(sparse.inputs().get("pair"))
                .extracting(layout -> layout.pieces().get(1))
                .isEqualTo(new MessagesPiece("", "", Map.of("user", new Affixes("", "")), false, Side.LEFT, 9, 0));
    }

    @Test
    void readsLiteralsOfWhiteSpaceAlone() {
        Manifest changed = read("    - response\n", "    - {literal: \"\\n\", token_type: 2}\n    - response\n");
        assertThat(changed.inputs().get("response"))
                .extracting(layout -> layout.pieces().get(1))
                .isEqualTo(new Literal("\n", 2));
    }

    @Test
    void readsPromptsThatAreCutOnTheRight() {
        Manifest changed = read("{truncate: left, budget: 16}", "{truncate: right, budget: 5, token_type: 3}");
        assertThat(changed.inputs().get("pair"))
                .extracting(layout -> layout.pieces().get(1))
                .isEqualTo(new PromptPiece(Side.RIGHT, 5, 3));
    }

    private static Manifest read(String part, String replacement) {
        return new ManifestReader().read(TestingManifests.tinyWith(part, replacement));
    }
}
