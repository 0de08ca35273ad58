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
        } catch (FailureException e) {
            response.onError(Statuses.toException(e.failure()));
        } catch (RuntimeException e) {
            String faultId = UUID.randomUUID().toString();
            LOG.errorf(e, "fault %s: a call failed", faultId);
            response.onError(Statuses.toException(
                    new Failure.Internal("the call failed; the server's log has the cause under " + faultId)));
        }
    }
}
