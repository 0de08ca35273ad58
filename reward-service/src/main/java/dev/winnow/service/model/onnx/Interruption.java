package dev.winnow.service.model.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.RunOptions;
import dev.winnow.service.domain.Lifetime;
import dev.winnow.service.domain.Registration;
import dev.winnow.service.model.ModelFailedException;

/** Stops one run when its lifetime ends: the runtime looks between two operators whether it should. Thread-safe. */
final class Interruption implements AutoCloseable {
    private final RunOptions options;
    private final Registration registration;
    private boolean closed;

    private Interruption(RunOptions options, Lifetime lifetime) {
        this.options = options;
        this.registration = lifetime.whenEnded(_ -> interrupt());
    }

    static Interruption when(Lifetime lifetime) throws OrtException {
        return new Interruption(new RunOptions(), lifetime);
    }

    RunOptions options() {
        return options;
    }

    private synchronized void interrupt() {
        if (closed) {
            return;
        }
        try {
            options.setTerminate(true);
        } catch (OrtException e) {
            throw new ModelFailedException("stopping a run: " + e.getMessage(), e);
        }
    }

    /** The options' memory is native, and a late end of the lifetime must not touch it. */
    @Override
    public void close() {
        registration.close();
        synchronized (this) {
            closed = true;
            options.close();
        }
    }
}
