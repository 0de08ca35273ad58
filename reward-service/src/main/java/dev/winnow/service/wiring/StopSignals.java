package dev.winnow.service.wiring;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Has signals end the application first and the JVM after it. By default Quarkus stops in a shutdown hook, and at the same
 * moment, in another, ONNX Runtime frees its environment, which models that still run would then use.
 */
final class StopSignals {
    private static final Logger LOG = Logger.getLogger(StopSignals.class);
    private static final Map<String, Integer> EXIT_STATUS = Map.of("INT", 128 + 2, "TERM", 128 + 15);

    private StopSignals() {}

    /** Does so from now on; not in tests, whose JVM is not the application's. */
    static void handle() {
        if (LaunchMode.current().isDevOrTest()) {
            return;
        }
        EXIT_STATUS.forEach((signal, status) -> {
            try {
                handle(signal, () -> Quarkus.asyncExit(status));
            } catch (ReflectiveOperationException e) {
                LOG.warnf(e, "SIG%s ends the JVM at once: a drain may be cut short", signal);
            }
        });
    }

    /** By reflection: the compiler warns of these classes, which no others stand in for. */
    private static void handle(String name, Runnable stop) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object stopping =
                Proxy.newProxyInstance(StopSignals.class.getClassLoader(), new Class<?>[] {handler}, (_, _, _) -> {
                    stop.run();
                    return null;
                });
        signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance(name), stopping);
    }
}
