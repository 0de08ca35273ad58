package dev.winnow.ppo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.v1.Density;
import dev.winnow.v1.RewardInfo;
import dev.winnow.v1.RewardVector;
import java.util.List;
import org.junit.jupiter.api.Test;

class DisplayTest {
    private static final RewardVector VECTOR = RewardVector.newBuilder()
            .setReward("kindness")
            .setDensity(Density.SENTENCE)
            .setBundle("b")
            .setVersion("1")
            .addAllStarts(List.of(0, 3))
            .addAllEnds(List.of(2, 6))
            .addAllValues(List.of(-1f, 1f))
            .build();
    private static final RewardInfo WITHOUT_RANGE = RewardInfo.newBuilder()
            .setMinimum(Float.NEGATIVE_INFINITY)
            .setMaximum(Float.POSITIVE_INFINITY)
            .build();

    private static final String RED = "\033[38;5;16;4;48;2;215;48;39m";
    private static final String GREEN = "\033[38;5;16;4;48;2;26;152;80m";
    private static final String PLAIN = "\033[0m";

    @Test
    void coloursSegmentsOnTheirOwnRangeAndLeavesWhatIsBetween() {
        List<String> lines = new Display("😀. \na\nb!", VECTOR, WITHOUT_RANGE).coloured(Palette.TRUE_COLOUR);

        assertThat(lines.get(0)).isEqualTo("kindness SENTENCE, b version 1");
        assertThat(lines.get(1)).isEqualTo(RED + "😀." + PLAIN + "[-1.000] \n" + GREEN + "a" + PLAIN + "\n[+1.000]b!");
        assertThat(lines.get(2)).startsWith("-1.000 " + RED).endsWith("+1.000 (greater is better)");
    }

    @Test
    void coloursOnTheRewardsRangeWhereItIsFinite() {
        RewardInfo reward = RewardInfo.newBuilder().setMinimum(-1).setMaximum(3).build();

        assertThat(Scale.of(VECTOR, reward)).isEqualTo(new Scale(-1, 3));
        assertThat(new Scale(-1, 3).position(1)).isEqualTo(0.5);
        assertThat(new Scale(2, 2).position(2)).isEqualTo(0.5);
    }

    @Test
    void knowsTerminalsOf256Colours() {
        assertThat(Palette.COLOUR_CUBE.paint("x", 0)).isEqualTo("\033[38;5;16;4;48;5;167mx\033[0m");
        assertThat(Palette.COLOUR_CUBE.paint("x", 0.5)).isEqualTo("\033[38;5;16;4;48;5;230mx\033[0m");
    }

    @Test
    void showsAResponseWithoutSegments() {
        RewardVector none =
                VECTOR.toBuilder().clearStarts().clearEnds().clearValues().build();

        assertThat(new Display("", none, WITHOUT_RANGE).coloured(Palette.TRUE_COLOUR))
                .hasSize(3);
        assertThat(new Display("", none, WITHOUT_RANGE).plain()).hasSize(2);
    }
}
