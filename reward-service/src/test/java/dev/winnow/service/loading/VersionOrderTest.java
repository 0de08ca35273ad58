package dev.winnow.service.loading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class VersionOrderTest {
    private final VersionOrder order = new VersionOrder();

    @Test
    void numbersCompareAsNumbers() {
        assertThat(sorted("10", "9", "100", "1")).containsExactly("1", "9", "10", "100");
    }

    @Test
    void dottedNumbersCompareNumberByNumber() {
        assertThat(sorted("1.10", "1.9", "2.0", "1.10.1", "1")).containsExactly("1", "1.9", "1.10", "1.10.1", "2.0");
    }

    @Test
    void numbersInsideTextCompareAsNumbers() {
        assertThat(sorted("v12b", "v2", "v12a", "v2-rc10", "v2-rc9"))
                .containsExactly("v2-rc9", "v2-rc10", "v2", "v12a", "v12b");
    }

    @Test
    void preReleaseIsOlderThanItsRelease() {
        assertThat(sorted("1.0", "1.0-rc1", "0.9", "1.0.1-rc1", "1.0.1"))
                .containsExactly("0.9", "1.0-rc1", "1.0", "1.0.1-rc1", "1.0.1");
    }

    /** The example of Semantic Versioning 2.0, rule 11. */
    @Test
    void preReleasesCompareByTheirIdentifiers() {
        List<String> rule11 = List.of(
                "1.0.0-alpha",
                "1.0.0-alpha.1",
                "1.0.0-alpha.beta",
                "1.0.0-beta",
                "1.0.0-beta.2",
                "1.0.0-beta.11",
                "1.0.0-rc.1",
                "1.0.0");
        assertThat(sorted(rule11.reversed().toArray(String[]::new))).isEqualTo(rule11);
    }

    @Test
    void hyphenBehindANameIsNoPreRelease() {
        assertThat(sorted("large-2", "large", "large-10")).containsExactly("large", "large-2", "large-10");
    }

    @Test
    void versionsThatDifferAreNeverEqual() {
        assertThat(order.compare("01", "1")).isNotZero();
        assertThat(order.compare("1", "v1")).isNotZero();
    }

    @Test
    void numbersMayBeLongerThanALong() {
        assertThat(sorted("20260102030405060708091", "9", "20260102030405060708090"))
                .containsExactly("9", "20260102030405060708090", "20260102030405060708091");
    }

    @Test
    void datesCompareInOrder() {
        assertThat(sorted("2026-10-01", "2026-9-30", "2025-12-31"))
                .containsExactly("2025-12-31", "2026-9-30", "2026-10-01");
    }

    @Property
    void isAnOrder(@ForAll("versions") String one, @ForAll("versions") String two, @ForAll("versions") String three) {
        assertThat(order.compare(one, one)).isZero();
        assertThat(Integer.signum(order.compare(one, two))).isEqualTo(-Integer.signum(order.compare(two, one)));
        if (order.compare(one, two) <= 0 && order.compare(two, three) <= 0) {
            assertThat(order.compare(one, three)).isNotPositive();
        }
    }

    @Provide
    Arbitrary<String> versions() {
        return Arbitraries.strings().withChars("0129.-av").ofMinLength(1).ofMaxLength(5);
    }

    private List<String> sorted(String... versions) {
        return Arrays.stream(versions).sorted(order).toList();
    }
}
