package dev.winnow.ppo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.winnow.v1.AdminServiceGrpc.AdminServiceImplBase;
import dev.winnow.v1.BundleStatus;
import dev.winnow.v1.ListBundlesRequest;
import dev.winnow.v1.ListBundlesResponse;
import dev.winnow.v1.LoadBundleRequest;
import dev.winnow.v1.LoadBundleResponse;
import dev.winnow.v1.State;
import dev.winnow.v1.UnloadBundleRequest;
import dev.winnow.v1.UnloadBundleResponse;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BundlesCommandTest {
    private static final BundleStatus SERVING = BundleStatus.newBuilder()
            .setName("tiny")
            .setVersion("2")
            .setDigest("sha256:0123456789abcdef0123456789abcdef")
            .setState(State.STATE_SERVING)
            .setLatest(true)
            .setSince(Timestamp.newBuilder().setSeconds(1_000_000_000).setNanos(7))
            .setCallsInFlight(3)
            .build();

    private static final BundleStatus REFUSED = BundleStatus.newBuilder()
            .setName("tiny")
            .setVersion("3")
            .setState(State.STATE_REFUSED)
            .setReason("model.onnx: missing")
            .setSince(Timestamp.newBuilder().setSeconds(1_000_000_001))
            .build();

    private final List<Object> requests = new ArrayList<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private BundleStatus answer = SERVING;
    private Server server = serve();

    @BeforeEach
    void start() throws IOException {
        server = serve().start();
    }

    @AfterEach
    void stop() {
        server.shutdownNow();
    }

    @Test
    void listsStatesAndReasons() {
        assertThat(run()).isZero();
        assertThat(out.toString().lines().toList())
                .containsExactly(
                        "VERSION  STATE            CALLS  SINCE                 DIGEST",
                        "tiny/2   serving, latest  3      2001-09-09T01:46:40Z  sha256:0123456789ab",
                        "tiny/3   refused          0      2001-09-09T01:46:41Z  -",
                        "",
                        "VERSION  REASON",
                        "tiny/3   model.onnx: missing");
    }

    @Test
    void printsJson() {
        assertThat(run("list", "--json")).isZero();
        assertThat(out.toString()).contains("\"state\": \"STATE_REFUSED\"", "\"calls_in_flight\": 3");
    }

    @Test
    void loadsWhatItIsAskedFor() {
        assertThat(run("load", "tiny/2")).isZero();
        assertThat(requests)
                .containsExactly(LoadBundleRequest.newBuilder()
                        .setName("tiny")
                        .setVersion("2")
                        .build());
        assertThat(out.toString()).contains("tiny/2   serving, latest").doesNotContain("REASON");
    }

    @Test
    void exitsWithOneWhereALoadIsRefused() {
        answer = REFUSED;
        assertThat(run("load", "tiny/3")).isEqualTo(1);
        assertThat(out.toString()).contains("tiny/3   model.onnx: missing");
    }

    @Test
    void exitsWithOneWhereOtherFilesServeOn() {
        answer = SERVING.toBuilder().setReason("model.onnx: missing").build();
        assertThat(run("load", "tiny/2")).isEqualTo(1);
    }

    @Test
    void unloadsByForceWhereItIsTold() {
        answer = SERVING.toBuilder().setState(State.STATE_UNLOADED).build();
        assertThat(run("unload", "tiny/2", "--force")).isZero();
        assertThat(requests)
                .containsExactly(UnloadBundleRequest.newBuilder()
                        .setName("tiny")
                        .setVersion("2")
                        .setForce(true)
                        .build());
    }

    @Test
    void saysWhyTheServerRefuses() {
        assertThat(run("unload", "tiny/2")).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("winnow: FAILED_PRECONDITION: ")
                .contains("tiny/2 is the last one of all");
    }

    private Server serve() {
        return Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .addService(new AdminServiceImplBase() {
                    @Override
                    public void listBundles(ListBundlesRequest request, StreamObserver<ListBundlesResponse> response) {
                        response.onNext(ListBundlesResponse.newBuilder()
                                .addBundles(SERVING)
                                .addBundles(REFUSED)
                                .build());
                        response.onCompleted();
                    }

                    @Override
                    public void loadBundle(LoadBundleRequest request, StreamObserver<LoadBundleResponse> response) {
                        requests.add(request);
                        response.onNext(LoadBundleResponse.newBuilder()
                                .setBundle(answer)
                                .build());
                        response.onCompleted();
                    }

                    @Override
                    public void unloadBundle(
                            UnloadBundleRequest request, StreamObserver<UnloadBundleResponse> response) {
                        requests.add(request);
                        if (!request.getForce()) {
                            response.onError(Status.FAILED_PRECONDITION
                                    .withDescription("version: tiny/2 is the last one of all")
                                    .asRuntimeException());
                            return;
                        }
                        response.onNext(UnloadBundleResponse.newBuilder()
                                .setBundle(answer)
                                .build());
                        response.onCompleted();
                    }
                })
                .build();
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("bundles", "--target", "localhost:" + server.getPort()));
        all.addAll(List.of(arguments));
        CommandLine command = Winnow.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true));
        return command.execute(all.toArray(String[]::new));
    }
}
