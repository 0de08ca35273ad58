package dev.winnow.service.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LifetimeTest {
    private final TestingClock clock = new TestingClock();

    @Test
    void unboundedNeverEnds() {
        assertThat(Lifetime.UNBOUNDED.ended()).isNull();
    }

    @Test
    void endsWhenTheTimeoutHasPassedAndNotBefore() {
        Lifetime lifetime = Lifetime.UNBOUNDED.atMost(Duration.ofMillis(250), clock);
        assertThat(lifetime.ended()).isNull();
        clock.advance(Duration.ofMillis(250).minusNanos(1));
        assertThat(lifetime.ended()).isNull();
        clock.advance(Duration.ofNanos(1));
        assertThat(lifetime.ended())
                .isEqualTo(new Failure.DeadlineExceeded("timeout_ms: 250 passed before the sample ran"));
    }

    @Test
    void zeroTimeoutHasEndedAtOnce() {
        assertThat(Lifetime.UNBOUNDED.atMost(Duration.ZERO, clock).ended())
                .isEqualTo(new Failure.DeadlineExceeded("timeout_ms: 0 passed before the sample ran"));
    }

    @Test
    void endOfTheOuterLifetimeComesFirst() {
        TestingLifetime outer = new TestingLifetime();
        Lifetime lifetime = outer.atMost(Duration.ofMillis(1), clock);
        outer.end(new Failure.Cancelled("the call"));
        clock.advance(Duration.ofMillis(1));
        assertThat(lifetime.ended()).isEqualTo(new Failure.Cancelled("the call"));
    }

    @Test
    void timeoutsNest() {
        Lifetime lifetime =
                Lifetime.UNBOUNDED.atMost(Duration.ofMillis(5), clock).atMost(Duration.ofMillis(9), clock);
        clock.advance(Duration.ofMillis(5));
        assertThat(lifetime.ended())
                .isEqualTo(new Failure.DeadlineExceeded("timeout_ms: 5 passed before the sample ran"));
    }
}
