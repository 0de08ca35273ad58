package dev.winnow.ppo.cli;

import com.google.rpc.Code;
import dev.winnow.v1.Error;
import dev.winnow.v1.Sample;
import dev.winnow.v1.SampleResult;

/** One line of the input. */
sealed interface SampleLine {
    /** A line that holds a sample. */
    record Good(Sample sample) implements SampleLine {}

    /** A line that holds none. */
    record Bad(SampleResult error) implements SampleLine {
        static Bad of(String id, String message) {
            Error.Builder error =
                    Error.newBuilder().setCode(Code.INVALID_ARGUMENT).setMessage(message);
            return new Bad(SampleResult.newBuilder().setId(id).setError(error).build());
        }
    }
}
