package dev.winnow.ppo.cli;

import com.google.protobuf.util.Timestamps;
import dev.winnow.v1.BundleStatus;
import dev.winnow.v1.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What became of a server's bundles, for a screen: the reasons, which are long, in a table of their own. */
final class BundleTables {
    private BundleTables() {}

    static List<String> of(List<BundleStatus> bundles) {
        if (bundles.isEmpty()) {
            return List.of("The bundles folder is empty.");
        }
        Table states = new Table("VERSION", "STATE", "CALLS", "SINCE", "DIGEST");
        Table reasons = new Table("VERSION", "REASON");
        for (BundleStatus bundle : bundles) {
            states.add(
                    name(bundle),
                    state(bundle.getState()) + (bundle.getLatest() ? ", latest" : ""),
                    Integer.toUnsignedString(bundle.getCallsInFlight()),
                    Timestamps.toString(
                            bundle.getSince().toBuilder().setNanos(0).build()),
                    bundle.getDigest().isEmpty() ? "-" : RewardTables.shortened(bundle.getDigest()));
            if (!bundle.getReason().isEmpty()) {
                reasons.add(name(bundle), Display.visibleLine(bundle.getReason()));
            }
        }
        List<String> lines = new ArrayList<>(states.lines());
        if (reasons.hasRows()) {
            lines.add("");
            lines.addAll(reasons.lines());
        }
        return lines;
    }

    private static String name(BundleStatus bundle) {
        return bundle.getVersion().isEmpty() ? bundle.getName() : bundle.getName() + "/" + bundle.getVersion();
    }

    private static String state(State state) {
        return state.name().replace("STATE_", "").toLowerCase(Locale.ROOT);
    }
}
