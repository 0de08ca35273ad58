package dev.winnow.service.model;

import dev.winnow.service.domain.Density;
import java.util.Map;

/**
 * One reward of a bundle.
 *
 * @param meaning what a value means, for people
 * @param input name of the {@link InputLayout} that it reads
 * @param minimum smallest possible value, maybe negative infinity
 * @param maximum largest possible value, maybe infinity
 * @param readOuts one for each density that it can be had at
 */
public record RewardSpecification(
        String name,
        String meaning,
        String input,
        double minimum,
        double maximum,
        Link link,
        Normalisation normalisation,
        Density defaultDensity,
        Map<Density, ReadOut> readOuts) {}
