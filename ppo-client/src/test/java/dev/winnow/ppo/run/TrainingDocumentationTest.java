package dev.winnow.ppo.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.ppo.config.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of keys in {@code docs/training.md} are those of the code. */
class TrainingDocumentationTest {
    static Stream<Arguments> kinds() {
        return Stream.of(
                Arguments.of("## Keys of `train`", (Supplier<RunKind>) RunKind::training),
                Arguments.of("## Keys of `sft`", (Supplier<RunKind>) RunKind::supervised));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void listsEveryKeyWithItsDefaultAndMeaning(String heading, Supplier<RunKind> kind) throws IOException {
        String section = Files.readString(Path.of("../docs/training.md"))
                .split(heading + "\n", 2)[1]
                .split("\n## ", 2)[0];

        List<String> rows =
                section.lines().filter(line -> line.startsWith("| `")).toList();

        assertThat(rows)
                .containsExactlyElementsOf(kind.get().keys().stream()
                        .map(TrainingDocumentationTest::row)
                        .toList());
    }

    private static String row(Key<?> key) {
        String otherwise = key.documentedDefault();
        boolean words = List.of("none", "must be given").contains(otherwise);
        return "| `%s` | %s | %s |".formatted(key.name(), words ? otherwise : "`" + otherwise + "`", key.meaning());
    }
}
