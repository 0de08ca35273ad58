package dev.winnow.ppo.cli;

import dev.winnow.v1.RewardInfo;
import dev.winnow.v1.RewardVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One reward of one response, for a screen. */
final class Display {
    private static final int LEGEND_CELLS = 11;

    private final String response;
    private final RewardVector vector;
    private final RewardInfo reward;

    /**
     * Creates a display.
     *
     * @param response the text that the vector's offsets are of
     * @param reward what the server says of the reward
     */
    Display(String response, RewardVector vector, RewardInfo reward) {
        this.response = response;
        this.vector = vector;
        this.reward = reward;
    }

    /** Returns a table of segments and values. */
    List<String> plain() {
        Table table = new Table("VALUE", "START", "END", "SEGMENT");
        for (int i = 0; i < vector.getValuesCount(); i++) {
            table.add(
                    Numbers.value(vector.getValues(i)),
                    Integer.toString(vector.getStarts(i)),
                    Integer.toString(vector.getEnds(i)),
                    visibleLine(text(vector.getStarts(i), vector.getEnds(i))));
        }
        List<String> lines = new ArrayList<>(List.of(heading()));
        lines.addAll(table.lines());
        return lines;
    }

    /** Returns the response with each segment in the colour of its value, and the value behind it. */
    List<String> coloured(Palette palette) {
        Scale scale = Scale.of(vector, reward);
        StringBuilder text = new StringBuilder();
        int end = 0;
        for (int i = 0; i < vector.getValuesCount(); i++) {
            double position = scale.position(vector.getValues(i));
            text.append(visible(text(end, vector.getStarts(i))));
            end = vector.getEnds(i);
            // Line by line: a colour that runs over a line break would fill the rest of the line.
            text.append(Arrays.stream(visible(text(vector.getStarts(i), end)).split("\n", -1))
                    .map(line -> line.isEmpty() ? line : palette.paint(line, position))
                    .collect(Collectors.joining("\n")));
            text.append('[').append(Numbers.value(vector.getValues(i))).append(']');
        }
        text.append(visible(text(end, response.codePointCount(0, response.length()))));
        return List.of(heading(), text.toString(), legend(palette, scale));
    }

    private String heading() {
        String meaning = reward.getMeaning().isEmpty() ? "" : ": " + reward.getMeaning();
        return "%s %s, %s version %s%s%s"
                .formatted(
                        vector.getReward(),
                        vector.getDensity(),
                        vector.getBundle(),
                        vector.getVersion(),
                        vector.getTruncated() ? ", input truncated" : "",
                        meaning);
    }

    private static String legend(Palette palette, Scale scale) {
        String cells = IntStream.range(0, LEGEND_CELLS)
                .mapToObj(cell -> palette.paint(" ", cell / (LEGEND_CELLS - 1.0)))
                .collect(Collectors.joining());
        return "%s %s %s (greater is better)".formatted(Numbers.value(scale.low()), cells, Numbers.value(scale.high()));
    }

    private String text(int start, int end) {
        int from = response.offsetByCodePoints(0, start);
        return response.substring(from, response.offsetByCodePoints(from, end - start));
    }

    /** Returns the text on one line, with control characters and line breaks spelled out. */
    static String visibleLine(String text) {
        return visible(text).replace("\n", "\\n");
    }

    /** Returns the text with control characters spelled out: a response must not steer the reader's terminal. */
    private static String visible(String text) {
        return text.codePoints()
                .mapToObj(character -> Character.isISOControl(character) && character != '\n'
                        ? "\\u%04x".formatted(character)
                        : Character.toString(character))
                .collect(Collectors.joining());
    }
}
