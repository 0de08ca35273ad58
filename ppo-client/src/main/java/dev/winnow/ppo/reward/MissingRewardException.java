package dev.winnow.ppo.reward;

import java.io.Serial;

/** A response has not been rewarded, after all tries. */
public final class MissingRewardException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    public MissingRewardException(String message) {
        super(message);
    }
}
