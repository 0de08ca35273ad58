package dev.winnow.ppo.report.page;

import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.RawString;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Template;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.webjars.WebJarVersionLocator;

/**
 * The HTML of a report. All text is escaped where the template puts it. The page's policy lets nothing be loaded, and no
 * script run but the two that are part of it.
 */
final class Page {
    private static final String HTML = "text/html";

    /** Chart.js, MIT licence. */
    private static final String LIBRARY =
            resource("/" + new WebJarVersionLocator().fullPath("chart.js", "dist/chart.umd.min.js"));

    private static final String SCRIPT = resource("report.js");
    private static final String STYLE = resource("report.css");

    private static final Template TEMPLATE = Engine.builder()
            .addDefaults()
            .addValueResolver(new ReflectionValueResolver())
            .addResultMapper(new HtmlEscaper(List.of(HTML)))
            .build()
            .parse(resource("report.html"), Variant.forContentType(HTML), "report.html");

    /**
     * What is on the page.
     *
     * @param charts JSON without any of {@code < > &}, as Gson writes it
     * @param names of the samples' rewards, as such JSON
     */
    record Content(
            String title,
            List<RunReport.Fact> facts,
            List<String> warnings,
            List<SummaryRow> summary,
            List<PageSection> sections,
            SamplePairs samples,
            String configuration,
            RawString charts,
            RawString names) {}

    private Page() {}

    static String render(Content content) {
        return TEMPLATE.data("page", content)
                .data("library", new RawString(LIBRARY))
                .data("libraryHash", new RawString(hash(LIBRARY)))
                .data("script", new RawString(SCRIPT))
                .data("scriptHash", new RawString(hash(SCRIPT)))
                .data("style", new RawString(STYLE))
                .data("styleHash", new RawString(hash(STYLE)))
                .render();
    }

    private static String resource(String name) {
        try (InputStream stream =
                Objects.requireNonNull(Page.class.getResourceAsStream(name), "missing on the class path: " + name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what a content security policy knows an element's text by. */
    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }
}
