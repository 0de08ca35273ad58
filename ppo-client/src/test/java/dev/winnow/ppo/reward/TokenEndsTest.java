package dev.winnow.ppo.reward;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.Bytes;
import com.google.gson.Gson;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TokenEndsTest {
    /** A golden case, as far as it concerns this function; docs/token-offsets.md has the rest. */
    record Case(String name, List<String> bytes, String response, List<Integer> ends) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> golden() throws IOException {
        try (Reader file = new InputStreamReader(
                Objects.requireNonNull(TokenEndsTest.class.getResourceAsStream("/token-ends.json")),
                StandardCharsets.UTF_8)) {
            return Arrays.stream(new Gson().fromJson(file, Case[].class));
        }
    }

    @ParameterizedTest
    @MethodSource("golden")
    void agreesWithTheGoldenCases(Case golden) {
        List<byte[]> tokens = golden.bytes().stream()
                .map(bytes -> HexFormat.of().parseHex(bytes.replace(" ", "")))
                .toList();

        assertThat(TokenEnds.of(tokens)).isEqualTo(new TokenEnds(golden.response(), golden.ends()));
    }

    @Property
    void wellFormedTextKeepsItsCharactersWhereverItIsCut(
            @ForAll("characters") List<Integer> characters, @ForAll List<@IntRange(min = 1, max = 6) Integer> lengths) {
        String text = characters.stream().map(Character::toString).collect(Collectors.joining());
        List<byte[]> tokens = cut(text.getBytes(StandardCharsets.UTF_8), lengths);

        TokenEnds decoded = TokenEnds.of(tokens);

        assertThat(decoded.response()).isEqualTo(text);
        int bytes = 0;
        for (int token = 0; token < tokens.size(); token++) {
            bytes += tokens.get(token).length;
            assertThat(decoded.ends().get(token)).isEqualTo(charactersWithin(characters, bytes));
        }
    }

    @Property
    void anyBytesGiveEndsThatGrowToTheLengthOfTheText(@ForAll("tokens") List<byte[]> tokens) {
        TokenEnds decoded = TokenEnds.of(tokens);

        assertThat(decoded.ends()).hasSameSizeAs(tokens).isSorted();
        if (!tokens.isEmpty()) {
            assertThat(decoded.ends().getLast())
                    .isEqualTo(decoded.response()
                            .codePointCount(0, decoded.response().length()));
        }
    }

    @Property
    void theTextDoesNotDependOnTheCutsAndIsTheDecodersOfTheJdk(@ForAll("tokens") List<byte[]> tokens) {
        byte[] whole = Bytes.concat(tokens.toArray(byte[][]::new));

        assertThat(TokenEnds.of(tokens).response())
                .isEqualTo(TokenEnds.of(List.of(whole)).response());
        // Of encoded surrogates, which begin with ED, the JDK makes one replacement; Unicode recommends three.
        if (Bytes.indexOf(whole, (byte) 0xED) < 0) {
            assertThat(TokenEnds.of(tokens).response()).isEqualTo(new String(whole, StandardCharsets.UTF_8));
        }
    }

    @Provide
    Arbitrary<List<Integer>> characters() {
        return Arbitraries.of(
                        0, 0x20, 0x61, 0x7F, 0x80, 0x301, 0x7FF, 0x800, 0x200D, 0xD7FF, 0xE000, 0xFFFD, 0x1F600,
                        0x10FFFF)
                .list();
    }

    /** Bytes at the borders of what UTF-8 allows, so that sequences begin, go on and break off. */
    @Provide
    Arbitrary<List<byte[]>> tokens() {
        return Arbitraries.of(
                        0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF, 0xF0,
                        0xF1, 0xF4, 0xF5, 0xFF)
                .map(Integer::byteValue)
                .array(Byte[].class)
                .ofMaxSize(5)
                .map(token -> Bytes.toArray(Arrays.asList(token)))
                .list();
    }

    private static List<byte[]> cut(byte[] bytes, List<Integer> lengths) {
        List<byte[]> tokens = new ArrayList<>();
        int start = 0;
        for (int length : lengths) {
            int end = Math.min(start + length, bytes.length);
            tokens.add(Arrays.copyOfRange(bytes, start, end));
            start = end;
        }
        tokens.add(Arrays.copyOfRange(bytes, start, bytes.length));
        return tokens;
    }

    private static int charactersWithin(List<Integer> characters, int bytes) {
        int within = 0;
        int end = 0;
        for (int character : characters) {
            end += Character.toString(character).getBytes(StandardCharsets.UTF_8).length;
            within += end <= bytes ? 1 : 0;
        }
        return within;
    }
}
