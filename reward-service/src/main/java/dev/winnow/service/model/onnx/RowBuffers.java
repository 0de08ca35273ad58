package dev.winnow.service.model.onnx;

import dev.winnow.service.model.TensorRole;
import dev.winnow.service.model.TokenRow;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/** Native memory of one thread for the inputs of one row, made once and filled again for each run. */
final class RowBuffers {
    private final LongBuffer ids;
    private final LongBuffer mask;
    private final LongBuffer types;

    RowBuffers(int maximumTokens) {
        ids = allocate(maximumTokens);
        mask = allocate(maximumTokens);
        types = allocate(maximumTokens);
    }

    /** The buffer of the role with the row's values in it; valid until the next call for the role. */
    LongBuffer fill(TensorRole role, TokenRow row) {
        LongBuffer buffer = switch (role) {
            case INPUT_IDS -> ids;
            case ATTENTION_MASK -> mask;
            case TOKEN_TYPE_IDS -> types;
        };
        buffer.clear();
        for (int token = 0; token < row.width(); token++) {
            buffer.put(
                    switch (role) {
                        case INPUT_IDS -> row.ids().get(token);
                        case ATTENTION_MASK -> 1;
                        case TOKEN_TYPE_IDS -> row.types().get(token);
                    });
        }
        return buffer.flip();
    }

    private static LongBuffer allocate(int tokens) {
        return ByteBuffer.allocateDirect(tokens * Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .asLongBuffer();
    }
}
