package dev.winnow.service.model.onnx;

import dev.winnow.service.model.TensorRole;
import dev.winnow.service.model.TokenRow;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Native memory of one thread for the inputs of a run, filled again for each and made anew only for a larger one. */
final class RowBuffers {
    private final Map<TensorRole, LongBuffer> buffers = new EnumMap<>(TensorRole.class);

    /** The role's buffer with {@code [rows, width]} values in it; valid until the next call for the role. */
    LongBuffer fill(TensorRole role, List<TokenRow> rows, int width) {
        LongBuffer buffer = withRoom(role, rows.size() * width);
        for (TokenRow row : rows) {
            for (int token = 0; token < width; token++) {
                buffer.put(token < row.width() ? valueOf(role, row, token) : 0);
            }
        }
        return buffer.flip();
    }

    private static long valueOf(TensorRole role, TokenRow row, int token) {
        return switch (role) {
            case INPUT_IDS -> row.ids().get(token);
            case ATTENTION_MASK -> 1;
            case TOKEN_TYPE_IDS -> row.types().get(token);
        };
    }

    private LongBuffer withRoom(TensorRole role, int values) {
        LongBuffer buffer = buffers.get(role);
        if (buffer == null || buffer.capacity() < values) {
            buffer = ByteBuffer.allocateDirect(roundUp(values) * Long.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asLongBuffer();
            buffers.put(role, buffer);
        }
        return buffer.clear();
    }

    /** To a power of two, so that ever longer rows do not make ever new buffers. */
    private static int roundUp(int values) {
        return Integer.highestOneBit(values) == values ? values : Integer.highestOneBit(values) * 2;
    }
}
