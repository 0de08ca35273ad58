package dev.winnow.service.domain;

import java.util.Optional;

/**
 * A reward that a caller asks for.
 *
 * @param name {@code NAME} or {@code BUNDLE/NAME}
 * @param density the reward's default where empty
 * @param version name or digest; the latest where empty
 * @param weight factor in the combined reward, in which it takes no part where empty
 * @param rawValues whether the values before normalisation are wanted too
 */
public record RewardRequest(
        String name, Optional<Density> density, Optional<String> version, Optional<Float> weight, boolean rawValues) {}
