package dev.winnow.service.domain;

/**
 * Who asks for rewards; what is scarce is shared out by it.
 *
 * @param name the name that the caller has proven to have, else the address that it calls from
 * @param authenticated whether it is a proven name; only such names are told to metrics
 */
public record Caller(String name, boolean authenticated) {
    /** The service itself: it proves models before they serve. */
    public static final Caller SELF = new Caller("service", true);
}
