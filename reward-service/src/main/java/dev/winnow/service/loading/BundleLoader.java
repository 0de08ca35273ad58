package dev.winnow.service.loading;

import dev.winnow.service.domain.ModelId;
import dev.winnow.service.model.InvalidManifestException;
import dev.winnow.service.model.Manifest;
import dev.winnow.service.model.ManifestReader;
import dev.winnow.service.model.ModelFailedException;
import dev.winnow.service.model.ModelRunner;
import dev.winnow.service.model.onnx.OnnxModelRunner;
import dev.winnow.service.pipeline.RewardModel;
import dev.winnow.service.pipeline.WarmUp;
import dev.winnow.service.text.Tokenizer;
import dev.winnow.service.text.hf.HuggingFaceTokenizerAdapter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Opens one bundle folder, {@code <name>/<version>/}. What it returns has been proven to give its golden values. */
final class BundleLoader {
    static final String MANIFEST = "reward-model.yaml";

    private final ManifestReader manifests = new ManifestReader();

    /**
     * Checks a bundle's files and, where they are wanted, opens, proves and warms it up.
     *
     * @param wanted asked once the files are known to be those of this digest
     * @return the model, or nothing where it is not wanted
     * @throws BundleRefusedException if any file is missing, altered, not understood, the values are wrong, or there is
     *     not the memory for it
     */
    Optional<RewardModel> load(Path folder, Predicate<String> wanted) {
        try {
            byte[] text = Files.readAllBytes(folder.resolve(MANIFEST));
            Manifest manifest = manifests.read(new String(text, StandardCharsets.UTF_8));
            checkNames(manifest, folder);
            checkFiles(manifest, folder);
            String digest = "sha256:" + Sha256.of(text);
            return wanted.test(digest) ? Optional.of(prove(open(manifest, digest, folder), folder)) : Optional.empty();
        } catch (BundleRefusedException e) {
            throw e;
        } catch (InvalidManifestException e) {
            throw new BundleRefusedException(MANIFEST + ": " + e.getMessage(), e);
        } catch (ModelFailedException e) {
            throw new BundleRefusedException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new BundleRefusedException("cannot be read: " + e, e);
        } catch (OutOfMemoryError e) {
            throw new BundleRefusedException("not enough memory: " + e.getMessage(), e);
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            // Whatever else is wrong with it must not keep the other bundles from serving.
            throw new BundleRefusedException("cannot be loaded: " + e, e);
        }
    }

    private static RewardModel prove(RewardModel model, Path folder) throws IOException {
        try {
            GoldenCheck.run(model, folder.resolve("golden.jsonl"));
            WarmUp.run(model);
            return model;
        } catch (Throwable e) {
            model.close();
            throw e;
        }
    }

    private static RewardModel open(Manifest manifest, String digest, Path folder) throws IOException {
        ModelId id = new ModelId(manifest.name(), manifest.version(), digest);
        Tokenizer tokenizer = openTokenizer(folder.resolve("tokenizer.json"));
        try {
            ModelRunner runner = OnnxModelRunner.open(folder.resolve("model.onnx"), manifest);
            try {
                return new RewardModel(id, manifest, tokenizer, runner);
            } catch (Throwable e) {
                runner.close();
                throw e;
            }
        } catch (Throwable e) {
            tokenizer.close();
            throw e;
        }
    }

    /** The tokenizer library reports what it cannot parse as a plain RuntimeException. */
    private static Tokenizer openTokenizer(Path file) throws IOException {
        try {
            return HuggingFaceTokenizerAdapter.open(file);
        } catch (RuntimeException e) {
            throw new BundleRefusedException("tokenizer.json: " + e.getMessage(), e);
        }
    }

    private static void checkNames(Manifest manifest, Path folder) {
        Path expected = Path.of(manifest.name(), manifest.version());
        if (!folder.endsWith(expected)) {
            throw new BundleRefusedException(
                    "folder: %s (expected: %s, the name and version in %s)".formatted(folder, expected, MANIFEST));
        }
    }

    private static void checkFiles(Manifest manifest, Path folder) throws IOException {
        if (Files.exists(folder.resolve(Manifest.MODEL_DATA))
                && !manifest.files().containsKey(Manifest.MODEL_DATA)) {
            throw new BundleRefusedException(
                    "%s: not in the files of %s (expected: its sha256 there)".formatted(Manifest.MODEL_DATA, MANIFEST));
        }
        for (Map.Entry<String, String> file : manifest.files().entrySet()) {
            Path path = folder.resolve(file.getKey());
            if (!Files.isRegularFile(path)) {
                throw new BundleRefusedException("%s: missing".formatted(file.getKey()));
            }
            String sha256 = Sha256.of(path);
            if (!sha256.equals(file.getValue())) {
                throw new BundleRefusedException("%s: sha256 %s (expected: %s, as %s says)"
                        .formatted(file.getKey(), sha256, file.getValue(), MANIFEST));
            }
        }
    }
}
