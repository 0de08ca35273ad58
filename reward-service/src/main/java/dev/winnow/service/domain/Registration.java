package dev.winnow.service.domain;

/** Takes back what was registered, if it has not happened yet. Thread-safe; closing it again has no effect. */
@FunctionalInterface
public interface Registration extends AutoCloseable {
    @Override
    void close();
}
