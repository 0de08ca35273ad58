package dev.winnow.service.pipeline;

import dev.winnow.service.domain.ModelId;
import dev.winnow.service.domain.ReferenceCount;
import dev.winnow.service.input.InputBuilder;
import dev.winnow.service.model.InputLayout;
import dev.winnow.service.model.Manifest;
import dev.winnow.service.model.ModelRunner;
import dev.winnow.service.model.RewardSpecification;
import dev.winnow.service.text.Tokenizer;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One version of a bundle, opened: what its files say, ready to run. Compared by identity; thread-safe.
 *
 * <p>Closing it is the end of it as soon as no {@link Lease} keeps it: calls go on with the model that they began with.
 */
public final class RewardModel implements AutoCloseable {
    private final ModelId id;
    private final Manifest manifest;
    private final Tokenizer tokenizer;
    private final ModelRunner runner;
    private final Map<String, InputBuilder> inputs;
    private final ReferenceCount leases = new ReferenceCount(this::free);

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

    /** Calls that use it now. */
    public int callsInFlight() {
        return leases.users();
    }

    /** Whether it was closed and no call uses it any more. */
    public boolean isFreed() {
        return leases.isFreed();
    }

    ReferenceCount leases() {
        return leases;
    }

    @Override
    public void close() {
        leases.releaseOwner();
    }

    private void free() {
        runner.close();
        tokenizer.close();
    }
}
