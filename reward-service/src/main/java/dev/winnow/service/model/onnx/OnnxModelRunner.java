package dev.winnow.service.model.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.winnow.service.domain.Lifetime;
import dev.winnow.service.domain.ReferenceCount;
import dev.winnow.service.model.InvalidManifestException;
import dev.winnow.service.model.Logits;
import dev.winnow.service.model.Manifest;
import dev.winnow.service.model.ModelFailedException;
import dev.winnow.service.model.ModelRunner;
import dev.winnow.service.model.Pooling;
import dev.winnow.service.model.Precision;
import dev.winnow.service.model.ReadOut;
import dev.winnow.service.model.RewardSpecification;
import dev.winnow.service.model.TensorRole;
import dev.winnow.service.model.TokenRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * ONNX Runtime on the CPU. One session is shared by all threads, and each run uses one thread: rows run side by side
 * rather than faster one by one, and no result depends on how work was split.
 */
public final class OnnxModelRunner implements ModelRunner {
    /**
     * Keeps the runtime from fusing stored int8 weights into quantised kernels, which would move values: they are
     * folded to fp32 once, when the session is made.
     */
    private static final String FOLD_STORED_WEIGHTS = "session.disable_quant_qdq";

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final String name;
    private final boolean runsAlone;
    private final Map<TensorRole, String> tensors;
    private final Set<String> outputs;
    private final ThreadLocal<RowBuffers> buffers;
    private final ReferenceCount runs = new ReferenceCount(this::free);

    private OnnxModelRunner(OrtSession session, Manifest manifest) {
        this.session = session;
        this.name = manifest.name();
        this.runsAlone = manifest.precision() == Precision.INT8;
        this.tensors = manifest.tensors();
        this.outputs = manifest.rewards().values().stream()
                .flatMap(reward -> reward.readOuts().values().stream())
                .map(ReadOut::output)
                .collect(Collectors.toSet());
        this.buffers = ThreadLocal.withInitial(RowBuffers::new);
    }

    /**
     * Opens a model and checks that its inputs, its outputs and the files of its weights are those of the manifest.
     *
     * @throws InvalidManifestException if they are not
     * @throws ModelFailedException if the runtime refuses the file
     */
    public static OnnxModelRunner open(Path model, Manifest manifest) throws IOException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.addConfigEntry(FOLD_STORED_WEIGHTS, "1");
            OrtSession session = OrtEnvironment.getEnvironment().createSession(model.toString(), options);
            try {
                checkInputs(session, manifest);
                checkOutputs(session, manifest);
                checkData(model, manifest);
            } catch (Throwable e) {
                session.close();
                throw e;
            }
            return new OnnxModelRunner(session, manifest);
        } catch (OrtException e) {
            throw new ModelFailedException("model.onnx: " + e.getMessage(), e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean runsAlone() {
        return runsAlone;
    }

    /** Never runs in a session that was freed: closing waits for the runs under way by leaving it to the last one. */
    @Override
    public List<Logits> run(List<TokenRow> rows, Lifetime lifetime) {
        runs.retainFor("model.onnx");
        try {
            return runRetained(rows, lifetime);
        } finally {
            runs.release();
        }
    }

    private List<Logits> runRetained(List<TokenRow> rows, Lifetime lifetime) {
        int width = rows.stream().mapToInt(TokenRow::width).max().orElseThrow();
        Map<String, OnnxTensor> inputs = new HashMap<>();
        try (Interruption interruption = Interruption.when(lifetime)) {
            for (Map.Entry<TensorRole, String> tensor : tensors.entrySet()) {
                inputs.put(
                        tensor.getValue(),
                        OnnxTensor.createTensor(
                                environment,
                                buffers.get().fill(tensor.getKey(), rows, width),
                                new long[] {rows.size(), width}));
            }
            try (OrtSession.Result result = session.run(inputs, outputs, interruption.options())) {
                return LogitsReader.read(result, rows);
            }
        } catch (OrtException e) {
            throw new ModelFailedException(
                    "run of %d rows, %d tokens wide: %s".formatted(rows.size(), width, e.getMessage()), e);
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    @Override
    public void close() {
        runs.releaseOwner();
    }

    private void free() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new ModelFailedException("close: " + e.getMessage(), e);
        }
    }

    private static void checkData(Path model, Manifest manifest) throws IOException {
        Set<String> declared = new TreeSet<>(manifest.files().keySet());
        declared.retainAll(Set.of(Manifest.MODEL_DATA));
        Set<String> found = ExternalData.files(model);
        if (!declared.equals(found)) {
            throw new InvalidManifestException("files: %s beside model.onnx (expected: %s, from which it takes weights)"
                    .formatted(declared, found));
        }
    }

    private static void checkInputs(OrtSession session, Manifest manifest) {
        Set<String> declared = new TreeSet<>(manifest.tensors().values());
        Set<String> found = new TreeSet<>(session.getInputNames());
        if (!declared.equals(found)) {
            throw new InvalidManifestException(
                    "tensors: %s (expected: the inputs of model.onnx, %s)".formatted(declared, found));
        }
    }

    private static void checkOutputs(OrtSession session, Manifest manifest) throws OrtException {
        Map<String, NodeInfo> outputs = session.getOutputInfo();
        for (RewardSpecification reward : manifest.rewards().values()) {
            for (ReadOut readOut : reward.readOuts().values()) {
                checkOutput(reward.name(), readOut, outputs);
            }
        }
    }

    private static void checkOutput(String reward, ReadOut readOut, Map<String, NodeInfo> outputs) {
        NodeInfo node = outputs.get(readOut.output());
        if (node == null) {
            throw new InvalidManifestException("rewards.%s: output %s (expected: one of the outputs of model.onnx, %s)"
                    .formatted(reward, readOut.output(), new TreeSet<>(outputs.keySet())));
        }
        if (!(node.getInfo() instanceof TensorInfo tensor) || tensor.type != OnnxJavaType.FLOAT) {
            throw new InvalidManifestException("rewards.%s: output %s is %s (expected: a tensor of float32)"
                    .formatted(reward, readOut.output(), node.getInfo()));
        }
        long[] shape = tensor.getShape();
        boolean pooled = readOut.pooling() == Pooling.POOLED;
        if (shape.length != (pooled ? 2 : 3) || shape[shape.length - 1] <= readOut.label()) {
            throw new InvalidManifestException("rewards.%s: output %s has shape %s (expected: %s with label %d)"
                    .formatted(
                            reward,
                            readOut.output(),
                            describe(shape),
                            pooled ? "[rows, labels]" : "[rows, width, labels]",
                            readOut.label()));
        }
    }

    private static List<Long> describe(long[] shape) {
        return Arrays.stream(shape).boxed().toList();
    }
}
