package dev.isogloss.trainer.step.inputs;

import dev.isogloss.api.cluster.Locations;
import dev.isogloss.api.data.Location;
import dev.isogloss.plan.step.CorpusIdentity;
import dev.isogloss.plan.step.Input;
import dev.isogloss.trainer.data.CorpusReader;
import dev.isogloss.trainer.data.CorpusTexts;
import dev.isogloss.trainer.data.SourceFile;
import dev.isogloss.trainer.data.toy.ToyLanguages;
import dev.isogloss.trainer.step.StepInputs;
import dev.isogloss.trainer.store.Identity;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The corpus of a step: read or generated, and checked by the store against what others read under the same name.
public final class Corpora {
    private Corpora() {}

    public static CorpusTexts read(CorpusIdentity identity, List<String> languages, StepInputs inputs) {
        CorpusTexts corpus = identity.generated() == null
                ? fromFiles(identity, languages, inputs)
                : ToyLanguages.of(identity.generated()).corpus(languages, identity.pairs());
        corpus.notes().forEach(inputs.journal()::noteOnce);
        Map<String, String> sums = new TreeMap<>();
        for (SourceFile file : corpus.files()) sums.put(file.name(), file.sha256());
        inputs.read(
                identity.generated() == null
                        ? new Identity(Identity.Kind.Corpus, identity.name(), identity.version())
                        : null,
                sums);
        return corpus;
    }

    private static CorpusTexts fromFiles(CorpusIdentity identity, List<String> languages, StepInputs inputs) {
        Locations locations = inputs.locations();
        Location texts = new Input.PlainText(identity, languages)
                .in(locations)
                .orElseThrow(() -> new IllegalStateException(
                        "the plan reads corpus " + identity.name() + ", but says not where it lies"));
        Location pairs = identity.pairs()
                ? new Input.Translations(identity).in(locations).orElse(null)
                : null;
        return new CorpusReader(inputs.claims()).read(texts, pairs, languages);
    }
}
