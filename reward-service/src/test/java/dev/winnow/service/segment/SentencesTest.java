package dev.winnow.service.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.service.domain.Text;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentencesTest {
    /** Each case is written with a bar where a sentence ends. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "It rained.| We stayed in!| Did you?| Yes",
                // Full stops inside words and numbers
                "Pi is 3.14159 or so.| See www.example.org/a.b for more.",
                "It grew by .5 percent, to 1.2.3-beta.| Fine.",
                // Titles, initials, abbreviations
                "Dr. Grey met Mrs. Oak at No. 7 in Sept. 1999.| They spoke.",
                "J. K. Rowling and J.R.R. Tolkien wrote.| E. B. White did, too.",
                "The U.S. Navy sailed to the U.S.| The crew rested at 5 p.m. Pacific time.",
                "Oak Bros. Inc. Ltd. opened in Jan. 2001, vs. Elm Corp.| It closed.",
                "He said no.| She said no. 9 was hers.",
                "Fruit, e.g. apples, i.e. food, etc. are eaten.| Good.",
                // Ellipses
                "Well... maybe.| Wait… what?| So...| Then it ended…| Right.",
                // Closing marks stay with their sentence
                "\"I know.\"| \"Do you?\"| (Perhaps.)| [No.]| “So.”| ‘Ja.’| Ok.",
                "'Why?' she asked.| \"Go!\" he said.| He went.",
                "« Oui. »| Il part.| »Ja.«| »Nein.«| Ende.",
                "They won (again!) and left.| Then: \"rest.\"",
                // Footnotes and emphasis
                "It is old.[1]| It is tall.[2][note3]| It stands.²| Indeed.",
                "**It is bold.**| *Very!*| __Yes.__| Plain.",
                // What goes on in lower case
                "He left. and then?| what?| yes!| ok... so. ok",
                // Items
                "1. Boil it.| 2. Eat it.| 10. Wash up.",
                "A. First of all.| B. Second.",
                // Other scripts
                "今日は晴れです。|明日は「雨。」|本当？！|はい",
                "यह एक है।| यह दो है॥| ठीक",
                "هل هذا صحيح؟| نعم.| لا۔| حسنا",
                "А. С. Пушкин родился в Москве.| Он писал.",
                "¿Qué pasa?| ¡Nada!| Vale.",
                // Emoji and combining marks
                "So good!| 😀 Next e\u0301t e\u0301.| 😀 E\u0301t.",
            })
    void endsWhereTheBarsAre(String marked) {
        String[] parts = marked.split("\\|");
        List<String> expected = List.of(parts).stream().map(String::strip).toList();
        assertThat(sentences(String.join("", parts))).containsExactlyElementsOf(expected);
    }

    @Test
    void lineBreaksEndSentences() {
        assertThat(sentences("Title\nDr.\r\n\r\nA list:\n- one\n- two\u2029end \u2028 "))
                .containsExactly("Title", "Dr.", "A list:", "- one", "- two", "end");
    }

    @Test
    void numberedItemsOnLinesOfTheirOwn() {
        assertThat(sentences("1. Boil it.\n2. Eat it.")).containsExactly("1. Boil it.", "2. Eat it.");
    }

    private static List<String> sentences(String text) {
        Text whole = Text.of(text);
        return Sentences.of(CodePoints.of(whole)).stream().map(whole::slice).toList();
    }
}
