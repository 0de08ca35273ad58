package dev.winnow.service.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReferenceCountTest {
    private final AtomicInteger freed = new AtomicInteger();
    private final ReferenceCount count = new ReferenceCount(freed::incrementAndGet);

    @Test
    void ownerAloneFreesAtOnceAndOnce() {
        count.releaseOwner();
        count.releaseOwner();
        assertThat(freed).hasValue(1);
        assertThat(count.isFreed()).isTrue();
    }

    @Test
    void lastUserFrees() {
        assertThat(count.retain()).isTrue();
        assertThat(count.retain()).isTrue();
        assertThat(count.users()).isEqualTo(2);
        count.releaseOwner();
        assertThat(count.users()).isEqualTo(2);
        count.release();
        assertThat(freed).hasValue(0);
        count.release();
        assertThat(freed).hasValue(1);
    }

    @Test
    void nobodyBeginsToUseWhatTheOwnerGaveUp() {
        count.retain();
        count.releaseOwner();
        assertThat(count.retain()).isFalse();
        assertThat(count.isFreed()).isFalse();
        count.release();
        assertThat(freed).hasValue(1);
    }

    @Test
    void usersFreeNothingThatHasItsOwner() {
        count.retain();
        count.release();
        assertThat(freed).hasValue(0);
        assertThat(count.retain()).isTrue();
    }

    @Test
    void freedStaysFreed() {
        count.releaseOwner();
        assertThat(count.retain()).isFalse();
        assertThatThrownBy(count::release).isInstanceOf(IllegalStateException.class);
        assertThat(freed).hasValue(1);
    }

    @Test
    void manyThreadsFreeItOnceAndNeverUseItFreed() throws Exception {
        AtomicInteger usedFreed = new AtomicInteger();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> users = new ArrayList<>();
            for (int user = 0; user < 4; user++) {
                users.add(threads.submit(() -> {
                    while (count.retain()) {
                        usedFreed.addAndGet(freed.get());
                        count.release();
                    }
                }));
            }
            count.releaseOwner();
            for (Future<?> user : users) {
                user.get();
            }
        }
        assertThat(usedFreed).hasValue(0);
        assertThat(freed).hasValue(1);
    }
}
