package dev.winnow.service.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WhiteSpaceTest {
    /** {@code [hex(c) for c in range(0x110000) if chr(c).isspace()]} in Python. */
    private static final List<Integer> PYTHON = List.of(
            0x9, 0xa, 0xb, 0xc, 0xd, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x85, 0xa0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003,
            0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200a, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000);

    @Test
    void isWhatPythonStrips() {
        List<Integer> stripped = IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(codePoint ->
                        WhiteSpace.strip(Character.toString(codePoint)).isEmpty())
                .boxed()
                .toList();
        assertThat(stripped).isEqualTo(PYTHON);
    }

    @Test
    void isStrippedAtBothEndsAlone() {
        assertThat(WhiteSpace.strip(" \u2003a \n b\u0085\t")).isEqualTo("a \n b");
        assertThat(WhiteSpace.strip("a")).isEqualTo("a");
        assertThat(WhiteSpace.strip(" \n")).isEmpty();
        assertThat(WhiteSpace.strip("")).isEmpty();
    }
}
