package dev.winnow.service.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.winnow.service.wiring.TestingBundles;
import dev.winnow.v1.AdminServiceGrpc;
import dev.winnow.v1.ListBundlesRequest;
import io.grpc.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(TestingBundles.class)
class AdminAccessTest {
    @Test
    void isSwitchedOffUnlessTheServiceIsToldOtherwise() {
        try (TestingClient client = new TestingClient()) {
            Status status = Status.fromThrowable(catchThrowable(() -> AdminServiceGrpc.newBlockingStub(client.channel())
                    .listBundles(ListBundlesRequest.getDefaultInstance())));
            assertThat(status.getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
            assertThat(status.getDescription()).contains("winnow.admin.enabled=true");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.8.8", "::1"})
    void callersOnThisMachineAreLetThrough(String address) throws UnknownHostException {
        assertThat(AdminAccess.refusal(true, new InetSocketAddress(InetAddress.getByName(address), 1)))
                .isNull();
        assertThat(AdminAccess.refusal(false, new InetSocketAddress(InetAddress.getByName(address), 1)))
                .startsWith("AdminService: switched off");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "192.168.1.1", "0.0.0.0", "fe80::1", "2001:db8::1"})
    void callersOnOthersAreRefused(String address) throws UnknownHostException {
        assertThat(AdminAccess.refusal(true, new InetSocketAddress(InetAddress.getByName(address), 1)))
                .startsWith("caller: ");
    }

    @Test
    void callersWithoutAnAddressAreRefused() {
        assertThat(AdminAccess.refusal(true, null)).startsWith("caller: null");
        assertThat(AdminAccess.refusal(true, InetSocketAddress.createUnresolved("localhost", 1)))
                .startsWith("caller: ");
        assertThat(AdminAccess.refusal(true, UnixDomainSocketAddress.of("socket")))
                .startsWith("caller: socket");
    }
}
