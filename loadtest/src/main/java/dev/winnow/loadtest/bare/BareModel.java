package dev.winnow.loadtest.bare;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.winnow.loadtest.bundle.Bundle;
import dev.winnow.loadtest.bundle.BundleTokenizer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * A bundle's graph on bare ONNX Runtime, run the best way that was found on a CPU: rows alone and without padding, one
 * thread a run, one session for all, inputs in native memory that is used again ({@code docs/adr/0005}). For inputs of
 * special tokens and the response alone.
 */
final class BareModel implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final BundleTokenizer tokenizer;
    private final OrtSession session;
    private final Layout layout;
    private final Map<String, String> tensors;
    private final ThreadLocal<Map<String, LongBuffer>> buffers;

    private BareModel(Bundle bundle, BundleTokenizer tokenizer, OrtSession session, Layout layout) {
        this.tokenizer = tokenizer;
        this.session = session;
        this.layout = layout;
        this.tensors = bundle.tensors();
        this.buffers = ThreadLocal.withInitial(() -> {
            Map<String, LongBuffer> ofThread = new HashMap<>();
            tensors.keySet().forEach(role -> ofThread.put(role, allocate(bundle.maximumTokens())));
            return ofThread;
        });
    }

    static BareModel open(Bundle bundle) throws IOException, OrtException {
        BundleTokenizer tokenizer = BundleTokenizer.open(bundle.folder());
        Layout layout = Layout.of(bundle, tokenizer);
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            // As the service: stored int8 weights are folded to fp32, not fused into other kernels (docs/adr/0014).
            options.addConfigEntry("session.disable_quant_qdq", "1");
            String graph = bundle.folder().resolve("model.onnx").toString();
            return new BareModel(
                    bundle, tokenizer, OrtEnvironment.getEnvironment().createSession(graph, options), layout);
        }
    }

    /**
     * Tokenises a text, runs it and reads all of what comes out. Thread-safe.
     *
     * @return tokens of the row, special tokens included
     */
    int run(String text) throws OrtException {
        Layout.Row row = layout.row(tokenizer.ids(text));
        Map<String, OnnxTensor> inputs = new HashMap<>();
        try {
            for (Map.Entry<String, LongBuffer> buffer : buffers.get().entrySet()) {
                OnnxTensor tensor = OnnxTensor.createTensor(
                        environment, row.fill(buffer.getKey(), buffer.getValue()), new long[] {1, row.width()});
                inputs.put(tensors.get(buffer.getKey()), tensor);
            }
            try (OrtSession.Result outputs = session.run(inputs)) {
                for (Map.Entry<String, OnnxValue> output : outputs) {
                    ((OnnxTensor) output.getValue()).getFloatBuffer();
                }
            }
            return row.width();
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    @Override
    public void close() throws OrtException {
        session.close();
        tokenizer.close();
    }

    private static LongBuffer allocate(int tokens) {
        return ByteBuffer.allocateDirect(tokens * Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .asLongBuffer();
    }
}
