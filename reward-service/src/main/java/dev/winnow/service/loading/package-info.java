/** Opens the bundles of a folder, proves each against its golden file, and holds those that serve. */
@NullMarked
package dev.winnow.service.loading;

import org.jspecify.annotations.NullMarked;
