package dev.winnow.service.admission;

import dev.winnow.service.domain.Call;
import dev.winnow.service.domain.Caller;
import dev.winnow.service.domain.Failure;
import dev.winnow.service.domain.FailureException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Bounds the tokens in flight. A sample counts as its bytes until it is tokenised, then as its tokens. Thread-safe.
 *
 * <p>Calls are refused at the limit, streams wait their turn; while a stream waits no call of the same caller overtakes
 * it. A caller who has less than an even share of the limit in flight is admitted past it, and so is one who has nothing,
 * so that nobody is kept out by another's burst; the maximum holds for all.
 */
public final class Admission {
    private final Limits limits;
    /** Whoever has something in flight or waits, in the order in which room is offered. */
    private final Map<Caller, Share> shares = new LinkedHashMap<>();

    private long inFlight;
    private int permits;
    private boolean draining;

    /** Starts empty. */
    public Admission(Limits limits) {
        this.limits = limits;
    }

    /**
     * Admits all or none, at once.
     *
     * @return one permit for each cost
     * @throws FailureException if there is no room, or not enough to be done before the call's deadline, or the service
     *     is draining
     */
    public synchronized List<Permit> acquire(Call call, List<Integer> costs) {
        if (draining) {
            throw drainingFailure();
        }
        long total = costs.stream().mapToLong(Integer::longValue).sum();
        Share share = shares.computeIfAbsent(call.caller(), Share::new);
        if (share.first() != null || !fits(share, total, call.timeLeft())) {
            shares.values().removeIf(Share::isIdle);
            throw overloaded(total, call.timeLeft());
        }
        List<Permit> granted = new ArrayList<>(costs.size());
        for (int cost : costs) {
            granted.add(grant(share, cost));
        }
        return granted;
    }

    /**
     * Admits as soon as there is room, callers by turns and each caller's samples in the order of asking. Cancelling the
     * future gives the place up.
     *
     * @return the permit, or {@link FailureException} if the service is draining
     */
    public synchronized CompletableFuture<Permit> acquireInTurn(Caller caller, int cost) {
        if (draining) {
            return CompletableFuture.failedFuture(drainingFailure());
        }
        Share share = shares.computeIfAbsent(caller, Share::new);
        if (share.first() == null && fits(share, cost, Optional.empty())) {
            return CompletableFuture.completedFuture(grant(share, cost));
        }
        Share.Place place = new Share.Place(cost, new CompletableFuture<>());
        share.waiting.add(place);
        return place.future();
    }

    /** Tokens in flight now, or the bound by bytes of what is not tokenised yet. */
    public synchronized long inFlight() {
        return inFlight;
    }

    /** Most tokens in flight, as the throughput now is. */
    public long limit() {
        return limits.inFlight(Optional.empty());
    }

    public synchronized boolean isDraining() {
        return draining;
    }

    /** From now on admits nothing; what is in flight goes on, what waits is refused. */
    public void drain() {
        List<Share.Place> refused = new ArrayList<>();
        synchronized (this) {
            draining = true;
            shares.values().forEach(share -> {
                refused.addAll(share.waiting);
                share.waiting.clear();
            });
            shares.values().removeIf(Share::isIdle);
        }
        refused.forEach(place -> place.future().completeExceptionally(drainingFailure()));
    }

    void shrink(Share share, long surplus) {
        offerRoom(() -> {
            share.inFlight -= surplus;
            inFlight -= surplus;
        });
    }

    void release(Share share, long cost) {
        offerRoom(() -> {
            share.inFlight -= cost;
            share.permits--;
            inFlight -= cost;
            permits--;
        });
    }

    private void offerRoom(Runnable change) {
        List<Runnable> admitted = new ArrayList<>();
        synchronized (this) {
            change.run();
            for (Optional<Runnable> next = admitNext(); next.isPresent(); next = admitNext()) {
                admitted.add(next.get());
            }
            shares.values().removeIf(Share::isIdle);
        }
        // Outside the lock: what waits goes on in this thread.
        admitted.forEach(Runnable::run);
    }

    /** Admits the first sample that fits of the callers who wait; its caller's next one comes after the others'. */
    private Optional<Runnable> admitNext() {
        for (Share share : shares.values()) {
            Share.Place place = share.first();
            if (place != null && fits(share, place.cost(), Optional.empty())) {
                share.waiting.remove();
                Permit permit = grant(share, place.cost());
                shares.remove(share.caller);
                shares.put(share.caller, share);
                return Optional.of(() -> {
                    if (!place.future().complete(permit)) {
                        permit.close();
                    }
                });
            }
        }
        return Optional.empty();
    }

    /** What is larger than the maximum by itself fits an idle service: it could not be served at all otherwise. */
    private boolean fits(Share share, long cost, Optional<Duration> timeLeft) {
        if (permits == 0) {
            return true;
        }
        long limit = limits.inFlight(timeLeft);
        return inFlight + cost <= limits.maximum()
                && (inFlight + cost <= limit || share.inFlight + cost <= limit / shares.size() || share.permits == 0);
    }

    private Permit grant(Share share, long cost) {
        share.inFlight += cost;
        share.permits++;
        inFlight += cost;
        permits++;
        return new Permit(this, share, cost);
    }

    private FailureException overloaded(long cost, Optional<Duration> timeLeft) {
        long limit = limits.inFlight(timeLeft);
        return new FailureException(new Failure.Overloaded(
                "in flight: %d tokens, and %d more asked for (expected: at most %d in all%s)"
                        .formatted(
                                inFlight, cost, limit, timeLeft.isPresent() ? ", to be done before the deadline" : ""),
                limits.timeFor(inFlight + cost - limit)));
    }

    private static FailureException drainingFailure() {
        return new FailureException(
                new Failure.Unavailable("service: draining (expected: serving; another replica may take the call)"));
    }
}
