package dev.winnow.ppo.cli;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Asks the system which streams are terminals. {@link java.io.Console#isTerminal()} answers for standard input and
 * output together, which is no answer for {@code winnow score < samples > results}: its progress bar goes to standard
 * error.
 */
enum Terminal {
    OUTPUT(1),
    ERROR(2);

    private final int fileDescriptor;

    Terminal(int fileDescriptor) {
        this.fileDescriptor = fileDescriptor;
    }

    /** Returns whether the stream is a terminal; false where the system has no {@code isatty}. */
    boolean isPresent() {
        return Linker.nativeLinker()
                .defaultLookup()
                .find("isatty")
                .map(this::ask)
                .orElse(false);
    }

    private boolean ask(MemorySegment isatty) {
        FunctionDescriptor type = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
        try {
            return (int) Linker.nativeLinker().downcallHandle(isatty, type).invokeExact(fileDescriptor) == 1;
        } catch (Throwable e) {
            throw new LinkageError("isatty", e); // a call of a C function throws nothing
        }
    }
}
