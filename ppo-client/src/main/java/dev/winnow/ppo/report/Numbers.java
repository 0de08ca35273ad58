package dev.winnow.ppo.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as reports have them, the same in every locale. */
public final class Numbers {
    private static final MathContext DIGITS = new MathContext(4);
    private static final double SMALL = 1e-4;
    private static final double LARGE = 1e7;

    private Numbers() {}

    /** Returns a finite number with four significant digits, or all of a whole one. */
    public static String significant(double number) {
        double size = Math.abs(number);
        if (number == 0) {
            return "0";
        }
        if (size < SMALL || size >= LARGE) {
            return String.format(Locale.ROOT, "%.3e", number);
        }
        if (number == Math.rint(number)) {
            return Long.toString((long) number);
        }
        BigDecimal rounded = new BigDecimal(number).round(DIGITS);
        int missing = DIGITS.getPrecision() - rounded.precision();
        return rounded.setScale(Math.max(0, rounded.scale() + missing)).toPlainString();
    }
}
