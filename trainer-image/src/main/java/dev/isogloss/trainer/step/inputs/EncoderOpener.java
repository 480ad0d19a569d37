package dev.isogloss.trainer.step.inputs;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.encoder.Architecture;
import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.encoder.TokenizerSpec;
import dev.isogloss.plan.step.EncoderOrigin;
import dev.isogloss.trainer.data.CorpusTexts;
import dev.isogloss.trainer.encoder.Encoder;
import dev.isogloss.trainer.encoder.EncoderConfig;
import dev.isogloss.trainer.encoder.EncoderFamily;
import dev.isogloss.trainer.encoder.ModelFolder;
import dev.isogloss.trainer.files.InputFolder;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.step.ModelFiles;
import dev.isogloss.trainer.step.OpenedEncoder;
import dev.isogloss.trainer.step.StepInputs;
import dev.isogloss.trainer.step.StepJournal;
import dev.isogloss.trainer.step.StepOutput;
import dev.isogloss.trainer.store.AtomicFiles;
import dev.isogloss.trainer.tensor.Engine;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import dev.isogloss.trainer.tokenizer.UnigramTrainer;
import dev.isogloss.trainer.tokenizer.WordPieceTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/// Gets the encoder a step starts from: loads it, or makes a new one.
public final class EncoderOpener {
    private static final long SMALL = 50_000_000;
    /// A character that no vocabulary has: the last of Unicode's private ones.
    private static final String PROBE = "a \uDBFF\uDFFD.";

    private static final int PROBE_LENGTH = 64;

    private EncoderOpener() {}

    public static OpenedEncoder open(EncoderOrigin origin, StepInputs inputs) throws IOException {
        InputFolder folder =
                switch (origin) {
                    case EncoderOrigin.Published published -> EncoderFinder.of(published, inputs);
                    case EncoderOrigin.FromStep made -> EncoderFinder.of(made, inputs);
                    case EncoderOrigin.Fresh fresh ->
                        throw new IllegalArgumentException("only pretraining makes an encoder: " + fresh);
                };
        return ModelFiles.encoder(folder, inputs.journal()::noteOnce);
    }

    /// The tokenizer an encoder came with. Notes say where its file leaves something open, or does not belong to the
    /// encoder's config.json.
    ///
    /// @param maxLength the longest input asked for
    /// @throws InvalidInput if it has more pieces than the encoder has words
    public static Tokenizer tokenizer(String json, Encoder encoder, int maxLength, StepJournal journal) {
        Tokenizer tokenizer = Tokenizer.onDemand(json, maxLength);
        try {
            TokenizerCheck.of(tokenizer, encoder.config()).forEach(journal::noteOnce);
        } catch (InvalidInput e) {
            tokenizer.close();
            throw e;
        }
        return tokenizer;
    }

    /// Looks at the folder of an encoder before anything is made of it: whether it opens, apart from the weights
    /// themselves, and can tokenise even what it has no pieces for.
    ///
    /// @throws InvalidInput if it does not
    static EncoderConfig check(InputFolder folder) {
        return check(folder, ModelFolder.check(folder));
    }

    /// The same where the weights are not there yet.
    static EncoderConfig checkDescription(InputFolder folder) {
        return check(folder, ModelFolder.config(folder));
    }

    private static EncoderConfig check(InputFolder folder, EncoderConfig config) {
        try (Tokenizer tokenizer = Tokenizer.of(ModelFolder.tokenizerJson(folder), PROBE_LENGTH)) {
            TokenizerCheck.of(tokenizer, config);
            tokenizer.encode(PROBE);
            return config;
        } catch (InvalidInput known) {
            throw known;
        } catch (RuntimeException e) {
            throw new InvalidInput(
                    "%s cannot tokenise \"%s\": %s. Mend the file: the model needs an unknown token (unk_id, unk_token)."
                            .formatted(folder.path().resolve("tokenizer.json"), PROBE, e.getMessage()),
                    e);
        }
    }

    /// Makes process and encoder ready for a training. Small encoders gain from memory that the process keeps, large
    /// ones lose.
    ///
    /// @param field the one that says `maxLength`
    /// @throws InvalidInput if sequences may be longer than the encoder has positions for
    public static void prepare(Encoder encoder, int maxLength, String field, Precision precision, StepInputs inputs) {
        int most = encoder.config().longestInput();
        if (maxLength > most)
            throw new InvalidInput("%s is %d, but the encoder has positions for %d tokens. Set it to at most %d."
                    .formatted(field, maxLength, most, most));
        if (precision != Engine.precisionFor(precision))
            inputs.journal()
                    .noteOnce(
                            "precision BFloat16 would be slower than Float32 on this device, so matrices are multiplied in Float32");
        if (encoder.parameters().count() < SMALL) Engine.keepFreedMemory();
        encoder.recompute(inputs.options().activationCheckpointing());
    }

    /// A tokenizer trained on the corpus, and weights drawn from the seed.
    ///
    /// @param maxLength the longest sequence that will be read; there are at least as many positions
    public static OpenedEncoder create(
            EncoderOrigin.Fresh fresh, CorpusTexts corpus, int maxLength, long seed, StepInputs inputs)
            throws IOException {
        String json = tokenizer(fresh.tokenizer(), corpus, inputs.prove(), inputs.journal());
        try (Tokenizer tokenizer = Tokenizer.onDemand(json, 16)) {
            EncoderConfig config = config(
                    fresh.architecture(),
                    maxLength,
                    tokenizer.vocabularySize(),
                    tokenizer.padId().orElseThrow());
            return new OpenedEncoder(Encoder.fresh(config, RandomStream.of(seed, "encoder")), json);
        }
    }

    /// Kept beside the checkpoint, so that a resumed step does not train it again.
    private static String tokenizer(TokenizerSpec spec, CorpusTexts corpus, StepOutput output, StepJournal journal)
            throws IOException {
        Path kept = output.folder().checkpoint().resolve("tokenizer.json");
        if (Files.exists(kept)) return Files.readString(kept);
        List<String> texts =
                corpus.texts().values().stream().flatMap(List::stream).toList();
        journal.note("training a %s tokenizer of %,d pieces on %,d texts"
                .formatted(spec.type(), spec.vocabularySize(), texts.size()));
        String json =
                switch (spec.type()) {
                    case WordPiece ->
                        WordPieceTrainer.train(texts, spec.vocabularySize(), spec.lowercase(), journal::note);
                    case Unigram -> UnigramTrainer.train(texts, spec.vocabularySize(), spec.lowercase(), journal::note);
                };
        Files.createDirectories(kept.getParent());
        AtomicFiles.write(kept, json);
        return json;
    }

    /// The number of layers that an encoder will have which is made here.
    static int layers(Architecture asked) {
        return asked.layers() == null ? preset(asked, EncoderFamily.BERT, 1, 0).layers() : asked.layers();
    }

    private static EncoderConfig preset(Architecture asked, EncoderFamily family, int vocabulary, int padId) {
        return switch (asked.preset()) {
            case Tiny -> EncoderConfig.tiny(family, vocabulary, padId);
            case Mini -> EncoderConfig.mini(family, vocabulary, padId);
            case Small -> EncoderConfig.small(family, vocabulary, padId);
            case Base -> EncoderConfig.base(family, vocabulary, padId);
        };
    }

    private static EncoderConfig config(Architecture asked, int maxLength, int vocabulary, int padId) {
        EncoderFamily family =
                switch (asked.family()) {
                    case Bert -> EncoderFamily.BERT;
                    case Roberta -> EncoderFamily.XLM_ROBERTA;
                };
        EncoderConfig preset = preset(asked, family, vocabulary, padId);
        int hidden = asked.hidden() == null ? preset.hidden() : asked.hidden();
        int heads = asked.heads() == null ? Math.max(1, hidden / 64) : asked.heads();
        if (hidden % heads != 0)
            throw new InvalidInput(
                    ("encoder.fromPretraining.architecture has a hidden size of %d and %d heads, which do not"
                                    + " divide it. Set heads to one of %s.")
                            .formatted(
                                    hidden,
                                    heads,
                                    IntStream.rangeClosed(1, hidden / 8)
                                            .filter(n -> hidden % n == 0)
                                            .boxed()
                                            .toList()));
        return new EncoderConfig(
                family,
                vocabulary,
                hidden,
                asked.layers() == null ? preset.layers() : asked.layers(),
                heads,
                asked.feedForward() == null ? 4 * hidden : asked.feedForward(),
                Math.max(preset.maxPositions(), maxLength + preset.maxPositions() - preset.longestInput()),
                preset.typeVocabulary(),
                preset.layerNormEpsilon(),
                padId,
                preset.dropout(),
                preset.attentionDropout());
    }
}
