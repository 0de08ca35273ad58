package dev.winnow.ppo.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "3, 3",
        "-1234567, -1234567",
        "0.25, 0.2500",
        "-1.23456, -1.235",
        "12345.678, 12350",
        "0.00012346, 0.0001235",
        "0.00001, 1.000e-05",
        "1e9, 1.000e+09"
    })
    void keepsFourDigits(double number, String text) {
        assertThat(Numbers.significant(number)).isEqualTo(text);
    }
}
