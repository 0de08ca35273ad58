package dev.winnow.ppo.reward.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.v1.ListRewardsRequest;
import dev.winnow.v1.ListRewardsResponse;
import dev.winnow.v1.RewardServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DroppedCallsTest {
    @Test
    void aConnectionThatEndsInTheMiddleOfAWriteIsUnavailable() {
        Status closed = Status.UNKNOWN.withDescription("channel closed").withCause(new ClosedChannelException());

        Status renamed = ended(closed);

        assertThat(renamed.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(renamed.getDescription()).isEqualTo("channel closed");
        assertThat(renamed.getCause()).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void aResetAndTooManyPingsAreUnavailable() {
        assertThat(ended(Status.CANCELLED).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(ended(Status.RESOURCE_EXHAUSTED.withDescription("GOAWAY: ENHANCE_YOUR_CALM"))
                        .getCode())
                .isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void whatAServerSaysStays() {
        assertThat(ended(Status.UNKNOWN).getCode()).isEqualTo(Status.Code.UNKNOWN);
        assertThat(ended(Status.RESOURCE_EXHAUSTED).getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(ended(Status.INTERNAL).getCode()).isEqualTo(Status.Code.INTERNAL);
    }

    /** Returns how a caller sees a call end that ends so. */
    private static Status ended(Status status) {
        Channel ending = new Channel() {
            @Override
            public <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
                return new ClientCall<>() {
                    @Override
                    public void start(Listener<A> listener, Metadata headers) {
                        listener.onClose(status, new Metadata());
                    }

                    @Override
                    public void request(int messages) {}

                    @Override
                    public void cancel(@Nullable String message, @Nullable Throwable cause) {}

                    @Override
                    public void halfClose() {}

                    @Override
                    public void sendMessage(Q message) {}
                };
            }

            @Override
            public String authority() {
                return "test";
            }
        };
        AtomicReference<Status> seen = new AtomicReference<>();
        ClientCall<ListRewardsRequest, ListRewardsResponse> call =
                new DroppedCalls().interceptCall(RewardServiceGrpc.getListRewardsMethod(), CallOptions.DEFAULT, ending);
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        seen.set(status);
                    }
                },
                new Metadata());
        return seen.get();
    }
}
