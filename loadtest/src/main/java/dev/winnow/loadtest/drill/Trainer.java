package dev.winnow.loadtest.drill;

import dev.winnow.ppo.reward.Limits;
import dev.winnow.ppo.reward.RewardClient;
import dev.winnow.ppo.reward.Scorer;
import dev.winnow.ppo.reward.connection.Connection;
import dev.winnow.v1.Sample;
import dev.winnow.v1.SampleResult;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/** Asks for rewards without a pause, by the real client, and notes what comes. */
final class Trainer implements AutoCloseable {
    private static final int MICRO_BATCH = 16;
    private static final int MICRO_BATCHES_IN_FLIGHT = 4;

    private final Questions questions;
    private final RewardClient client;
    private final Scorer scorer;
    private final Semaphore room = new Semaphore(MICRO_BATCHES_IN_FLIGHT);
    private final Thread asking = Thread.ofPlatform().name("trainer").unstarted(this::ask);
    private volatile boolean stopping;

    private final BitSet seen = new BitSet();
    private int asked;
    private int answered;
    private int wrong;
    private int lost;
    private int twice;
    private long lastAnswer = System.nanoTime();
    private long longestStall;
    private String lastLoss = "";

    /** Makes one that does not ask yet. */
    Trainer(Connection connection, Questions questions) {
        this.questions = questions;
        this.client = RewardClient.connect(connection);
        this.scorer = client.stream(questions.rewards(), Limits.of(client.listRewards()));
    }

    void start() {
        asking.start();
    }

    /** Returns when so many more samples have been answered, or given up. */
    synchronized void awaitAnswers(int more) throws InterruptedException {
        int enough = done() + more;
        while (done() < enough) {
            wait();
        }
    }

    /** Asks nothing more, waits for what is under way, and tells what there was. */
    Tally stop() throws InterruptedException {
        stopping = true;
        asking.join();
        room.acquire(MICRO_BATCHES_IN_FLIGHT);
        synchronized (this) {
            return new Tally(
                    asked,
                    answered,
                    wrong,
                    lost,
                    twice,
                    client.statistics().retries(),
                    Duration.ofNanos(longestStall),
                    lastLoss);
        }
    }

    private void ask() {
        for (int first = 0; !stopping; first += MICRO_BATCH) {
            room.acquireUninterruptibly();
            List<Sample> samples = IntStream.range(first, first + MICRO_BATCH)
                    .mapToObj(number -> question(number).toBuilder()
                            .setId(Integer.toString(number))
                            .build())
                    .toList();
            synchronized (this) {
                asked += samples.size();
            }
            Thread.ofVirtual().start(() -> {
                note(scorer.score(samples).join());
                room.release();
            });
        }
    }

    private Sample question(int number) {
        return questions.samples().get(number % questions.samples().size());
    }

    private synchronized void note(List<SampleResult> results) {
        long now = System.nanoTime();
        longestStall = Math.max(longestStall, now - lastAnswer);
        lastAnswer = now;
        results.forEach(this::note);
        notifyAll();
    }

    private void note(SampleResult result) {
        int number = Integer.parseInt(result.getId());
        if (seen.get(number)) {
            twice++;
        } else if (!result.hasRewards()) {
            lost++;
            lastLoss = result.getError().getCode() + ": " + result.getError().getMessage();
        } else if (result.getRewards()
                .equals(questions.answers().get(number % questions.answers().size()))) {
            answered++;
        } else {
            wrong++;
        }
        seen.set(number);
    }

    private int done() {
        return answered + wrong + lost;
    }

    @Override
    public void close() {
        stopping = true;
        client.endRetries();
        scorer.close();
        client.close();
    }
}
