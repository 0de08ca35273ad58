package dev.winnow.ppo.report.page;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.winnow.ppo.report.Numbers;
import dev.winnow.ppo.report.folder.SampleGeneration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A sample generation as the page shows it.
 *
 * @param totals of each reward, in the order of the page's names; a dash where the sample has none
 */
record SampleView(String when, List<Token> tokens, List<String> totals) {
    /** In a sample's line, {@code combined} is beside the rewards; here it is the last of them. */
    static final String COMBINED = "combined";

    private static final Gson JSON = new GsonBuilder().serializeNulls().create();

    /**
     * A token of the response.
     *
     * @param pieces empty for one without text, such as the one that ends the response
     * @param values JSON, a value for each of the page's names, in single precision; null where the sample has none
     */
    record Token(List<VisibleText.Piece> pieces, String values) {}

    static SampleView of(SampleGeneration sample, List<String> names) {
        List<Optional<List<Double>>> rewards =
                names.stream().map(name -> values(sample, name)).toList();
        List<Token> tokens = new ArrayList<>();
        int from = 0;
        int begin = 0;
        for (int token = 0; token < sample.tokenEnds().size(); token++) {
            int end = sample.response()
                    .offsetByCodePoints(from, sample.tokenEnds().get(token) - begin);
            tokens.add(
                    new Token(VisibleText.of(sample.response().substring(from, end)), JSON.toJson(at(rewards, token))));
            from = end;
            begin = sample.tokenEnds().get(token);
        }
        return new SampleView(
                when(sample.step()),
                List.copyOf(tokens),
                rewards.stream().map(SampleView::total).toList());
    }

    private static Optional<List<Double>> values(SampleGeneration sample, String name) {
        return name.equals(COMBINED)
                ? Optional.of(sample.combined())
                : Optional.ofNullable(sample.rewards().get(name));
    }

    private static List<@Nullable Float> at(List<Optional<List<Double>>> rewards, int token) {
        List<@Nullable Float> values = new ArrayList<>();
        rewards.forEach(reward ->
                values.add(reward.map(all -> all.get(token).floatValue()).orElse(null)));
        return values;
    }

    private static String total(Optional<List<Double>> values) {
        return values.map(all -> Numbers.significant(
                        all.stream().mapToDouble(Double::doubleValue).sum()))
                .orElse("–");
    }

    private static String when(long step) {
        return step < 0 ? "before training" : "after step " + step;
    }
}
