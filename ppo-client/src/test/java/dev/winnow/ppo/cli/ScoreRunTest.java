package dev.winnow.ppo.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.winnow.ppo.reward.Scorer;
import io.grpc.Status;
import java.io.InputStream;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ScoreRunTest {
    @Test
    @Timeout(30)
    void endsWhereReadingRunsOutOfMemory() {
        InputStream input = new InputStream() {
            @Override
            public int read() {
                throw new OutOfMemoryError("testing");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                return read();
            }
        };
        ScoreRun run =
                new ScoreRun(new SampleLines(input), Scorer.failing(Status.UNAVAILABLE.asRuntimeException()), 1, 3);

        assertThatThrownBy(() -> run.writeTo(new ResultWriter(new StringWriter())))
                .hasRootCauseInstanceOf(OutOfMemoryError.class);
    }
}
