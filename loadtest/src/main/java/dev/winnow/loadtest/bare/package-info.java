/** ONNX Runtime without the service: what the service is measured against. */
@NullMarked
package dev.winnow.loadtest.bare;

import org.jspecify.annotations.NullMarked;
