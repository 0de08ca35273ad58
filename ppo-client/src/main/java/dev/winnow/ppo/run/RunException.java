package dev.winnow.ppo.run;

import dev.winnow.ppo.ppo.TrainingException;
import java.io.Serial;

/** A run that cannot begin or go on, by no bug of this program. The message names what was found and what was expected. */
public final class RunException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    RunException(String message) {
        super(message);
    }

    RunException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The message is that of the step. */
    RunException(TrainingException cause) {
        super(cause.getMessage(), cause);
    }
}
