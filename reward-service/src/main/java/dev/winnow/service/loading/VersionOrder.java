package dev.winnow.service.loading;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Oldest first: runs of digits compare as numbers, all else as text, so that 10 follows 9 and 1.10 follows 1.9. What
 * stands behind the first hyphen of a numbered version makes it a pre-release, older than the version without it, as in
 * Semantic Versioning 2.0, rule 11: 1.0-rc1 is older than 1.0. Versions that differ are never equal.
 */
final class VersionOrder implements Comparator<String> {
    private static final Pattern PRE_RELEASE = Pattern.compile("(?<release>v?[0-9]+(\\.[0-9]+)*)-(?<label>.+)");

    private record Version(String release, String label) {
        static Version of(String version) {
            Matcher parts = PRE_RELEASE.matcher(version);
            return parts.matches()
                    ? new Version(parts.group("release"), parts.group("label"))
                    : new Version(version, "");
        }
    }

    @Override
    public int compare(String left, String right) {
        Version leftVersion = Version.of(left);
        Version rightVersion = Version.of(right);
        int order = compareNumbersInText(leftVersion.release(), rightVersion.release());
        if (order == 0) {
            order = Boolean.compare(
                    leftVersion.label().isEmpty(), rightVersion.label().isEmpty());
        }
        if (order == 0) {
            order = compareNumbersInText(leftVersion.label(), rightVersion.label());
        }
        return order == 0 ? left.compareTo(right) : order;
    }

    private static int compareNumbersInText(String left, String right) {
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
        return !part.isEmpty() && part.charAt(0) >= '0' && part.charAt(0) <= '9';
    }

    /** Cuts between digits and other characters. */
    private static String[] parts(String version) {
        return version.split("(?<=\\d)(?=\\D)|(?<=\\D)(?=\\d)");
    }
}
