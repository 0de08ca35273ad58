package dev.winnow.service.pipeline;

import dev.winnow.service.domain.Density;
import dev.winnow.service.domain.ModelId;
import dev.winnow.service.domain.RewardRequest;
import dev.winnow.service.model.Logits;
import dev.winnow.service.model.ManifestReader;
import dev.winnow.service.model.ModelRunner;
import dev.winnow.service.model.TestingManifests;
import dev.winnow.service.model.TestingModelRunner;
import dev.winnow.service.model.TokenRow;
import dev.winnow.service.text.TestingTokenizers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Models with the tiny bundle's manifest and one token a code point. */
final class TestingModels {
    private TestingModels() {}

    /** Digest {@code sha256:BUNDLE-VERSION}. */
    static RewardModel of(String bundle, String version, ModelRunner runner) {
        return of(bundle, version, TestingManifests.tinyText(), runner);
    }

    static RewardModel of(String bundle, String version, String manifest, ModelRunner runner) {
        return new RewardModel(
                new ModelId(bundle, version, "sha256:%s-%s".formatted(bundle, version)),
                new ManifestReader().read(manifest),
                TestingTokenizers.codePoints(),
                runner);
    }

    static Catalog catalog(RewardModel... latestFirst) {
        return new Catalog(Map.of(latestFirst[0].id().bundle(), List.of(latestFirst)));
    }

    /** Gives {@code quality} the token's id as logit, and {@code fluency} two equal ones. */
    static TestingModelRunner echo() {
        return new TestingModelRunner(row -> new Logits(Map.of(
                "quality_logits", new Logits.Output(ids(row), 1),
                "fluency_logits", new Logits.Output(new float[2 * row.width()], 2))));
    }

    /** Gives {@code NaN} for every row that holds the letter x, else what {@link #echo()} gives. */
    static TestingModelRunner notANumberForX() {
        TestingModelRunner echo = echo();
        return new TestingModelRunner(row -> {
            Logits logits = echo.run(row);
            if (!row.ids().contains((int) 'x')) {
                return logits;
            }
            float[] values = new float[row.width()];
            Arrays.fill(values, Float.NaN);
            return new Logits(Map.of("quality_logits", new Logits.Output(values, 1)));
        });
    }

    static RewardRequest request(String name) {
        return new RewardRequest(name, Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    static RewardRequest at(String name, Density density) {
        return new RewardRequest(name, Optional.of(density), Optional.empty(), Optional.empty(), false);
    }

    static RewardRequest version(String name, String version) {
        return new RewardRequest(name, Optional.empty(), Optional.of(version), Optional.empty(), false);
    }

    static RewardRequest weighted(String name, Density density, float weight) {
        return new RewardRequest(name, Optional.of(density), Optional.empty(), Optional.of(weight), false);
    }

    private static float[] ids(TokenRow row) {
        float[] values = new float[row.width()];
        for (int token = 0; token < values.length; token++) {
            values[token] = row.ids().get(token);
        }
        return values;
    }
}
