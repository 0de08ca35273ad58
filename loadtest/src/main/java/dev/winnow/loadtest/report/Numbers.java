package dev.winnow.loadtest.report;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers for people, the same in every locale. */
public final class Numbers {
    private static final MathContext SIGNIFICANT = new MathContext(4);

    private Numbers() {}

    /** Returns a number with four significant digits; a whole number with all of its digits. */
    public static String text(double number) {
        BigDecimal exact = BigDecimal.valueOf(number);
        BigDecimal shown = number == Math.rint(number) ? exact : exact.round(SIGNIFICANT);
        return shown.stripTrailingZeros().toPlainString();
    }
}
