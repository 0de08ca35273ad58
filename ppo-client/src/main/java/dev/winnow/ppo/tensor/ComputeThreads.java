package dev.winnow.ppo.tensor;

import org.bytedeco.pytorch.global.torch;

/**
 * The processor's threads that one computation uses. Sums are split by their number: another number rounds otherwise,
 * the same number rounds the same on the same machine.
 */
public final class ComputeThreads {
    private ComputeThreads() {}

    /**
     * Sets the number for this process, before its first computation.
     *
     * @param number at least 1
     */
    public static void use(int number) {
        torch.set_num_threads(number);
    }
}
