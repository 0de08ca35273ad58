package dev.winnow.service.domain;

/**
 * Identifies one version of a bundle.
 *
 * @param digest {@code sha256:} and the hash of the manifest, which holds the hashes of all other files
 */
public record ModelId(String bundle, String version, String digest) {
    @Override
    public String toString() {
        return bundle + "/" + version;
    }
}
