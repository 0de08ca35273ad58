package dev.winnow.service.pipeline;

import dev.winnow.service.domain.Call;
import dev.winnow.service.domain.Failure;
import dev.winnow.service.domain.Lifetime;
import dev.winnow.service.domain.Registration;
import dev.winnow.service.domain.Sample;
import dev.winnow.service.domain.Timer;
import java.time.Duration;

/** How long one sample is of use: as long as its call, and no longer than its own timeout. Closed when it is answered. */
public final class SampleLifetime implements AutoCloseable {
    private final Lifetime lifetime = new Lifetime();
    private final Registration callEnd;
    private final Registration timeout;

    private SampleLifetime(Sample sample, Call call, Timer timer) {
        callEnd = call.lifetime().whenEnded(lifetime::end);
        timeout = sample.timeout()
                .map(time -> timer.after(time, () -> lifetime.end(timedOut(time))))
                .orElse(() -> {});
    }

    /** The time begins to run. */
    static SampleLifetime begin(Sample sample, Call call, Timer timer) {
        return new SampleLifetime(sample, call, timer);
    }

    Lifetime lifetime() {
        return lifetime;
    }

    private static Failure timedOut(Duration timeout) {
        return new Failure.DeadlineExceeded(
                "timeout_ms: %d passed before the sample was scored".formatted(timeout.toMillis()));
    }

    @Override
    public void close() {
        callEnd.close();
        timeout.close();
    }
}
