package dev.winnow.service.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.service.domain.Caller;
import org.junit.jupiter.api.Test;

class CallerLabelsTest {
    private final CallerLabels labels = new CallerLabels();

    @Test
    void tellsProvenNamesAndNoAddress() {
        assertThat(labels.of(new Caller("trainer-a", true))).isEqualTo("trainer-a");
        assertThat(labels.of(new Caller("10.0.0.7", false))).isEqualTo("anonymous");
    }

    @Test
    void hundredthAndFirstNameIsOneOfTheOthers() {
        for (int index = 0; index < 100; index++) {
            assertThat(labels.of(new Caller("trainer-" + index, true))).isEqualTo("trainer-" + index);
        }
        assertThat(labels.of(new Caller("one more", true))).isEqualTo("other");
        assertThat(labels.of(new Caller("trainer-0", true))).isEqualTo("trainer-0");
    }
}
