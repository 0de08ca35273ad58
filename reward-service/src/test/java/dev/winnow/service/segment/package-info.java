@NullMarked
package dev.winnow.service.segment;

import org.jspecify.annotations.NullMarked;
