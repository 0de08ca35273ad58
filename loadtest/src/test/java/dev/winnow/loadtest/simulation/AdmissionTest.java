package dev.winnow.loadtest.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** By hand: a throughput of 1,000 tokens a second and a delay of a second allow 1,000 tokens in flight. */
class AdmissionTest {
    private static final long SECOND = 1_000_000_000;

    private final Throughput throughput = new Throughput(1);
    private final Admission admission = new Admission(throughput, SECOND);

    @BeforeEach
    void measure() {
        throughput.ran(1000, SECOND);
    }

    @Test
    void refusesWithTheTimeUntilThereIsRoom() {
        assertThat(admission.admit(call(0, 800), Admission.NO_DEADLINE)).isEmpty();

        assertThat(admission.admit(call(0, 300), Admission.NO_DEADLINE)).hasValue(SECOND / 10);
        assertThat(admission.admit(call(0, 201), Admission.NO_DEADLINE))
                .as("at least 50 ms")
                .hasValue(SECOND / 20);
        assertThat(admission.admit(call(0, 200), Admission.NO_DEADLINE)).isEmpty();
    }

    @Test
    void halfOfADeadlineIsALimitAsWell() {
        admission.admit(call(0, 600), Admission.NO_DEADLINE);

        assertThat(admission.admit(call(0, 100), SECOND)).hasValue(SECOND / 5);
        assertThat(admission.admit(call(0, 100), 2 * SECOND)).isEmpty();
    }

    @Test
    void whoHasLessThanAnEvenShareComesInPastTheLimit() {
        admission.admit(call(0, 1000), Admission.NO_DEADLINE);

        assertThat(admission.admit(call(1, 400), Admission.NO_DEADLINE)).isEmpty();
        assertThat(admission.admit(call(1, 101), Admission.NO_DEADLINE)).isPresent();
        assertThat(admission.admit(call(1, 100), Admission.NO_DEADLINE)).isEmpty();
    }

    @Test
    void whoHasNothingMayUseItsShareOfTheTime() {
        admission.admit(call(0, 1000), Admission.NO_DEADLINE);

        assertThat(admission.admit(call(1, 3001), 6 * SECOND)).isPresent();
        assertThat(admission.admit(call(1, 3000), 6 * SECOND)).isEmpty();
    }

    @Test
    void anIdleReplicaTakesAnything() {
        assertThat(admission.admit(call(0, 1_000_000), SECOND)).isEqualTo(OptionalLong.empty());
    }

    @Test
    void streamsWaitAndComeInByTurns() {
        List<String> admitted = new ArrayList<>();
        List<Row> ofOne = call(0, 1000);
        List<Row> ofTheOther = call(1, 500);
        admission.admit(ofOne, Admission.NO_DEADLINE);
        admission.admit(ofTheOther, Admission.NO_DEADLINE);
        for (String name : List.of("0 first", "0 second", "1 first", "1 second")) {
            Row row = row(Integer.parseInt(name.substring(0, 1)), 300);
            assertThat(admission.admitInTurn(row, () -> admitted.add(name))).isFalse();
        }

        admission.leave(ofOne.getFirst());
        assertThat(admitted).as("who has nothing in flight").containsExactly("0 first");
        admission.leave(ofTheOther.getFirst());
        assertThat(admitted).as("as far as there is room").containsExactly("0 first", "1 first", "0 second");
    }

    private static List<Row> call(int caller, int tokens) {
        return List.of(row(caller, tokens));
    }

    private static Row row(int caller, int tokens) {
        return new Row(new Sample(caller, tokens, 0, _ -> {}), Admission.NO_DEADLINE, _ -> {});
    }
}
