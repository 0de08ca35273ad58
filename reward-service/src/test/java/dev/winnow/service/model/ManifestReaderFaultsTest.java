package dev.winnow.service.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestReaderFaultsTest {
    /** The part of the tiny manifest that is replaced, by what, and what is said of it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            schema: 1 | schema: 2 | schema: 2 (expected: 1)
            schema: 1 | schema: one | schema: "one" (expected: an integer >= 0)
            schema: 1 | weight: 1 | : [weight] (expected: only the keys [description, files, golden_tolerance, inputs, license, maximum_tokens, name, precision, rewards, schema, tensors, version])
            name: tiny | name: ~ | name: missing
            name: tiny | name: ' ' | name: " " (expected: a text that is not blank)
            version: '1' | version: 1 | version: 1 (expected: a text that is not blank)
            license: Apache-2.0 | license: [a] | license: ["a"] (expected: a text that is not blank)
            precision: fp32 | precision: fp16 | precision: fp16 is reserved and not served by this release (expected: one of fp32, int8)
            precision: fp32 | precision: fp8 | precision: fp8 (expected: one of fp32, int8)
            maximum_tokens: 64 | maximum_tokens: 0 | maximum_tokens: 0 (expected: an integer >= 1)
            maximum_tokens: 64 | maximum_tokens: 6.5 | maximum_tokens: 6.5 (expected: an integer >= 1)
            maximum_tokens: 64 | maximum_tokens: 3000000000 | maximum_tokens: 3000000000 (expected: an integer >= 1)
            golden_tolerance: 0.0001 | golden_tolerance: small | golden_tolerance: "small" (expected: a finite number)
            {input_ids: input_ids, | {inputs: input_ids, | tensors: [inputs] (expected: only the keys [attention_mask, input_ids, token_type_ids])
            tokenizer.json: | vocabulary.txt: | files: [vocabulary.txt] (expected: only the keys [golden.jsonl, model.onnx, model.onnx.data, tokenizer.json])
            tokenizer.json: | model.onnx.data: | files.tokenizer.json: missing
            """)
    void faultOfTheBundleIsNamed(String part, String replacement, String message) {
        assertRefused(TestingManifests.tinyWith(part, replacement), message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            overflow: refuse | overflow: window | inputs.pair.overflow: window is reserved and not served by this release (expected: one of refuse)
            overflow: refuse | overflow: cut | inputs.pair.overflow: cut (expected: one of refuse)
            overflow: refuse | stride: 5 | inputs.pair: [stride] (expected: only the keys [empty_response, overflow, pieces])
            - response: {token_type: 1} | - separator: {} | inputs.pair.pieces[3]: separator is reserved and not served by this release (expected: one of special, literal, prompt, messages, context, response)
            - response: {token_type: 1} | - answer | inputs.pair.pieces[3]: "answer" (expected: one of special, literal, prompt, messages, context, response)
            - response: {token_type: 1} | - {literal: ''} | inputs.pair.pieces[3].literal: "" (expected: a text that is not empty)
            - response: {token_type: 1} | - {literal: a} | inputs.pair.pieces: 0 response pieces (expected: exactly 1)
            - {special: '[CLS]'} | - response | inputs.pair.pieces: 2 response pieces (expected: exactly 1)
            {special: '[CLS]'} | {special: '[CLS]', type: 0} | inputs.pair.pieces[0]: [type] (expected: only the keys [special, token_type])
            truncate: left | truncate: middle | inputs.pair.pieces[1].prompt.truncate: middle (expected: one of left, right)
            budget: 16 | budget: 0 | inputs.pair.pieces[1].prompt.budget: 0 (expected: an integer >= 1)
            , budget: 16 | | inputs.pair.pieces[1].prompt.budget: missing
            context: {select: nearest, budget: 16} | context: 16 | inputs.grounds.pieces[3].context: 16 (expected: a mapping)
            select: nearest | select: windows | inputs.grounds.pieces[3].context.select: windows (expected: one of nearest)
            select: nearest, | | inputs.grounds.pieces[3].context.select: missing
            nearest, budget: 16 | nearest, budget: 0 | inputs.grounds.pieces[3].context.budget: 0 (expected: an integer >= 1)
            nearest, budget: 16 | nearest, budget: 16, truncate: left | inputs.grounds.pieces[3].context: [truncate] (expected: only the keys [budget, select, token_type])
            - response: {token_type: 1} | - context: {select: nearest, budget: 9} | inputs.pair.pieces: 0 response pieces (expected: exactly 1)
            token_type: 1} | token_type: -1} | inputs.pair.pieces[3].response.token_type: -1 (expected: an integer >= 0)
            """)
    void faultOfAnInputIsNamed(String part, String replacement, String message) {
        assertRefused(TestingManifests.tinyWith(part, replacement == null ? "" : replacement), message);
    }

    /** What stands in place of the prompt piece. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            messages: {truncate: left, budget: 9} | .roles: missing
            messages: {roles: [user], truncate: left, budget: 9} | .roles: ["user"] (expected: a mapping)
            messages: {roles: {system: {prefix: '', suffix: ''}}, truncate: left, budget: 9} | .roles.user: missing
            messages: {roles: {user: {prefix: ''}}, truncate: left, budget: 9} | .roles.user.suffix: missing
            messages: {roles: {user: {prefix: 1, suffix: ''}}, truncate: left, budget: 9} | .roles.user.prefix: 1 (expected: a text)
            messages: {roles: {user: {prefix: '', suffix: '', infix: ''}}, truncate: left, budget: 9} | .roles.user: [infix] (expected: only the keys [prefix, suffix])
            messages: {roles: {user: {prefix: '', suffix: ''}}, budget: 9} | .truncate: missing
            messages: {roles: {user: {prefix: '', suffix: ''}}, truncate: left} | .budget: missing
            messages: {roles: {user: {prefix: '', suffix: ''}}, truncate: left, budget: 9, trim: 'yes'} | .trim: "yes" (expected: true or false)
            messages: {roles: {user: {prefix: '', suffix: ''}}, truncate: left, budget: 9, begin: 5} | .begin: 5 (expected: a text)
            messages: {roles: {user: {prefix: '', suffix: ''}}, truncate: left, budget: 9, end: ''} | : [end] (expected: only the keys [begin, budget, default_system, roles, token_type, trim, truncate])
            """)
    void faultOfAConversationIsNamed(String piece, String message) {
        assertRefused(
                TestingManifests.tinyWith("prompt: {truncate: left, budget: 16}", piece),
                "inputs.pair.pieces[1].messages" + message);
    }

    @Test
    void promptBesideAConversationIsRefused() {
        String messages = "- messages: {roles: {user: {prefix: '', suffix: ''}}, truncate: left, budget: 9}\n    ";
        assertRefused(
                TestingManifests.tinyWith("- prompt:", messages + "- prompt:"),
                "inputs.pair.pieces: 2 prompt or messages pieces (expected: at most 1)");
    }

    @Test
    void contextStandsOnceAtMost() {
        String context = "    - context: {select: nearest, budget: 16}\n";
        assertRefused(
                TestingManifests.tinyWith(context, context + context),
                "inputs.grounds.pieces: 2 context pieces (expected: at most 1)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            input: pair | input: pairs | rewards.quality.input: pairs (expected: one of [pair, response, grounds])
            quality: | Quality: | rewards.Quality: Quality (expected: a name of lower-case letters, digits, - and _)
            quality: | a/b: | rewards.a/b: a/b (expected: a name of lower-case letters, digits, - and _)
            link: linear | link: cubic | rewards.quality.link: cubic (expected: one of sigmoid, softmax, linear)
            mean: 0.25 | average: 0.25 | rewards.quality: [average] (expected: only the keys [bias, default_density, densities, input, inverse, link, mean, meaning, range, scale, std])
            std: 2.0 | std: 0.0 | rewards.quality.std: 0.0 (expected: > 0)
            std: 2.0 | std: -2.0 | rewards.quality.std: -2.0 (expected: > 0)
            std: 2.0 | std: ~ | rewards.quality.std: missing
            scale: 0.5 | scale: 0.0 | rewards.quality.scale: 0 (expected: not 0, else every value is the bias)
            [-100.0, 100.0] | [100.0, -100.0] | rewards.quality.range: [100.0,-100.0] (expected: [minimum, maximum] with minimum < maximum)
            [-100.0, 100.0] | [1.0] | rewards.quality.range: [1.0] (expected: [minimum, maximum] with minimum < maximum)
            [-100.0, 100.0] | 5 | rewards.quality.range: 5 (expected: a list)
            [-100.0, 100.0] | [low, 5] | rewards.quality.range[0]: "low" (expected: a number, .inf or -.inf)
            inverse: probability = value | # none | rewards.fluency.inverse: missing
            default_density: SENTENCE | default_density: TOKEN | rewards.quality.default_density: TOKEN (expected: one of [STEP, SUB_SENTENCE, SENTENCE, SEQUENCE])
            default_density: SENTENCE | default_density: PARAGRAPH | rewards.quality.default_density: PARAGRAPH (expected: one of token, step, sub_sentence, sentence, sequence)
            STEP: | PARAGRAPH: | rewards.quality.densities.PARAGRAPH: PARAGRAPH (expected: one of [TOKEN, STEP, SUB_SENTENCE, SENTENCE, SEQUENCE])
            label: 1 | label: -1 | rewards.fluency.densities.TOKEN.label: -1 (expected: an integer >= 0)
            read_out: last_token | read_out: separator | rewards.quality.densities.SEQUENCE.read_out: separator is reserved and not served by this release (expected: one of max, mean, first_token, last_token, pooled)
            read_out: last_token | read_out: prefix_difference | rewards.quality.densities.SEQUENCE.read_out: prefix_difference is reserved and not served by this release (expected: one of max, mean, first_token, last_token, pooled)
            read_out: last_token | read_out: piece | rewards.quality.densities.SEQUENCE.read_out: piece is reserved and not served by this release (expected: one of max, mean, first_token, last_token, pooled)
            SUB_SENTENCE: {output: quality_logits, label: 0, read_out: mean} | SUB_SENTENCE: {output: quality_logits, label: 0, read_out: pooled} | rewards.quality.densities.SUB_SENTENCE.read_out: pooled at SUB_SENTENCE (expected: pooled at SEQUENCE alone: it is one value a row)
            read_out: last_token | read_out: sum | rewards.quality.densities.SEQUENCE.read_out: sum (expected: one of max, mean, first_token, last_token, pooled)
            """)
    void faultOfARewardIsNamed(String part, String replacement, String message) {
        assertRefused(TestingManifests.tinyWith(part, replacement), message);
    }

    /** What stands as the statistics of a read-out. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {} | .mean: missing
            {mean: 0.5} | .std: missing
            {mean: 0.5, std: ~} | .std: missing
            {mean: high, std: 0.25} | .mean: "high" (expected: a finite number)
            {mean: .nan, std: 0.25} | .mean: "NaN" (expected: a finite number)
            {mean: 0.5, std: .inf} | .std: "Infinity" (expected: a finite number)
            {mean: 0.5, std: -0.25} | .std: -0.25 (expected: a number from 0.0 to 3.4028235E38)
            {mean: -1.0e+39, std: 0.25} | .mean: -1.0E39 (expected: a number from -3.4028235E38 to 3.4028235E38)
            {mean: 0.5, std: 1.0e+39} | .std: 1.0E39 (expected: a number from 0.0 to 3.4028235E38)
            {mean: 0.5, std: 0.25, count: 9} | : [count] (expected: only the keys [mean, std])
            [0.5, 0.25] | : [0.5,0.25] (expected: a mapping)
            """)
    void faultOfStatisticsIsNamed(String statistics, String message) {
        assertRefused(
                TestingManifests.tinyWith("read_out: last_token", "read_out: last_token, statistics: " + statistics),
                "rewards.quality.densities.SEQUENCE.statistics" + message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0123", "ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789"})
    void hashThatIsNoneIsNamed(String hash) {
        String manifest = TestingManifests.tinyText().replaceFirst("model.onnx: \\w+", "model.onnx: '" + hash + "'");
        String expected = hash.isEmpty()
                ? "files.model.onnx: \"\" (expected: a text that is not blank)"
                : "files.model.onnx: %s (expected: 64 lower-case hexadecimal digits)".formatted(hash);
        assertRefused(manifest, expected);
    }

    @Test
    void bundleWithoutRewardIsRefused() {
        String text = TestingManifests.tinyText();
        int rewards = text.indexOf("rewards:");
        String without = text.substring(0, rewards) + "rewards: {}\n" + text.substring(text.indexOf("files:", rewards));
        assertRefused(without, "rewards: empty (expected: at least one reward)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'a: [' | not YAML
            'a: "\t\0"' | not YAML
            '[1]' | : [1] (expected: a mapping)
            'text' | : "text" (expected: a mapping)
            """)
    void textThatIsNoMappingIsRefused(String text, String start) {
        assertThatThrownBy(() -> new ManifestReader().read(text))
                .isInstanceOf(InvalidManifestException.class)
                .hasMessageStartingWith(start);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"name: tiny", "    mean: 0.25", "      STEP: {output: quality_logits, label: 0, read_out: mean}"
            })
    void keyThatStandsTwiceIsRefused(String line) {
        assertThatThrownBy(() -> new ManifestReader().read(TestingManifests.tinyWith(line, line + "\n" + line)))
                .isInstanceOf(InvalidManifestException.class)
                .hasMessageStartingWith("not YAML: ")
                .hasMessageContaining("found duplicate key");
    }

    @Test
    void emptyTextIsRefused() {
        assertRefused("", ": null (expected: a mapping)");
    }

    private static void assertRefused(String manifest, String message) {
        assertThatThrownBy(() -> new ManifestReader().read(manifest))
                .isInstanceOf(InvalidManifestException.class)
                .hasMessage(message);
    }
}
