package dev.winnow.ppo.rollout;

/** Checks of settings. */
public final class Settings {
    private Settings() {}

    /**
     * Refuses a setting.
     *
     * @throws IllegalArgumentException naming the setting, what was found and what was expected
     */
    public static void require(boolean valid, String name, Object found, String expected) {
        if (!valid) {
            throw new IllegalArgumentException("%s: %s (expected: %s)".formatted(name, found, expected));
        }
    }

    /** Returns whether a number is finite and above 0; NaN is not. */
    public static boolean isPositive(double number) {
        return number > 0 && number < Double.POSITIVE_INFINITY;
    }

    /** Returns whether a number is finite and at least 0; NaN is not. */
    public static boolean isNotNegative(double number) {
        return number >= 0 && number < Double.POSITIVE_INFINITY;
    }
}
