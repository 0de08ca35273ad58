package dev.winnow.service.domain;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Samples with few parts. */
public final class TestingSamples {
    private TestingSamples() {}

    public static Sample of(Prompt prompt, String response) {
        return of("sample", prompt, response, Optional.empty(), List.of(), Optional.empty());
    }

    public static Sample of(String prompt, String response) {
        return of(new Prompt.Plain(prompt), response);
    }

    public static Sample named(String id, String response) {
        return of(id, new Prompt.None(), response, Optional.empty(), List.of(), Optional.empty());
    }

    public static Sample withTokens(String response, List<Integer> ends) {
        return of("sample", new Prompt.Plain("p"), response, Optional.of(ends), List.of(), Optional.empty());
    }

    public static Sample withSteps(String response, List<Integer> ends) {
        return of("sample", new Prompt.Plain("p"), response, Optional.empty(), ends, Optional.empty());
    }

    public static Sample withTimeout(String response, Duration timeout) {
        return of("sample", new Prompt.Plain("p"), response, Optional.empty(), List.of(), Optional.of(timeout));
    }

    public static Sample withContext(String response, String... passages) {
        return new Sample(
                "sample",
                new Prompt.None(),
                List.of(passages),
                Text.of(response),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                100);
    }

    private static Sample of(
            String id,
            Prompt prompt,
            String response,
            Optional<List<Integer>> tokens,
            List<Integer> steps,
            Optional<Duration> timeout) {
        return new Sample(id, prompt, List.of(), Text.of(response), tokens, steps, timeout, 100);
    }
}
