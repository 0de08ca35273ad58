/** ONNX Runtime behind the runner port. */
@NullMarked
package dev.winnow.service.model.onnx;

import org.jspecify.annotations.NullMarked;
