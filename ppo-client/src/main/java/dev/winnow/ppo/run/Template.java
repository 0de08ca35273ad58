package dev.winnow.ppo.run;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a prompt and its passages are laid out for the policy.
 *
 * @param text with {@code {prompt}} and {@code {context}}
 */
record Template(String text) {
    private static final Pattern PLACE = Pattern.compile("\\{(prompt|context)}");

    /** Returns what the policy reads; passages are divided by line breaks. */
    String apply(String prompt, List<String> context) {
        return PLACE.matcher(text)
                .replaceAll(place -> Matcher.quoteReplacement(
                        place.group(1).equals("prompt") ? prompt : String.join("\n", context)));
    }
}
