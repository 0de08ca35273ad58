package dev.winnow.loadtest.bare;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.winnow.loadtest.bundle.Bundle;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The process that {@link BareProcess} starts. Each line of standard input is a JSON list of texts, answered with {@code
 * loaded}; then a number of threads, answered with a {@link BareRun} of these texts. Apart, so that reading the texts is
 * not part of the run.
 */
final class BareMain {
    private static final ObjectMapper JSON = new ObjectMapper();

    private BareMain() {}

    public static void main(String[] arguments)
            throws IOException, OrtException, InterruptedException, ExecutionException {
        try (BareModel model = BareModel.open(Bundle.open(Path.of(arguments[0]), arguments[1]));
                ExecutorService threads = Executors.newCachedThreadPool()) {
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            PrintStream out = System.out;
            out.println("ready");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                List<String> texts = List.of(JSON.readValue(line, String[].class));
                out.println("loaded");
                out.println(JSON.writeValueAsString(run(model, texts, Integer.parseInt(in.readLine()), threads)));
            }
        }
    }

    /** Runs texts in their order, each thread taking the next. */
    private static BareRun run(BareModel model, List<String> texts, int workers, ExecutorService threads)
            throws InterruptedException, ExecutionException {
        AtomicInteger next = new AtomicInteger();
        AtomicLong tokens = new AtomicLong();
        AtomicLongArray nanosEach = new AtomicLongArray(texts.size());
        long start = System.nanoTime();
        List<Future<?>> running = IntStream.range(0, workers)
                .<Future<?>>mapToObj(worker -> threads.submit(() -> {
                    for (int index = next.getAndIncrement(); index < texts.size(); index = next.getAndIncrement()) {
                        long from = System.nanoTime();
                        tokens.addAndGet(model.run(texts.get(index)));
                        nanosEach.set(index, System.nanoTime() - from);
                    }
                    return null;
                }))
                .toList();
        for (Future<?> worker : running) {
            worker.get();
        }
        long nanos = System.nanoTime() - start;
        return new BareRun(
                tokens.get(),
                nanos,
                LongStream.range(0, texts.size())
                        .map(index -> nanosEach.get((int) index))
                        .boxed()
                        .toList());
    }
}
