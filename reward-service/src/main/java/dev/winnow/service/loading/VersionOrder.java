package dev.winnow.service.loading;

import java.math.BigInteger;
import java.util.Comparator;

/** Oldest first: runs of digits compare as numbers, all else as text, so that 10 follows 9 and 1.10 follows 1.9. */
final class VersionOrder implements Comparator<String> {
    @Override
    public int compare(String left, String right) {
        String[] leftParts = parts(left);
        String[] rightParts = parts(right);
        for (int index = 0; index < Math.min(leftParts.length, rightParts.length); index++) {
            int order = comparePart(leftParts[index], rightParts[index]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(leftParts.length, rightParts.length);
    }

    private static int comparePart(String left, String right) {
        if (isNumber(left) && isNumber(right)) {
            return new BigInteger(left).compareTo(new BigInteger(right));
        }
        return left.compareTo(right);
    }

    private static boolean isNumber(String part) {
        return part.charAt(0) >= '0' && part.charAt(0) <= '9';
    }

    /** Cuts between digits and other characters. */
    private static String[] parts(String version) {
        return version.split("(?<=\\d)(?=\\D)|(?<=\\D)(?=\\d)");
    }
}
