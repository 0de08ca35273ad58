package dev.winnow.ppo.sft;

import dev.winnow.ppo.rollout.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Which examples a step has: passes over all of them, each in another random order. Examples of one batch have near
 * lengths, so that little is padded. The order follows from the seed and the step's number alone. Not thread-safe.
 */
final class Batches {
    /** Batches' worth of examples that are sorted together: so many that padding is little, few enough to stay mixed. */
    private static final int SORTED_TOGETHER = 32;

    private final List<Example> examples;
    private final int size;
    private final Seeds orders;
    private final Seeds batchOrders;
    private List<List<Example>> epochBatches = List.of();
    private int epoch = -1;

    /**
     * Makes an order.
     *
     * @param examples at least one
     * @param size of a batch; the last of a pass may be smaller
     */
    Batches(List<Example> examples, int size, long seed) {
        this.examples = examples;
        this.size = size;
        this.orders = new Seeds(seed, "examples");
        this.batchOrders = new Seeds(seed, "batches");
    }

    /**
     * Returns the examples of a step.
     *
     * @param step from 0
     */
    List<Example> ofStep(int step) {
        int batches = Math.ceilDiv(examples.size(), size);
        if (step / batches != epoch) {
            epoch = step / batches;
            epochBatches = ofEpoch();
        }
        return epochBatches.get(step % batches);
    }

    private List<List<Example>> ofEpoch() {
        int[] order = orders.order(epoch, examples.size());
        List<List<Example>> inOrder = new ArrayList<>();
        int together = (int) Math.min((long) SORTED_TOGETHER * size, order.length);
        for (int begin = 0; begin < order.length; begin += together) {
            int end = Math.min(begin + together, order.length);
            List<Example> near = Arrays.stream(order, begin, end)
                    .mapToObj(examples::get)
                    .sorted(Comparator.comparingInt(Example::length))
                    .toList();
            for (int first = 0; first < near.size(); first += size) {
                inOrder.add(near.subList(first, Math.min(first + size, near.size())));
            }
        }
        return Arrays.stream(batchOrders.order(epoch, inOrder.size()))
                .mapToObj(inOrder::get)
                .toList();
    }
}
