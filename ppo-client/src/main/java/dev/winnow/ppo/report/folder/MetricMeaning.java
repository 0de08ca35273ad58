package dev.winnow.ppo.report.folder;

import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a metric by its name; {@code docs/ppo-details.md} has the formulae.
 *
 * @param heldOut whether it is of held-out prompts
 * @param section what it is about; for the order of charts
 * @param chart title of the chart that it shares with metrics of the same unit
 * @param unit empty for a part from 0 to 1, a number of events, or one that is not known
 */
public record MetricMeaning(boolean heldOut, Section section, String chart, String unit, Better better) {
    private static final String HELD_OUT = "evaluation/";

    /** In the order in which they are shown. */
    public enum Section {
        REWARDS("Rewards"),
        POLICY("Policy"),
        LEARNING("Learning"),
        VALUES("Value model"),
        TIME("Time"),
        SERVICE("Reward service"),
        OTHER("Other");

        private final String title;

        Section(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    /** Which of two values is the better one. */
    public enum Better {
        GREATER,
        LESS,
        NEITHER
    }

    /** What metrics are whose names, without {@code evaluation/}, match; {@code $0} in a title is the name. */
    private record Rule(Pattern names, Section section, String chart, String unit, Better better) {
        Rule(String names, Section section, String chart, String unit, Better better) {
            this(Pattern.compile(names), section, chart, unit, better);
        }

        @Nullable
        MetricMeaning meaning(boolean heldOut, String name) {
            Matcher matcher = names.matcher(name);
            return matcher.matches()
                    ? new MetricMeaning(heldOut, section, chart.replace("$0", name), unit, better)
                    : null;
        }
    }

    private static final List<Rule> RULES = List.of(
            new Rule("reward/.+", Section.REWARDS, "$0", "sum over a response", Better.GREATER),
            new Rule("kl/reference.*", Section.POLICY, "KL to the reference", "nats a response", Better.NEITHER),
            new Rule("kl/update", Section.POLICY, "KL of the update", "nats a token", Better.NEITHER),
            new Rule("kl/coefficient", Section.POLICY, "KL coefficient", "reward a nat", Better.NEITHER),
            new Rule("entropy", Section.POLICY, "Entropy", "nats a token", Better.NEITHER),
            new Rule("response/tokens", Section.POLICY, "Response length", "tokens", Better.NEITHER),
            new Rule("response/truncated", Section.POLICY, "Truncated responses", "", Better.NEITHER),
            new Rule("loss/policy", Section.LEARNING, "Policy loss", "", Better.NEITHER),
            new Rule("loss/value", Section.LEARNING, "Value loss", "squared returns", Better.NEITHER),
            new Rule("loss(/train)?", Section.LEARNING, "Loss", "nats a token", Better.LESS),
            new Rule("perplexity", Section.LEARNING, "Perplexity", "", Better.LESS),
            new Rule("clipped/.+", Section.LEARNING, "Clipped tokens", "", Better.NEITHER),
            new Rule("gradient_norm(/.+)?", Section.LEARNING, "Gradient norm before clipping", "", Better.NEITHER),
            new Rule("learning_rate(/.+)?", Section.LEARNING, "Learning rate", "", Better.NEITHER),
            new Rule("tokens/train", Section.LEARNING, "Tokens learnt from", "a step", Better.NEITHER),
            new Rule("update/.+", Section.LEARNING, "Moves of the weights", "", Better.NEITHER),
            new Rule("(value|return)/mean", Section.VALUES, "Values and returns", "reward", Better.NEITHER),
            new Rule("value/explained_variance", Section.VALUES, "Explained variance", "", Better.GREATER),
            new Rule("seconds/service_interrupted", Section.SERVICE, "Time without the service", "s", Better.NEITHER),
            new Rule("seconds/.+", Section.TIME, "Time", "s", Better.NEITHER),
            new Rule("service/.+", Section.SERVICE, "Failures of the service", "a step", Better.NEITHER),
            new Rule(".*", Section.OTHER, "$0", "", Better.NEITHER));

    /** Returns the meaning of any name. */
    public static MetricMeaning of(String metric) {
        String name = baseName(metric);
        return RULES.stream()
                .map(rule -> rule.meaning(!name.equals(metric), name))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }

    /** Returns a metric's name without what tells that it is of held-out prompts. */
    public static String baseName(String metric) {
        return metric.startsWith(HELD_OUT) ? metric.substring(HELD_OUT.length()) : metric;
    }
}
