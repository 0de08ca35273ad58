package dev.winnow.ppo.run;

import dev.winnow.ppo.config.Configuration;
import dev.winnow.ppo.policy.Policy;
import dev.winnow.ppo.policy.ValueHead;
import dev.winnow.ppo.policy.ValueModel;
import dev.winnow.ppo.ppo.Critic;
import dev.winnow.ppo.ppo.Models;
import dev.winnow.ppo.tensor.ComputeDevice;
import dev.winnow.ppo.tensor.StoredType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The models of a run, and how a checkpoint has them: {@code policy/}, and {@code critic/} or {@code critic.safetensors}.
 */
record RunModels(Models models) {
    private static final String POLICY = "policy";
    private static final String CRITIC = "critic";
    private static final String CRITIC_HEAD = "critic.safetensors";

    /**
     * Reads the models.
     *
     * @param resources closes them
     */
    static RunModels read(Configuration configuration, Optional<Checkpoint> from, Resources resources)
            throws IOException {
        ComputeDevice device = Devices.of(configuration);
        Path directory = configuration.get(TrainKeys.POLICY);
        Optional<Path> checkpoint = from.map(Checkpoint::folder);
        Policy reference = Policy.read(directory, device);
        resources.add(reference::close);
        // Its tokenizer is copied from the directory, so not from a checkpoint that will be deleted.
        Policy policy = Policy.read(directory, device);
        resources.add(policy::close);
        if (checkpoint.isPresent()) {
            policy.readWeights(checkpoint.get().resolve(POLICY));
        }
        Critic critic = switch (configuration.get(TrainKeys.VALUE_MODEL)) {
            case NETWORK -> network(directory, checkpoint, device);
            case HEAD -> head(policy, checkpoint, device);
        };
        resources.add(critic.weights()::close);
        return new RunModels(new Models(policy, reference, critic));
    }

    private static Critic network(Path policy, Optional<Path> checkpoint, ComputeDevice device) throws IOException {
        ValueModel model = ValueModel.startFrom(policy, device);
        if (checkpoint.isPresent()) {
            try {
                model.readWeights(checkpoint.get().resolve(CRITIC));
            } catch (IOException | RuntimeException e) {
                model.close();
                throw e;
            }
        }
        return new Critic.Network(model);
    }

    private static Critic head(Policy policy, Optional<Path> checkpoint, ComputeDevice device) throws IOException {
        return new Critic.Head(
                checkpoint.isPresent()
                        ? ValueHead.read(checkpoint.get().resolve(CRITIC_HEAD), policy.config(), device)
                        : ValueHead.zero(policy.config(), device));
    }

    /** Writes policy and critic, without loss. */
    void write(Path folder) throws IOException {
        models.policy().write(folder.resolve(POLICY), StoredType.F32);
        switch (models.critic()) {
            case Critic.Network(ValueModel model) -> model.write(folder.resolve(CRITIC), StoredType.F32);
            case Critic.Head(ValueHead head) -> head.write(folder.resolve(CRITIC_HEAD));
        }
    }
}
