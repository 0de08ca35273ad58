package dev.winnow.service.loading;

import dev.winnow.service.loading.BundleVersion.Status;
import dev.winnow.service.pipeline.RewardModel;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of one version in the folder. Belongs to the thread that loads. */
final class VersionEntry {
    private final String folder;
    private @Nullable Fingerprint tried;
    private @Nullable RewardModel serving;
    private @Nullable RewardModel unloaded;
    private boolean requested;
    private String reason = "";
    private boolean gone;
    private Status status = Status.LOADING;
    private Instant since;

    VersionEntry(String folder, Instant since) {
        this.folder = folder;
        this.since = since;
    }

    /** Notes that the files are about to be tried as they are now. */
    void tries(Fingerprint files, Instant now) {
        tried = files;
        become(serving == null ? Status.LOADING : Status.SERVING, now);
    }

    boolean hasTried(Fingerprint files) {
        return files.equals(tried);
    }

    /** Whether these are the files of what serves, or of what was unloaded and not asked for since. */
    boolean isSettled(String digest) {
        return (serving != null || !requested)
                && model().filter(model -> model.id().digest().equals(digest)).isPresent();
    }

    /** Notes that the files are those of what serves or was unloaded. */
    void confirm(Instant now) {
        reason = "";
        become(serving == null ? Status.UNLOADED : Status.SERVING, now);
    }

    /** Notes a reason against the files; what serves does so still. */
    void refuse(String why, Instant now) {
        reason = why;
        become(serving == null ? Status.REFUSED : Status.SERVING, now);
    }

    /** Notes a reason for which the files cannot be tried now; they will be once they are there again. */
    void miss(String why, Instant now) {
        tried = null;
        refuse(why, now);
    }

    /** Serves another model; returns the one before, or that was unloaded before, which is the caller's to close. */
    Optional<RewardModel> serve(RewardModel model, Instant now) {
        Optional<RewardModel> before = model();
        requested = false;
        serving = model;
        unloaded = null;
        reason = "";
        status = Status.SERVING;
        since = now;
        return before;
    }

    /** Serves no more; returns the model, which is the caller's to close. */
    Optional<RewardModel> unload(Instant now) {
        Optional<RewardModel> before = Optional.ofNullable(serving);
        before.ifPresent(model -> {
            serving = null;
            unloaded = model;
            requested = false;
            reason = "";
            become(Status.UNLOADED, now);
        });
        return before;
    }

    /** Notes that it is asked for, though it may have been unloaded. */
    void request() {
        requested = true;
    }

    /** Notes whether the folder was found; returns whether it was missing this time and the last time. */
    boolean missingAgain(boolean found) {
        boolean before = gone;
        gone = !found;
        return gone && before;
    }

    Optional<RewardModel> serving() {
        return Optional.ofNullable(serving);
    }

    BundleVersion describe() {
        String digest = model().map(model -> model.id().digest()).orElse("");
        return new BundleVersion(folder, status, digest, model(), reason, since);
    }

    private Optional<RewardModel> model() {
        return Optional.ofNullable(serving == null ? unloaded : serving);
    }

    private void become(Status next, Instant now) {
        if (status != next) {
            status = next;
            since = now;
        }
    }
}
