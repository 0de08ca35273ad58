package dev.winnow.service.model.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtSession;
import dev.winnow.service.model.Logits;
import dev.winnow.service.model.TokenRow;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Copies the outputs of a run, {@code [rows, width, labels]} or pooled {@code [rows, labels]}, to each row without padding. */
final class LogitsReader {
    private LogitsReader() {}

    static List<Logits> read(OrtSession.Result result, List<TokenRow> rows) {
        List<Map<String, Logits.Output>> outputs = new ArrayList<>();
        rows.forEach(_ -> outputs.add(new HashMap<>()));
        for (Map.Entry<String, OnnxValue> output : result) {
            OnnxTensor tensor = (OnnxTensor) output.getValue();
            long[] shape = tensor.getInfo().getShape();
            int labels = Math.toIntExact(shape[shape.length - 1]);
            FloatBuffer values = tensor.getFloatBuffer();
            int rowSize = values.remaining() / rows.size();
            for (int row = 0; row < rows.size(); row++) {
                int kept = shape.length == 2 ? labels : rows.get(row).width() * labels;
                float[] own = new float[kept];
                values.get(row * rowSize, own);
                outputs.get(row).put(output.getKey(), new Logits.Output(own, labels));
            }
        }
        return outputs.stream().map(Logits::new).toList();
    }
}
