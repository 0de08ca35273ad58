package dev.winnow.ppo.ppo;

import java.io.Serial;

/**
 * A step cannot be learnt from: the message says what was found and what was expected. Mini-batches before the one at fault
 * may have moved the weights.
 */
public final class TrainingException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    TrainingException(String message) {
        super(message);
    }
}
