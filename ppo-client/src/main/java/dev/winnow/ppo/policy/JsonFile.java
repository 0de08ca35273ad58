package dev.winnow.ppo.policy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.winnow.ppo.tensor.ModelFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** A JSON object of a model directory. A key whose value is null is absent, as Hugging Face writes it. */
record JsonFile(Path file, String prefix, JsonObject object) {
    static JsonFile read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new ModelFileException(file, "missing", "a file of a Hugging Face model directory");
        }
        try {
            return new JsonFile(
                    file, "", JsonParser.parseString(Files.readString(file)).getAsJsonObject());
        } catch (JsonParseException | IllegalStateException e) {
            throw new ModelFileException(file, "no JSON object", "one");
        }
    }

    int positive(String key) throws ModelFileException {
        return value(key, JsonElement::getAsInt, number -> number > 0, "a whole number above 0")
                .orElseThrow(() -> refusal(key, "missing", "a whole number above 0"));
    }

    int positive(String key, int otherwise) throws ModelFileException {
        return object.has(key) && !object.get(key).isJsonNull() ? positive(key) : otherwise;
    }

    double positiveNumber(String key) throws ModelFileException {
        return value(key, JsonElement::getAsDouble, number -> number > 0, "a number above 0")
                .orElseThrow(() -> refusal(key, "missing", "a number above 0"));
    }

    double positiveNumber(String key, double otherwise) throws ModelFileException {
        return object.has(key) && !object.get(key).isJsonNull() ? positiveNumber(key) : otherwise;
    }

    boolean flag(String key, boolean otherwise) throws ModelFileException {
        return value(key, JsonFile::strictBoolean, _ -> true, "true or false").orElse(otherwise);
    }

    String text(String key, String otherwise) throws ModelFileException {
        return value(key, JsonElement::getAsString, _ -> true, "text").orElse(otherwise);
    }

    Optional<JsonFile> child(String key) throws ModelFileException {
        return value(key, JsonElement::getAsJsonObject, _ -> true, "an object")
                .map(child -> new JsonFile(file, prefix + key + ".", child));
    }

    /** Refuses any value but the ones that the policy computes with; absent is fine. */
    void require(String key, JsonElement expected) throws ModelFileException {
        JsonElement found = object.get(key);
        if (found != null && !found.isJsonNull() && !found.equals(expected)) {
            throw refusal(key, found.toString(), expected.toString());
        }
    }

    /** Returns a value, where there is one. */
    <T> Optional<T> value(String key, Function<JsonElement, T> read, Predicate<T> valid, String expected)
            throws ModelFileException {
        JsonElement element = object.get(key);
        if (element == null || element.isJsonNull()) {
            return Optional.empty();
        }
        try {
            T value = read.apply(element);
            if (valid.test(value)) {
                return Optional.of(value);
            }
        } catch (RuntimeException e) {
            // Gson has several for a value of another kind; all mean what is said below.
        }
        throw refusal(key, element.toString(), expected);
    }

    ModelFileException refusal(String key, String found, String expected) {
        return new ModelFileException(file, prefix + key, found, expected);
    }

    /** Gson takes any text for false. */
    private static boolean strictBoolean(JsonElement element) {
        if (!element.getAsJsonPrimitive().isBoolean()) {
            throw new IllegalStateException("no truth value");
        }
        return element.getAsBoolean();
    }
}
