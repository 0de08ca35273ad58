package dev.winnow.ppo.rollout;

import com.google.common.base.Throwables;
import dev.winnow.ppo.reward.MissingRewardException;
import dev.winnow.ppo.reward.ResponseRewards;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Responses whose rewards may still be under way. Not thread-safe. */
public final class Rollouts {
    private final List<Rollout> rollouts;
    private final List<CompletableFuture<List<ResponseRewards>>> pending;
    private long waitedNanos;

    Rollouts(List<Rollout> rollouts, List<CompletableFuture<List<ResponseRewards>>> pending) {
        this.rollouts = rollouts;
        this.pending = pending;
    }

    public List<Rollout> all() {
        return Collections.unmodifiableList(rollouts);
    }

    /**
     * Waits for the rewards of all responses.
     *
     * @return one for each response, in the same order
     * @throws MissingRewardException where one cannot be had
     * @throws CancellationException where this thread is interrupted meanwhile
     */
    public List<ResponseRewards> awaitRewards() {
        List<ResponseRewards> rewards = new ArrayList<>(rollouts.size());
        long begin = System.nanoTime();
        for (CompletableFuture<List<ResponseRewards>> microBatch : pending) {
            rewards.addAll(await(microBatch));
        }
        waitedNanos += System.nanoTime() - begin;
        if (rewards.size() != rollouts.size()) {
            throw new MissingRewardException(
                    "rewarded responses: %d (expected: %d)".formatted(rewards.size(), rollouts.size()));
        }
        return rewards;
    }

    /** Returns for how long training stood still for rewards. */
    public long waitedNanos() {
        return waitedNanos;
    }

    private static List<ResponseRewards> await(CompletableFuture<List<ResponseRewards>> microBatch) {
        try {
            return microBatch.get();
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            Throwables.throwIfUnchecked(cause);
            throw new IllegalStateException(cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for rewards");
        }
    }
}
