/** Tests of the Kubernetes manifests in {@code k8s/}: that they render, are well-formed and safe, and fit the service. */
@NullMarked
package dev.winnow.service.manifests;

import org.jspecify.annotations.NullMarked;
