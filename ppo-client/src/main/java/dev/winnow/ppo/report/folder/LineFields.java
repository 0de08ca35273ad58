package dev.winnow.ppo.report.folder;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;

/** The fields of a line. Each method throws {@link IllegalArgumentException}, without the value: it may be a sample's. */
record LineFields(JsonObject object) {
    String text(String name) {
        return read(name, "text", element -> {
            require(element.isJsonPrimitive() && element.getAsJsonPrimitive().isString());
            return element.getAsString();
        });
    }

    long whole(String name) {
        return read(
                name,
                "a whole number",
                element -> number(element).getAsBigDecimal().longValueExact());
    }

    List<Double> numbers(String name) {
        return read(name, "a list of numbers", LineFields::numbers);
    }

    List<Integer> wholes(String name) {
        return read(
                name,
                "a list of whole numbers",
                element -> list(element, each -> number(each).getAsBigDecimal().intValueExact()));
    }

    SequencedMap<String, Double> namedNumbers(String name) {
        return named(name, "numbers by name", LineFields::finite);
    }

    SequencedMap<String, List<Double>> namedLists(String name) {
        return named(name, "lists of numbers by name", LineFields::numbers);
    }

    private <T> SequencedMap<String, T> named(String name, String expected, Function<JsonElement, T> value) {
        return read(name, expected, element -> {
            SequencedMap<String, T> values = new LinkedHashMap<>();
            element.getAsJsonObject().asMap().forEach((key, each) -> values.put(key, value.apply(each)));
            return Collections.unmodifiableSequencedMap(values);
        });
    }

    private <T> T read(String name, String expected, Function<JsonElement, T> reader) {
        JsonElement element = object.get(name);
        if (element == null) {
            throw new IllegalArgumentException("%s: missing (expected: %s)".formatted(name, expected));
        }
        try {
            return reader.apply(element);
        } catch (IllegalStateException | ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("%s: something else (expected: %s)".formatted(name, expected), e);
        }
    }

    private static List<Double> numbers(JsonElement element) {
        return list(element, LineFields::finite);
    }

    private static <T> List<T> list(JsonElement element, Function<JsonElement, T> value) {
        return element.getAsJsonArray().asList().stream().map(value).toList();
    }

    private static double finite(JsonElement element) {
        double number = number(element).getAsDouble();
        require(Double.isFinite(number));
        return number;
    }

    /** Gson takes text with a number in it for a number. */
    private static JsonPrimitive number(JsonElement element) {
        require(element.isJsonPrimitive() && element.getAsJsonPrimitive().isNumber());
        return element.getAsJsonPrimitive();
    }

    private static void require(boolean valid) {
        if (!valid) {
            throw new IllegalStateException("another kind of value");
        }
    }
}
