package dev.winnow.loadtest.simulation;

import java.time.Duration;
import java.util.List;

/**
 * What is simulated.
 *
 * @param seed of all that is drawn
 */
public record SetUp(Clients clients, Replicas replicas, Watch watch, long seed) {
    /**
     * The trainers.
     *
     * @param roundTrip from an answer that leaves its replica until the next message of the same trainer can be there
     */
    public record Clients(Demand demand, Sending sending, Balancing balancing, Duration roundTrip) {}

    /**
     * The service.
     *
     * @param devices one for each replica
     * @param targetDelay of their admission
     */
    public record Replicas(List<Device> devices, Duration targetDelay, List<Outage> outages) {
        public Replicas {
            if (devices.isEmpty()) {
                throw new IllegalArgumentException("replicas: 0 (expected: >= 1)");
            }
            devices = List.copyOf(devices);
            outages = List.copyOf(outages);
        }
    }

    /** Simulates it. */
    public Observations observe() {
        return new Simulation(this).run();
    }
}
