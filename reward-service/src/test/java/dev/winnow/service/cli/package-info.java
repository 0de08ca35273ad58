@NullMarked
package dev.winnow.service.cli;

import org.jspecify.annotations.NullMarked;
