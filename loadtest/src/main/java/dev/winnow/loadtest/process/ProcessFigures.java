package dev.winnow.loadtest.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What the system counts of a process. */
public final class ProcessFigures {
    private ProcessFigures() {}

    /**
     * Returns the CPU time that all threads of a process have used, to a hundredth of a second.
     *
     * @throws IllegalStateException where the system does not tell, or the process has ended
     */
    public static Duration cpuTime(ProcessHandle process) {
        return process.info()
                .totalCpuDuration()
                .orElseThrow(() -> new IllegalStateException(
                        "process %d: no CPU time (expected: that of a live process)".formatted(process.pid())));
    }

    /** Returns the resident memory of a process in bytes. Linux only. */
    public static long residentBytes(ProcessHandle process) throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow(() -> new IOException("%s: no VmRSS (expected: one line of it)".formatted(status)));
    }
}
