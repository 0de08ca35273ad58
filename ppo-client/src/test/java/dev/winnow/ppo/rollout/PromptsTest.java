package dev.winnow.ppo.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PromptsTest {
    private static final List<Prompt> PROMPTS = IntStream.range(0, 7)
            .mapToObj(index -> new Prompt("" + index, List.of(), new long[] {index}))
            .toList();

    @Test
    void eachPassHasEveryPromptInAnotherOrder() {
        Prompts prompts = new Prompts(PROMPTS, new Seeds(3, "prompts"));
        List<Prompt> drawn = new ArrayList<>();

        for (int step = 0; step < 7; step++) {
            drawn.addAll(prompts.ofStep(step, 3));
        }

        assertThat(drawn.subList(0, 7)).containsExactlyInAnyOrderElementsOf(PROMPTS);
        assertThat(drawn.subList(7, 14)).containsExactlyInAnyOrderElementsOf(PROMPTS);
        assertThat(drawn.subList(14, 21)).containsExactlyInAnyOrderElementsOf(PROMPTS);
        assertThat(drawn.subList(0, 7)).isNotEqualTo(drawn.subList(7, 14));
    }

    @Test
    void aStepMayHaveMorePromptsThanThereAre() {
        assertThat(new Prompts(PROMPTS, new Seeds(3, "prompts")).ofStep(2, 21))
                .hasSize(21)
                .contains(PROMPTS.get(4));
    }

    @Test
    void aStepDoesNotDependOnThoseBefore() {
        Prompts once = new Prompts(PROMPTS, new Seeds(3, "prompts"));
        once.ofStep(0, 3);
        once.ofStep(1, 3);

        assertThat(new Prompts(PROMPTS, new Seeds(3, "prompts")).ofStep(2, 3)).isEqualTo(once.ofStep(2, 3));
    }

    @Test
    void numbersDifferBySeedPurposeAndPlace() {
        Seeds seeds = new Seeds(3, "prompts");

        assertThat(seeds.at(5, 4)).containsExactly(seeds.at(5, 4)).doesNotHaveDuplicates();
        assertThat(seeds.at(5, 4)).isNotEqualTo(seeds.at(6, 4));
        assertThat(seeds.at(5, 4)).isNotEqualTo(new Seeds(4, "prompts").at(5, 4));
        assertThat(seeds.at(5, 4)).isNotEqualTo(new Seeds(3, "training").at(5, 4));
        assertThat(IntStream.of(seeds.order(0, 50)).sorted())
                .containsExactlyElementsOf(IntStream.range(0, 50).boxed().toList());
    }

    @Test
    void refusesNothingToRespondTo() {
        assertThatThrownBy(() -> new Prompts(List.of(), new Seeds(3, "prompts")))
                .hasMessage("prompts: 0 (expected: at least 1)");
        assertThatThrownBy(() -> new Prompt("empty", List.of(), new long[0]))
                .hasMessage("tokens of the prompt 'empty': 0 (expected: at least 1)");
    }
}
