/**
 * The language model that is trained: a decoder of the Llama family in PyTorch, read from and written to a Hugging Face
 * directory. Entry points: {@link dev.winnow.ppo.policy.Policy} gives logits, {@link dev.winnow.ppo.policy.Generator}
 * writes responses, {@link dev.winnow.ppo.policy.ValueModel} gives values.
 */
@NullMarked
package dev.winnow.ppo.policy;

import org.jspecify.annotations.NullMarked;
