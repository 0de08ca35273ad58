package dev.winnow.ppo.cli;

import java.util.Locale;

/** Numbers for a screen, the same in every locale. */
final class Numbers {
    private Numbers() {}

    /** Returns a reward value with its sign and three decimals. */
    static String value(double value) {
        return String.format(Locale.ROOT, "%+.3f", value);
    }

    /** Returns a number of any size with three significant digits. */
    static String significant(double number) {
        return String.format(Locale.ROOT, "%.3g", number);
    }

    /** Returns a range in mathematical notation. */
    static String range(float minimum, float maximum) {
        return (Float.isInfinite(minimum) ? "(" : "[") + bound(minimum) + ", " + bound(maximum)
                + (Float.isInfinite(maximum) ? ")" : "]");
    }

    private static String bound(float bound) {
        if (Float.isInfinite(bound)) {
            return bound < 0 ? "-inf" : "inf";
        }
        return bound == Math.rint(bound) ? String.format(Locale.ROOT, "%.0f", bound) : Float.toString(bound);
    }
}
