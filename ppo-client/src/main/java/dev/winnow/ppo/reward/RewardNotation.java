package dev.winnow.ppo.reward;

import com.google.common.base.Splitter;
import dev.winnow.v1.Density;
import dev.winnow.v1.RewardRequest;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Rewards as people write them: {@code [BUNDLE/]NAME[:VERSION][@DENSITY][=WEIGHT]}, several with commas between. The
 * version is a name such as {@code 2} or a digest such as {@code sha256:...}.
 */
public final class RewardNotation {
    private static final String FORM = "[BUNDLE/]NAME[:VERSION][@DENSITY][=WEIGHT]";
    private static final Pattern NOTATION =
            Pattern.compile("(?<name>(?:[^/:@=\\s]+/)?[^/:@=\\s]+)(?::(?<version>[^/@=\\s]+))?"
                    + "(?:@(?<density>[^@=]*))?(?:=(?<weight>.*))?");

    private RewardNotation() {}

    /**
     * Reads a list of rewards.
     *
     * @throws IllegalArgumentException naming the part that is wrong and what is expected there
     */
    public static List<RewardRequest> parse(String rewards) {
        return Splitter.on(',')
                .trimResults()
                .splitToStream(rewards)
                .map(RewardNotation::parseOne)
                .toList();
    }

    /** Returns a reward as {@link #parse} reads it. */
    public static String format(RewardRequest reward) {
        return reward.getName()
                + (reward.getVersion().isEmpty() ? "" : ":" + reward.getVersion())
                + (reward.getDensity() == Density.DENSITY_UNSPECIFIED ? "" : "@" + reward.getDensity())
                + (reward.hasWeight() ? "=" + reward.getWeight() : "");
    }

    private static RewardRequest parseOne(String reward) {
        Matcher parts = NOTATION.matcher(reward);
        if (!parts.matches()) {
            throw new IllegalArgumentException("reward: '%s' (expected: %s)".formatted(reward, FORM));
        }
        RewardRequest.Builder request = RewardRequest.newBuilder().setName(parts.group("name"));
        if (parts.group("version") != null) {
            request.setVersion(parts.group("version"));
        }
        if (parts.group("density") != null) {
            request.setDensity(density(parts.group("density")));
        }
        if (parts.group("weight") != null) {
            request.setWeight(weight(parts.group("weight")));
        }
        return request.build();
    }

    private static Density density(String name) {
        List<Density> densities = Arrays.stream(Density.values())
                .filter(density -> density != Density.UNRECOGNIZED && density != Density.DENSITY_UNSPECIFIED)
                .toList();
        return densities.stream()
                .filter(density -> density.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("density: '%s' (expected: %s)"
                        .formatted(name, densities.stream().map(Density::name).collect(Collectors.joining(", ")))));
    }

    private static float weight(String number) {
        try {
            // Unlike Float.parseFloat, BigDecimal knows no NaN, no Infinity and no suffixes.
            float weight = new BigDecimal(number).floatValue();
            if (Float.isFinite(weight)) {
                return weight;
            }
        } catch (NumberFormatException e) {
            // Said below, together with numbers that are too large.
        }
        throw new IllegalArgumentException("weight: '%s' (expected: a finite number)".formatted(number));
    }
}
