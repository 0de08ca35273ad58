package dev.winnow.service.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.ByteString;
import dev.winnow.service.wiring.TestingBundles;
import dev.winnow.v1.Density;
import dev.winnow.v1.RewardServiceGrpc;
import dev.winnow.v1.Sample;
import dev.winnow.v1.ScoreRequest;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that are no message are the caller's fault, and are said to be. */
@QuarkusTest
@QuarkusTestResource(TestingBundles.class)
class BadBytesTest {
    private static final byte[] GARBAGE = {0x0a, 0x7f, 0x01};

    private final TestingClient client = new TestingClient();

    @AfterEach
    void close() {
        client.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Score", "ScoreStream"})
    void unparsableBytes(String method) {
        Status status = send(method, GARBAGE);

        assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(status.getDescription())
                .contains("winnow.v1.RewardService/" + method, "expected: a serialized message");
        assertServes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Score", "ScoreStream"})
    void invalidUtf8InAString(String method) {
        byte[] sample = replaceMarker(
                Sample.newBuilder().setId("MARK").setResponse("text").build().toByteArray());
        byte[] message = method.equals("Score") ? wrap(ScoreRequest.SAMPLES_FIELD_NUMBER, sample) : wrap(2, sample);
        Status status = send(method, message);

        assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(status.getDescription()).contains("UTF-8");
        assertServes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Score", "ScoreStream"})
    void aMessageOverTheLimit(String method) {
        Status status = send(method, new byte[5 << 20]);

        assertThat(status.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(status.getDescription()).contains("4194304", String.valueOf(5 << 20));
        assertServes();
    }

    @Test
    void aMessageOfAnotherServiceIsUnimplemented() {
        assertThat(send("NoSuchMethod", GARBAGE).getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
    }

    private void assertServes() {
        assertThat(client.score(
                        List.of(Samples.reward("toxicity", Density.TOKEN)),
                        List.of(Samples.sample("good", "A kind word."))))
                .allMatch(result -> result.hasRewards());
    }

    private Status send(String method, byte[] message) {
        MethodDescriptor<byte[], byte[]> descriptor = MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(
                        method.equals("ScoreStream")
                                ? MethodDescriptor.MethodType.BIDI_STREAMING
                                : MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(RewardServiceGrpc.SERVICE_NAME + "/" + method)
                .setRequestMarshaller(new ByteArrayMarshaller())
                .setResponseMarshaller(new ByteArrayMarshaller())
                .build();
        if (descriptor.getType() == MethodDescriptor.MethodType.UNARY) {
            return Status.fromThrowable(catchThrowable(
                    () -> ClientCalls.blockingUnaryCall(client.channel(), descriptor, CallOptions.DEFAULT, message)));
        }
        CompletableFuture<Status> ended = new CompletableFuture<>();
        ClientCalls.asyncBidiStreamingCall(
                        client.channel().newCall(descriptor, CallOptions.DEFAULT), new StreamObserver<byte[]>() {
                            @Override
                            public void onNext(byte[] ignored) {}

                            @Override
                            public void onError(Throwable failure) {
                                ended.complete(Status.fromThrowable(failure));
                            }

                            @Override
                            public void onCompleted() {
                                ended.complete(Status.OK);
                            }
                        })
                .onNext(message);
        return ended.join();
    }

    /** A length-delimited field. */
    private static byte[] wrap(int field, byte[] content) {
        byte[] header = {(byte) (field << 3 | 2), (byte) content.length};
        return ByteString.copyFrom(header).concat(ByteString.copyFrom(content)).toByteArray();
    }

    /** Puts bytes that no UTF-8 text has in the place of the marker. */
    private static byte[] replaceMarker(byte[] message) {
        String text = new String(message, StandardCharsets.ISO_8859_1);
        return text.replace("MARK", "\u00c3(\u00a0\u00ff").getBytes(StandardCharsets.ISO_8859_1);
    }
}
