package dev.winnow.service.loading;

import java.time.Duration;

/** The port through which loading tells what it does, for metrics and health. Called by one thread at a time. */
public interface BundleEvents {
    /** Nobody listens. */
    BundleEvents NONE = new BundleEvents() {
        @Override
        public void loaded(String bundle, Duration took) {}

        @Override
        public void refused(String bundle, Duration took) {}

        @Override
        public void changed(BundlesState state) {}
    };

    /** A version was opened, warmed up and proven. */
    void loaded(String bundle, Duration took);

    /** A version must not serve. */
    void refused(String bundle, Duration took);

    /** What serves, or what is known of a version, is another from now on. */
    void changed(BundlesState state);
}
