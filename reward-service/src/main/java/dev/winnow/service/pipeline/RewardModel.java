package dev.winnow.service.pipeline;

import dev.winnow.service.domain.ModelId;
import dev.winnow.service.input.InputBuilder;
import dev.winnow.service.model.InputLayout;
import dev.winnow.service.model.Manifest;
import dev.winnow.service.model.ModelRunner;
import dev.winnow.service.model.RewardSpecification;
import dev.winnow.service.text.Tokenizer;
import java.util.Map;
import java.util.stream.Collectors;

/** One version of a bundle, opened: what its files say, ready to run. Compared by identity; thread-safe. */
public final class RewardModel implements AutoCloseable {
    private final ModelId id;
    private final Manifest manifest;
    private final Tokenizer tokenizer;
    private final ModelRunner runner;
    private final Map<String, InputBuilder> inputs;

    public RewardModel(ModelId id, Manifest manifest, Tokenizer tokenizer, ModelRunner runner) {
        this.id = id;
        this.manifest = manifest;
        this.tokenizer = tokenizer;
        this.runner = runner;
        this.inputs = manifest.inputs().values().stream()
                .collect(Collectors.toMap(
                        layout -> layout.name(),
                        layout -> new InputBuilder(layout, tokenizer, manifest.maximumTokens())));
    }

    public ModelId id() {
        return id;
    }

    public Manifest manifest() {
        return manifest;
    }

    ModelRunner runner() {
        return runner;
    }

    InputBuilder input(String name) {
        InputBuilder builder = inputs.get(name);
        if (builder == null) {
            throw new IllegalArgumentException("input: %s (expected: one of %s)".formatted(name, inputs.keySet()));
        }
        return builder;
    }

    boolean refusesEmptyResponse(RewardSpecification reward) {
        InputLayout layout = manifest.inputs().get(reward.input());
        return layout != null && layout.refusesEmptyResponse();
    }

    @Override
    public void close() {
        runner.close();
        tokenizer.close();
    }
}
