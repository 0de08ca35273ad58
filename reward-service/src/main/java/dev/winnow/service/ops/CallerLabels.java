package dev.winnow.service.ops;

import dev.winnow.service.domain.Caller;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What metrics call a caller: a proven name, of which there are at most so many; never an address. Thread-safe. */
final class CallerLabels {
    private static final int MAXIMUM_NAMES = 100;
    private static final String ANONYMOUS = "anonymous";
    private static final String OTHER = "other";

    private final Set<String> names = ConcurrentHashMap.newKeySet();

    String of(Caller caller) {
        if (!caller.authenticated()) {
            return ANONYMOUS;
        }
        if (names.contains(caller.name()) || (names.size() < MAXIMUM_NAMES && names.add(caller.name()))) {
            return caller.name();
        }
        return OTHER;
    }
}
