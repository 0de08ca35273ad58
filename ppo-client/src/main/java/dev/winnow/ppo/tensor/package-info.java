/**
 * PyTorch tensors outside of the heap: where they are freed, how they get in and out of arrays and files. Entry points:
 * {@link dev.winnow.ppo.tensor.Scopes} says who frees a tensor, {@link dev.winnow.ppo.tensor.Safetensors} is the file
 * format.
 */
@NullMarked
package dev.winnow.ppo.tensor;

import org.jspecify.annotations.NullMarked;
