package dev.winnow.service.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestNumbersTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            golden_tolerance: 0.0001 | golden_tolerance: '.inf'
            golden_tolerance: 0.0001 | golden_tolerance: -1.0
            std: 2.0 | std: '.inf'
            scale: 0.5 | scale: '.inf'
            mean: 0.25 | mean: '-.inf'
            bias: 0.1 | bias: '.inf'
            """)
    void numberThatMakesEveryValueUselessIsRefused(String part, String replacement) {
        assertThatThrownBy(() -> new ManifestReader().read(TestingManifests.tinyWith(part, replacement)))
                .isInstanceOf(InvalidManifestException.class);
    }
}
