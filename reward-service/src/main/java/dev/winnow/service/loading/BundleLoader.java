package dev.winnow.service.loading;

import dev.winnow.service.domain.ModelId;
import dev.winnow.service.model.InvalidManifestException;
import dev.winnow.service.model.Manifest;
import dev.winnow.service.model.ManifestReader;
import dev.winnow.service.model.ModelFailedException;
import dev.winnow.service.model.ModelRunner;
import dev.winnow.service.model.onnx.OnnxModelRunner;
import dev.winnow.service.pipeline.RewardModel;
import dev.winnow.service.text.Tokenizer;
import dev.winnow.service.text.hf.HuggingFaceTokenizerAdapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Opens one bundle folder, {@code <name>/<version>/}. What it returns has been proven to give its golden values. */
final class BundleLoader {
    static final String MANIFEST = "reward-model.yaml";

    private final ManifestReader manifests = new ManifestReader();

    /**
     * Opens and proves a bundle.
     *
     * @throws BundleRefusedException if any file is missing, altered, not understood, or the values are wrong
     */
    RewardModel load(Path folder) {
        try {
            Manifest manifest = manifests.read(Files.readString(folder.resolve(MANIFEST)));
            checkNames(manifest, folder);
            checkFiles(manifest, folder);
            RewardModel model = open(manifest, folder);
            try {
                GoldenCheck.run(model, folder.resolve("golden.jsonl"));
                return model;
            } catch (RuntimeException | IOException e) {
                model.close();
                throw e;
            }
        } catch (BundleRefusedException e) {
            throw e;
        } catch (InvalidManifestException e) {
            throw new BundleRefusedException(MANIFEST + ": " + e.getMessage(), e);
        } catch (ModelFailedException e) {
            throw new BundleRefusedException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new BundleRefusedException("cannot be read: " + e, e);
        } catch (RuntimeException e) {
            // Whatever else is wrong with it must not keep the other bundles from serving.
            throw new BundleRefusedException("cannot be loaded: " + e, e);
        }
    }

    private static RewardModel open(Manifest manifest, Path folder) throws IOException {
        ModelId id = new ModelId(manifest.name(), manifest.version(), "sha256:" + Sha256.of(folder.resolve(MANIFEST)));
        Tokenizer tokenizer = openTokenizer(folder.resolve("tokenizer.json"));
        try {
            ModelRunner runner = OnnxModelRunner.open(folder.resolve("model.onnx"), manifest);
            try {
                return new RewardModel(id, manifest, tokenizer, runner);
            } catch (RuntimeException e) {
                runner.close();
                throw e;
            }
        } catch (RuntimeException | IOException e) {
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
