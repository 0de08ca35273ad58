package dev.winnow.ppo.run;

import dev.winnow.ppo.config.Configuration;
import dev.winnow.ppo.tensor.ComputeDevice;

/** The device of a configuration. */
final class Devices {
    private Devices() {}

    /**
     * Returns the device.
     *
     * @throws dev.winnow.ppo.config.ConfigurationException where there is none of that name here
     */
    static ComputeDevice of(Configuration configuration) {
        try {
            return ComputeDevice.parse(configuration.get(RunKeys.DEVICE));
        } catch (IllegalArgumentException e) {
            throw configuration.refusal(e);
        }
    }
}
