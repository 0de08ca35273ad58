/** The gRPC edge: maps both ways and holds no logic of its own. */
@NullMarked
package dev.winnow.service.grpc;

import org.jspecify.annotations.NullMarked;
