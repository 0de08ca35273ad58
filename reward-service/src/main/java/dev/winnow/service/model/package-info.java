/** The bundle and its manifest, a model's input and output, and the port that runs it. */
@NullMarked
package dev.winnow.service.model;

import org.jspecify.annotations.NullMarked;
