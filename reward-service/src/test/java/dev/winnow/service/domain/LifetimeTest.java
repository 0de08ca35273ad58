package dev.winnow.service.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifetimeTest {
    private static final Failure GONE = new Failure.Cancelled("gone");
    private static final Failure LATE = new Failure.DeadlineExceeded("late");

    private final Lifetime lifetime = new Lifetime();
    private final List<String> told = new ArrayList<>();

    @Test
    void lastsUntilItIsEnded() {
        assertThat(lifetime.ended()).isNull();
        lifetime.end(GONE);
        assertThat(lifetime.ended()).isEqualTo(GONE);
    }

    @Test
    void onlyTheFirstReasonCountsAndIsToldOnce() {
        listen("one");
        listen("two");
        lifetime.end(GONE);
        lifetime.end(LATE);
        assertThat(lifetime.ended()).isEqualTo(GONE);
        assertThat(told).containsExactly("one: gone", "two: gone");
    }

    @Test
    void whoListensTooLateIsToldAtOnce() {
        lifetime.end(LATE);
        listen("after");
        assertThat(told).containsExactly("after: late");
    }

    @Test
    void whoListensNoMoreIsNotTold() {
        Registration one = listen("one");
        listen("two");
        one.close();
        one.close();
        lifetime.end(GONE);
        assertThat(told).containsExactly("two: gone");
    }

    @Test
    void listenerMayLookAtItAndListenAgain() {
        var _ = lifetime.whenEnded(reason -> {
            assertThat(lifetime.ended()).isEqualTo(reason);
            listen("within");
        });
        lifetime.end(GONE);
        assertThat(told).containsExactly("within: gone");
    }

    private Registration listen(String name) {
        return lifetime.whenEnded(reason -> told.add(name + ": " + reason.message()));
    }
}
