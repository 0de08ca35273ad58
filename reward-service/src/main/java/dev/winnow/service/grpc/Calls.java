package dev.winnow.service.grpc;

import dev.winnow.service.domain.Failure;
import dev.winnow.service.domain.FailureException;
import io.grpc.stub.StreamObserver;
import java.util.UUID;
import org.jboss.logging.Logger;

/** What every handler does with what is thrown inside it. */
final class Calls {
    private static final Logger LOG = Logger.getLogger(Calls.class);

    private Calls() {}

    /** Runs the handler; whatever it throws ends the call with its status. */
    static void guard(StreamObserver<?> response, Runnable handler) {
        try {
            handler.run();
        } catch (Throwable e) {
            fail(response, e);
        }
    }

    /** Ends a call with the status of what was thrown. */
    static void fail(StreamObserver<?> response, Throwable cause) {
        if (cause instanceof FailureException refused) {
            response.onError(Statuses.toException(refused.failure()));
            return;
        }
        String faultId = UUID.randomUUID().toString();
        LOG.errorf(cause, "fault %s: a call failed", faultId);
        response.onError(Statuses.toException(
                new Failure.Internal("the call failed; the server's log has the cause under " + faultId)));
    }
}
