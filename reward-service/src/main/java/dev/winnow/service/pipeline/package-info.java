/**
 * From a caller's sample to its rewards: {@link dev.winnow.service.pipeline.RewardPipeline} is the way in, {@link
 * dev.winnow.service.pipeline.SampleScorer} the flow itself.
 */
@NullMarked
package dev.winnow.service.pipeline;

import org.jspecify.annotations.NullMarked;
