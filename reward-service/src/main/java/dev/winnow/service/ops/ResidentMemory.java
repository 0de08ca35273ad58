package dev.winnow.service.ops;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** All memory of the process, native memory of models and tokenizers included: no figure of the JVM has that. */
public final class ResidentMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String LABEL = "VmRSS:";

    private ResidentMemory() {}

    /** Adds a gauge where the system tells; on others there is none. */
    public static void register(MeterRegistry registry) {
        if (Files.isReadable(STATUS)) {
            Gauge.builder("process.resident.memory", ResidentMemory::bytes)
                    .description("Memory of the process that is in RAM, native memory included")
                    .baseUnit("bytes")
                    .register(registry);
        }
    }

    private static double bytes() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(LABEL))
                    .mapToDouble(line -> Double.parseDouble(line.substring(LABEL.length())
                                    .replace("kB", "")
                                    .trim())
                            * 1024)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
