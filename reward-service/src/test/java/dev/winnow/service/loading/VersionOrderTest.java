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
                .containsExactly("v2", "v2-rc9", "v2-rc10", "v12a", "v12b");
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
