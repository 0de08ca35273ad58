package dev.winnow.ppo.ppo;

import com.google.common.primitives.Floats;
import dev.winnow.ppo.policy.Generator;
import dev.winnow.ppo.policy.Policy;
import dev.winnow.ppo.policy.ResponseLength;
import dev.winnow.ppo.policy.Sampling;
import dev.winnow.ppo.policy.ValueModel;
import dev.winnow.ppo.reward.RewardSource;
import dev.winnow.ppo.rollout.Prompt;
import dev.winnow.ppo.rollout.RolloutMaker;
import dev.winnow.ppo.rollout.RolloutSettings;
import dev.winnow.ppo.rollout.TruncatedResponse;
import dev.winnow.ppo.tensor.ComputeDevice;
import dev.winnow.ppo.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bytedeco.pytorch.global.torch;

/** A run of a tiny random policy, on one thread: with more, models as small as these mostly wait for them. */
final class TestingRun implements AutoCloseable {
    static final int TOKENS = 8;
    static final List<Prompt> PROMPTS = List.of(
            new Prompt("even", List.of(), new long[] {1, 40}), new Prompt("odd", List.of(), new long[] {1, 9, 9, 41}));

    static final Path MODEL = Path.of("src/test/resources/policies/tied");

    final Policy policy;
    final Policy reference;
    final ValueModel values;
    final PpoTrainer trainer;
    private final int threads = torch.get_num_threads();

    /**
     * Begins a run.
     *
     * @param endTokens those that end a response
     */
    TestingRun(PpoSettings settings, RewardSource rewards, Set<Integer> endTokens) throws IOException {
        torch.set_num_threads(1);
        policy = Policy.read(MODEL, ComputeDevice.CPU);
        reference = Policy.read(MODEL, ComputeDevice.CPU);
        values = ValueModel.startFrom(MODEL, ComputeDevice.CPU);
        RolloutMaker maker =
                new RolloutMaker(new Generator(policy, endTokens), ParityRewards::text, rewards, settings.rollout());
        trainer = new PpoTrainer(settings, new Models(policy, reference, new Critic.Network(values)), PROMPTS, maker);
    }

    static PpoSettings settings(RolloutSettings rollout, UpdateSettings update) {
        return new PpoSettings(
                7,
                rollout,
                new KlPenalty.Fixed(0),
                AdvantageSettings.DEFAULT,
                LossSettings.DEFAULT,
                update,
                new OptimizerSettings(3e-3, 3e-3, 0.9, 0.999, 1e-8, 0, 5, 0));
    }

    static RolloutSettings rollout(int prompts, TruncatedResponse truncated, double penalty) {
        return new RolloutSettings(
                prompts, 1, 16, ResponseLength.atMost(TOKENS), new Sampling(1, 0, 1), truncated, penalty, true);
    }

    /** Returns all weights of the policy, one after the other. */
    float[] weights() {
        List<float[]> parts = new ArrayList<>();
        policy.weights().all().values().forEach(weight -> parts.add(Tensors.floats(weight)));
        return Floats.concat(parts.toArray(float[][]::new));
    }

    @Override
    public void close() {
        trainer.close();
        values.close();
        reference.close();
        policy.close();
        torch.set_num_threads(threads);
    }
}
