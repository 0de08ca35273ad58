package dev.winnow.service.pipeline;

import dev.winnow.service.domain.Density;
import dev.winnow.service.model.RewardSpecification;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rewards of a call, each resolved to one model. */
public record Selection(List<Reward> rewards) {
    /**
     * One reward to compute.
     *
     * @param weight factor in the combined reward, if it takes part
     */
    public record Reward(
            RewardModel model,
            RewardSpecification specification,
            Density density,
            Optional<Float> weight,
            boolean rawValues) {
        Input input() {
            return new Input(model, specification.input());
        }

        /** {@code BUNDLE/NAME@DENSITY}. */
        String label() {
            return "%s/%s@%s".formatted(model.id().bundle(), specification.name(), density);
        }
    }

    /** One layout of one model: whatever rewards read it share a run. */
    record Input(RewardModel model, String name) {}

    public Selection {
        rewards = List.copyOf(rewards);
    }

    boolean isWeighted() {
        return rewards.stream().anyMatch(reward -> reward.weight().isPresent());
    }

    Set<RewardModel> models() {
        return rewards.stream().map(Reward::model).collect(Collectors.toSet());
    }

    Stream<Input> inputs() {
        return rewards.stream().map(Reward::input).distinct();
    }

    Stream<Density> densities() {
        return rewards.stream().map(Reward::density).distinct();
    }

    List<String> labels() {
        return rewards.stream().map(Reward::label).toList();
    }
}
