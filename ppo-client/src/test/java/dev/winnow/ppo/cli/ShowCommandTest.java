package dev.winnow.ppo.cli;

import static dev.winnow.ppo.cli.TestingListings.LISTED;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Code;
import dev.winnow.ppo.reward.TestingRewardServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShowCommandTest {
    private final TestingCommandLine winnow = new TestingCommandLine();

    @AfterEach
    void close() {
        winnow.close();
    }

    @Test
    void printsATableWhereThereIsNoTerminal() {
        winnow.server().list(LISTED);

        assertThat(winnow.run(
                        "show",
                        "--target",
                        winnow.server().target(),
                        "--rewards=length@SENTENCE=2",
                        "prompt",
                        "one\ntwo\033[2J"))
                .isZero();

        assertThat(winnow.out().lines().toList())
                .containsExactly(
                        "length SENTENCE, testing version 1: code points",
                        "VALUE    START  END  SEGMENT",
                        "+11.000  0      11   one\\ntwo\\u001b[2J",
                        "");
    }

    @Test
    void sendsThePassagesThatItIsGiven() {
        winnow.server().list(LISTED);

        assertThat(winnow.run(
                        "show",
                        "--target",
                        winnow.server().target(),
                        "--rewards=length",
                        "--context=The first.",
                        "--context",
                        "The second.",
                        "p",
                        "r"))
                .isZero();

        assertThat(winnow.server().calls().getFirst().getSamples(0).getContextList())
                .containsExactly("The first.", "The second.");
    }

    @Test
    void printsTheErrorOfItsSample() {
        winnow.server().answer(TestingRewardServer.error(Code.OUT_OF_RANGE, "tokens: 600 (expected: <= 512)", 0));

        assertThat(winnow.run("show", "--target", winnow.server().target(), "--rewards=length", "p", "r"))
                .isEqualTo(1);
        assertThat(winnow.err()).isEqualToIgnoringNewLines("winnow: OUT_OF_RANGE: tokens: 600 (expected: <= 512)");
    }
}
