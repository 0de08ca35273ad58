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
 * Bounds what is in flight: bytes by memory, tokens by time. Tokens are estimated until a sample is tokenised. Thread-safe.
 *
 * <p>Calls are refused at the limit, streams wait their turn; while a stream waits no call of the same caller overtakes
 * it. A caller who has less than an even share of the tokens in flight is admitted past their limit, and so is one who has
 * nothing, so that nobody is kept out by another's burst; the bytes' limit holds for all.
 */
public final class Admission {
    /** Bytes that may wait for room, in those that may be in flight. */
    private static final long WAITING = 2;

    private final Limits limits;
    /** Whoever has something in flight or waits, in the order in which room is offered. */
    private final Map<Caller, Share> shares = new LinkedHashMap<>();

    private final TokenEstimate estimate = new TokenEstimate();
    private Cost inFlight = new Cost(0, 0);
    private int permits;
    private boolean draining;

    /** Starts empty. */
    public Admission(Limits limits) {
        this.limits = limits;
    }

    /**
     * Admits all or none, at once.
     *
     * @param bytes of each sample
     * @return one permit for each
     * @throws FailureException if there is no room, or not enough to be done before the call's deadline, or the service
     *     is draining
     */
    public synchronized List<Permit> acquire(Call call, List<Integer> bytes) {
        if (draining) {
            throw drainingFailure();
        }
        List<Cost> costs = bytes.stream().map(this::cost).toList();
        Cost total = costs.stream().reduce(new Cost(0, 0), Cost::plus);
        Share share = shares.computeIfAbsent(call.caller(), Share::new);
        if (share.first() != null) {
            throw new FailureException(new Failure.Overloaded(
                    "in flight: %d bytes, while a stream of the same caller waits for room (expected: room for it first)"
                            .formatted(inFlight.bytes()),
                    limits.timeFor(inFlight.tokens())));
        }
        if (!fits(share, total, call.timeLeft())) {
            shares.values().removeIf(Share::isIdle);
            throw overloaded(total, call.timeLeft());
        }
        List<Permit> granted = new ArrayList<>(costs.size());
        for (Cost cost : costs) {
            granted.add(grant(share, cost));
        }
        return granted;
    }

    /**
     * Admits as soon as there is room, callers by turns and each caller's samples in the order of asking. Cancelling the
     * future gives the place up.
     *
     * @return the permit, or {@link FailureException} if the service is draining, or too many bytes wait already
     */
    public synchronized CompletableFuture<Permit> acquireInTurn(Caller caller, int bytes) {
        if (draining) {
            return CompletableFuture.failedFuture(drainingFailure());
        }
        Share share = shares.computeIfAbsent(caller, Share::new);
        if (share.first() == null && fits(share, cost(bytes), Optional.empty())) {
            return CompletableFuture.completedFuture(grant(share, cost(bytes)));
        }
        long waiting = waitingBytes();
        if (waiting > 0 && waiting + bytes > WAITING * limits.maximumBytes()) {
            shares.values().removeIf(Share::isIdle);
            return CompletableFuture.failedFuture(new FailureException(new Failure.Overloaded(
                    "waiting for room: %d bytes of streams, and %d more (expected: at most %d in all)"
                            .formatted(waiting, bytes, WAITING * limits.maximumBytes()),
                    limits.timeFor(inFlight.tokens()))));
        }
        Share.Place place = new Share.Place(bytes, new CompletableFuture<>());
        share.waiting.add(place);
        return place.future();
    }

    /** Tokens in flight now, estimated for what is not tokenised yet. */
    public synchronized long tokensInFlight() {
        return inFlight.tokens();
    }

    /** Bytes in flight now. */
    public synchronized long bytesInFlight() {
        return inFlight.bytes();
    }

    /** Most tokens in flight, as the throughput now is. */
    public long tokenLimit() {
        return limits.tokens(Optional.empty());
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

    void resize(Share share, Cost estimated, long tokens) {
        offerRoom(() -> {
            estimate.learn(estimated.bytes(), tokens);
            Cost surplus = new Cost(0, estimated.tokens() - tokens);
            share.inFlight = share.inFlight.minus(surplus);
            inFlight = inFlight.minus(surplus);
        });
    }

    void release(Share share, Cost cost) {
        offerRoom(() -> {
            share.inFlight = share.inFlight.minus(cost);
            share.permits--;
            inFlight = inFlight.minus(cost);
            permits--;
        });
    }

    private long waitingBytes() {
        return shares.values().stream().mapToLong(Share::waitingBytes).sum();
    }

    private Cost cost(long bytes) {
        return new Cost(bytes, estimate.of(bytes));
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
            if (place != null && fits(share, cost(place.bytes()), Optional.empty())) {
                share.waiting.remove();
                Permit permit = grant(share, cost(place.bytes()));
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

    /** What is larger than a limit by itself fits an idle service: it could not be served at all otherwise. */
    private boolean fits(Share share, Cost cost, Optional<Duration> timeLeft) {
        return permits == 0 || (fitsBytes(cost) && fitsTokens(share, cost.tokens(), timeLeft));
    }

    private boolean fitsBytes(Cost cost) {
        return inFlight.bytes() + cost.bytes() <= limits.maximumBytes();
    }

    private boolean fitsTokens(Share share, long tokens, Optional<Duration> timeLeft) {
        long limit = limits.tokens(timeLeft);
        if (inFlight.tokens() + tokens <= limit || share.inFlight.tokens() + tokens <= limit / shares.size()) {
            return true;
        }
        // Who has nothing in flight has its even share of the throughput from now on, and may use all of its time.
        return share.permits == 0 && tokens <= limits.doneWithin(timeLeft) / shares.size();
    }

    private Permit grant(Share share, Cost cost) {
        share.inFlight = share.inFlight.plus(cost);
        share.permits++;
        inFlight = inFlight.plus(cost);
        permits++;
        return new Permit(this, share, cost);
    }

    private FailureException overloaded(Cost cost, Optional<Duration> timeLeft) {
        if (!fitsBytes(cost)) {
            return new FailureException(new Failure.Overloaded(
                    "in flight: %d bytes, and %d more asked for (expected: at most %d in all)"
                            .formatted(inFlight.bytes(), cost.bytes(), limits.maximumBytes()),
                    limits.timeFor(cost.tokens())));
        }
        long limit = limits.tokens(timeLeft);
        return new FailureException(new Failure.Overloaded(
                "in flight: %d tokens, and about %d more asked for (expected: at most %d in all%s)"
                        .formatted(
                                inFlight.tokens(),
                                cost.tokens(),
                                limit,
                                timeLeft.isPresent() ? ", to be done before the deadline" : ""),
                limits.timeFor(Math.min(inFlight.tokens(), inFlight.tokens() + cost.tokens() - limit))));
    }

    private static FailureException drainingFailure() {
        return new FailureException(
                new Failure.Unavailable("service: draining (expected: serving; another replica may take the call)"));
    }
}
