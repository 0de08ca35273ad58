package dev.winnow.service.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.service.wiring.TestingBundles;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Tools such as grpcurl find the service and its messages without the proto file. */
@QuarkusTest
@QuarkusTestResource(TestingBundles.class)
class ReflectionTest {
    @Test
    void listsTheService() {
        ServerReflectionResponse response =
                ask(ServerReflectionRequest.newBuilder().setListServices("").build());

        assertThat(response.getListServicesResponse().getServiceList())
                .extracting(ServiceResponse::getName)
                .contains("winnow.v1.RewardService", "grpc.health.v1.Health");
    }

    @Test
    void describesTheMessages() {
        ServerReflectionResponse response = ask(ServerReflectionRequest.newBuilder()
                .setFileContainingSymbol("winnow.v1.RewardService")
                .build());

        assertThat(response.getFileDescriptorResponse().getFileDescriptorProtoList())
                .anyMatch(file -> file.toStringUtf8().contains("winnow/v1/reward.proto"));
    }

    private static ServerReflectionResponse ask(ServerReflectionRequest request) {
        try (TestingClient client = new TestingClient()) {
            CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
            StreamObserver<ServerReflectionRequest> call = ServerReflectionGrpc.newStub(client.channel())
                    .serverReflectionInfo(new StreamObserver<>() {
                        @Override
                        public void onNext(ServerReflectionResponse response) {
                            answer.complete(response);
                        }

                        @Override
                        public void onError(Throwable failure) {
                            answer.completeExceptionally(failure);
                        }

                        @Override
                        public void onCompleted() {}
                    });
            call.onNext(request);
            ServerReflectionResponse response = answer.join();
            call.onCompleted();
            return response;
        }
    }
}
