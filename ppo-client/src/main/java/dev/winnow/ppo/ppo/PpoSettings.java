package dev.winnow.ppo.ppo;

import dev.winnow.ppo.rollout.RolloutSettings;
import dev.winnow.ppo.rollout.Settings;

/**
 * All that a training run is told of its arithmetic. Every value is refused where it is out of range.
 *
 * @param seed of everything that is left to chance: the order of prompts, responses, the order of learning
 */
public record PpoSettings(
        long seed,
        RolloutSettings rollout,
        KlPenalty kl,
        AdvantageSettings advantages,
        LossSettings loss,
        UpdateSettings update,
        OptimizerSettings optimizer) {
    public static final PpoSettings DEFAULT = new PpoSettings(
            0,
            RolloutSettings.DEFAULT,
            KlPenalty.DEFAULT,
            AdvantageSettings.DEFAULT,
            LossSettings.DEFAULT,
            UpdateSettings.DEFAULT,
            OptimizerSettings.DEFAULT);

    public PpoSettings {
        Settings.require(
                update.miniBatch() <= rollout.responses(),
                "update.mini_batch",
                update.miniBatch(),
                "at most the %d responses of a step".formatted(rollout.responses()));
        if (kl instanceof KlPenalty.Adaptive adaptive) {
            // Shorter, and one step could turn the coefficient's sign.
            Settings.require(
                    adaptive.horizon() >= rollout.responses(),
                    "kl.horizon",
                    adaptive.horizon(),
                    "at least the %d responses of a step".formatted(rollout.responses()));
        }
    }
}
