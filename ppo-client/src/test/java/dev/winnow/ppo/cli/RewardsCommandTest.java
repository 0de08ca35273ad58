package dev.winnow.ppo.cli;

import static dev.winnow.ppo.cli.TestingListings.ANOTHER_OF_THE_BUNDLE;
import static dev.winnow.ppo.cli.TestingListings.LISTED;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RewardsCommandTest {
    private final TestingCommandLine winnow = new TestingCommandLine();

    @AfterEach
    void close() {
        winnow.close();
    }

    @Test
    void printsAlignedTables() {
        winnow.server()
                .list(LISTED.toBuilder().addRewards(ANOTHER_OF_THE_BUNDLE).build());

        assertThat(winnow.run("rewards", "--target", winnow.server().target())).isZero();

        assertThat(winnow.out().lines().toList())
                .containsExactly(
                        "REWARD          RANGE     MEAN    STD   DENSITIES",
                        "testing/length  [0, inf)  -       -     SENTENCE,SEQUENCE*",
                        "testing/accord  [-1, 1]   -0.250  12.5  TOKEN*,SEQUENCE",
                        "* the default density. MEAN, STD: of its values over the training data, - where not told.",
                        "",
                        "REWARD          MEANING",
                        "testing/length  code points",
                        "testing/accord  agreement",
                        "",
                        "BUNDLE   TOKENS  VERSIONS",
                        "testing  512     1 sha256:0123456789ab latest",
                        "TOKENS: most tokens of the bundle's own tokenizer in one sample.",
                        "",
                        "REFUSED  REASON",
                        "bad/1    sha256: differs");
    }

    @Test
    void saysWhereNothingIsServed() {
        winnow.server().list(LISTED.toBuilder().clearRewards().build());

        assertThat(winnow.run("rewards", "--target", winnow.server().target())).isZero();

        assertThat(winnow.out().lines().toList())
                .containsExactly("No rewards are served.", "", "REFUSED  REASON", "bad/1    sha256: differs");
    }

    @Test
    void printsJson() {
        winnow.server().list(LISTED);

        assertThat(winnow.run("rewards", "--json", "--target", winnow.server().target()))
                .isZero();

        assertThat(winnow.out()).contains("\"default_density\": \"SEQUENCE\"", "\"maximum_samples_per_call\": 0");
    }
}
