package dev.winnow.loadtest.load;

import dev.winnow.v1.RewardRequest;
import dev.winnow.v1.Sample;
import dev.winnow.v1.SampleResult;
import dev.winnow.v1.ScoreStreamConfig;
import dev.winnow.v1.ScoreStreamRequest;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** One {@code ScoreStream} call; each answer sends the next sample. */
public final class ScoreStream {
    private ScoreStream() {}

    /**
     * Sends samples over a stream.
     *
     * @param inFlight samples without an answer at any time
     * @param observer told of every result, in a thread of the channel
     * @return done when the stream has ended; or what it failed with
     */
    public static CompletableFuture<Void> run(
            Client client,
            List<RewardRequest> rewards,
            List<Sample> samples,
            int inFlight,
            Consumer<SampleResult> observer) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Sender sender = new Sender(rewards, samples.iterator(), inFlight, observer, ended);
        client.streams().scoreStream(sender);
        return ended;
    }

    /** Runs in the channel's threads, one event after the other. */
    private static final class Sender implements ClientResponseObserver<ScoreStreamRequest, SampleResult> {
        private final List<RewardRequest> rewards;
        private final Iterator<Sample> samples;
        private final int inFlight;
        private final Consumer<SampleResult> observer;
        private final CompletableFuture<Void> ended;
        private boolean hasBegun;
        private boolean hasCompleted;

        @SuppressWarnings("NullAway.Init") // set before the stream starts
        private ClientCallStreamObserver<ScoreStreamRequest> stream;

        Sender(
                List<RewardRequest> rewards,
                Iterator<Sample> samples,
                int inFlight,
                Consumer<SampleResult> observer,
                CompletableFuture<Void> ended) {
            this.rewards = rewards;
            this.samples = samples;
            this.inFlight = inFlight;
            this.observer = observer;
            this.ended = ended;
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<ScoreStreamRequest> requests) {
            stream = requests;
            stream.setOnReadyHandler(this::begin);
        }

        private void begin() {
            if (!hasBegun) {
                hasBegun = true;
                stream.onNext(ScoreStreamRequest.newBuilder()
                        .setConfig(ScoreStreamConfig.newBuilder().addAllRewards(rewards))
                        .build());
                for (int sample = 0; sample < inFlight; sample++) {
                    sendNext();
                }
            }
        }

        private void sendNext() {
            if (samples.hasNext()) {
                stream.onNext(ScoreStreamRequest.newBuilder()
                        .setSample(samples.next())
                        .build());
            } else if (!hasCompleted) {
                hasCompleted = true;
                stream.onCompleted();
            }
        }

        @Override
        public void onNext(SampleResult result) {
            observer.accept(result);
            sendNext();
        }

        @Override
        public void onError(Throwable failure) {
            ended.completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {
            ended.complete(null);
        }
    }
}
