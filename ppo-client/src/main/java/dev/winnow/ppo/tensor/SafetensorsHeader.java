package dev.winnow.ppo.tensor;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** The JSON header of a safetensors file: where each tensor's bytes begin and end behind it, its type and shape. */
final class SafetensorsHeader {
    private static final String METADATA = "__metadata__";

    /** One tensor; {@code begin} and {@code end} count bytes from the end of the header. */
    record Entry(StoredType type, List<Long> shape, long begin, long end) {}

    private SafetensorsHeader() {}

    /** Reads a header and refuses tensors whose bytes are not those of their shape or not in the file. */
    static SequencedMap<String, Entry> parse(Path file, byte[] json, long bytesBehind) throws ModelFileException {
        SequencedMap<String, Entry> entries = new LinkedHashMap<>();
        for (Map.Entry<String, JsonElement> member : object(file, json).entrySet()) {
            if (!member.getKey().equals(METADATA)) {
                entries.put(member.getKey(), entry(file, member.getKey(), member.getValue(), bytesBehind));
            }
        }
        return entries;
    }

    /** Returns the bytes of a header, padded so that the numbers behind it are aligned. */
    static byte[] format(SequencedMap<String, Entry> entries) {
        JsonObject root = new JsonObject();
        JsonObject metadata = new JsonObject();
        metadata.addProperty("format", "pt"); // transformers refuses files that do not say it
        root.add(METADATA, metadata);
        entries.forEach((name, entry) -> {
            JsonObject member = new JsonObject();
            member.addProperty("dtype", entry.type().name());
            member.add("shape", array(entry.shape()));
            member.add("data_offsets", array(List.of(entry.begin(), entry.end())));
            root.add(name, member);
        });
        byte[] json = root.toString().getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        return padded;
    }

    private static JsonObject object(Path file, byte[] json) throws ModelFileException {
        try {
            return JsonParser.parseString(new String(json, StandardCharsets.UTF_8))
                    .getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            throw new ModelFileException(file, "header: no JSON object", "the header of a safetensors file");
        }
    }

    private static Entry entry(Path file, String name, JsonElement member, long bytesBehind) throws ModelFileException {
        Entry entry;
        try {
            JsonObject fields = member.getAsJsonObject();
            List<Long> offsets = numbers(fields.getAsJsonArray("data_offsets"));
            StoredType type = type(file, name, fields.get("dtype").getAsString());
            entry = new Entry(type, numbers(fields.getAsJsonArray("shape")), offsets.get(0), offsets.get(1));
        } catch (RuntimeException e) {
            throw new ModelFileException(file, name, member.toString(), "dtype, shape and data_offsets");
        }
        long bytes = entry.shape().stream().reduce(entry.type().bytes(1), Math::multiplyExact);
        if (entry.end() - entry.begin() != bytes) {
            throw new ModelFileException(file, name, entry.end() - entry.begin() + " bytes", bytes + " for its shape");
        }
        if (entry.begin() < 0 || entry.end() > bytesBehind) {
            throw new ModelFileException(
                    file,
                    name,
                    "bytes %d to %d".formatted(entry.begin(), entry.end()),
                    "within 0 to " + bytesBehind + "; is the file cut short?");
        }
        return entry;
    }

    private static StoredType type(Path file, String name, String dtype) throws ModelFileException {
        return Stream.of(StoredType.values())
                .filter(type -> type.name().equals(dtype))
                .findFirst()
                .orElseThrow(() -> new ModelFileException(file, name, "dtype " + dtype, StoredType.names()));
    }

    private static List<Long> numbers(JsonArray array) {
        return array.asList().stream().map(JsonElement::getAsLong).toList();
    }

    private static JsonArray array(List<Long> numbers) {
        JsonArray array = new JsonArray();
        numbers.forEach(array::add);
        return array;
    }
}
