package dev.winnow.service.batch;

import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;

/** Which rows of one model run together. Pure. */
public interface BatchPolicy {
    /** Each row alone: no padding. The fastest on a CPU, where a worker a core runs rows side by side. */
    BatchPolicy ALONE = new BatchPolicy() {
        @Override
        public <R extends QueuedRow> List<R> batch(R head, NavigableMap<Integer, ? extends Collection<R>> others) {
            return List.of(head);
        }
    };

    /**
     * The rows to run now.
     *
     * @param head the row whose turn it is; it is always among them, so that none starves
     * @param others all other rows of the model that wait, by width and in the order of arrival
     */
    <R extends QueuedRow> List<R> batch(R head, NavigableMap<Integer, ? extends Collection<R>> others);
}
