/** JSON that people and other programs write, read strictly. */
@NullMarked
package dev.winnow.ppo.json;

import org.jspecify.annotations.NullMarked;
