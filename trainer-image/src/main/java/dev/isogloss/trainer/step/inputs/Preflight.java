package dev.isogloss.trainer.step.inputs;

import dev.isogloss.api.data.Location;
import dev.isogloss.api.data.SplitSource;
import dev.isogloss.api.method.Selection;
import dev.isogloss.api.method.TargetAdaptation;
import dev.isogloss.api.task.TaskSpec;
import dev.isogloss.plan.Locations;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.AdaptStep;
import dev.isogloss.plan.step.AnalyseStep;
import dev.isogloss.plan.step.ChooseBestRoundStep;
import dev.isogloss.plan.step.CorpusIdentity;
import dev.isogloss.plan.step.DatasetIdentity;
import dev.isogloss.plan.step.EncoderOrigin;
import dev.isogloss.plan.step.EnsembleStep;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.plan.step.PredictPoolStep;
import dev.isogloss.plan.step.PretrainStep;
import dev.isogloss.plan.step.RankTranslationsStep;
import dev.isogloss.plan.step.SelectPseudoLabelsStep;
import dev.isogloss.plan.step.SemanticAlignmentStep;
import dev.isogloss.plan.step.TrainStep;
import dev.isogloss.trainer.data.CorpusReader;
import dev.isogloss.trainer.data.DataFiles;
import dev.isogloss.trainer.data.DatasetReader;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Looks at the files that steps will read before the first of them runs: a misspelt split, one that asks for more
/// examples than there are, a broken line in the test set of the last language are told at once, and not after a night
/// of training. Data is read to its end, a piece at a time; of encoders, text and translations it only looks
/// whether they are there.
public final class Preflight {
    /// Examples held at once.
    private static final int PIECE = 1000;

    private static final String POOL =
            "It is the pool that models label: name another split under the strategy's poolSplit.";

    private final Locations locations;
    private final Map<String, Path> claims;
    private final Set<Seen> seen = new HashSet<>();

    /// A split that was read: cut in the same way, it need not be read again.
    private record Seen(Path file, Optional<SplitSource> cut) {}

    public Preflight(Locations locations, Map<String, Path> claims) {
        this.locations = locations;
        this.claims = claims;
    }

    /// @param steps those that are still to run
    /// @throws InvalidInput for the first file that is missing (says what was looked for and what is there), cannot
    ///     be read (with the line) or holds too little
    public void check(Collection<PlannedStep> steps) {
        for (PlannedStep step : steps)
            switch (step.spec()) {
                case PretrainStep pretrain -> {
                    encoder(pretrain.encoder());
                    List<String> languages = pretrain.settings().languages();
                    corpus(
                            pretrain.corpus(),
                            languages == null ? pretrain.corpus().languages() : languages);
                    if (pretrain.corpus().pairs()) pairs(pretrain.corpus());
                }
                case TrainStep train -> {
                    encoder(train.encoder());
                    List<String> learnt = train.settings().languages();
                    if (learnt != null) files(train.data(), train.task(), learnt, List.of("train"), "");
                    Selection selection = train.settings().selection();
                    if (selection.isScored() && selection.languages() != null)
                        files(
                                train.data(),
                                train.task(),
                                selection.languages(),
                                List.of(selection.split()),
                                LabelledData.UNSCORED);
                    if (train.bilingual() != null) pairs(train.bilingual().corpus());
                }
                case EnsembleStep ensemble ->
                    files(ensemble.data(), ensemble.task(), ensemble.languages(), ensemble.splits(), "");
                case AnalyseStep analyse -> {
                    files(analyse.data(), analyse.task(), List.of(analyse.source()), List.of("train"), "");
                    files(analyse.data(), analyse.task(), List.of(analyse.source()), analyse.splits(), "");
                    files(analyse.data(), analyse.task(), analyse.languages(), analyse.splits(), "");
                }
                case AdaptStep adapt -> {
                    files(adapt.data(), adapt.task(), List.of(adapt.source()), List.of("train"), "");
                    if (adapt.fresh() != null) encoder(adapt.fresh());
                    TargetAdaptation settings = adapt.settings();
                    files(adapt.data(), adapt.task(), List.of(adapt.target()), List.of(settings.unlabelledSplit()), "");
                    Selection selection = settings.selection();
                    if (settings.isScored() && selection.languages() != null)
                        files(
                                adapt.data(),
                                adapt.task(),
                                selection.languages(),
                                List.of(selection.split()),
                                LabelledData.UNSCORED);
                }
                case EvaluateStep evaluate ->
                    files(evaluate.data(), evaluate.task(), evaluate.languages(), evaluate.splits(), "");
                case PredictPoolStep label ->
                    files(label.data(), label.task(), label.languages(), List.of(label.split()), POOL);
                case SelectPseudoLabelsStep select ->
                    files(select.data(), select.task(), select.languages(), List.of("train"), "");
                case ChooseBestRoundStep choose -> {}
                case SemanticAlignmentStep align -> {
                    files(align.data(), align.task(), align.languages(), List.of("train"), "");
                    pairs(align.bilingual().corpus());
                }
                case RankTranslationsStep rank -> {
                    encoder(rank.encoder());
                    pairs(rank.corpus());
                }
            }
    }

    private void corpus(CorpusIdentity corpus, List<String> languages) {
        Location location = locations.corpus();
        if (corpus.generated() == null && location != null) new CorpusReader(claims).requireTexts(location, languages);
    }

    private void pairs(CorpusIdentity corpus) {
        Location location = locations.pairs();
        if (corpus.generated() == null && location != null)
            new CorpusReader(claims).requirePairs(location, corpus.languages());
    }

    private void encoder(EncoderOrigin origin) {
        if (!(origin instanceof EncoderOrigin.Published published)) return;
        Location location = locations.encoders().get(published.name());
        if (location != null && !EncoderFinder.isOnHub(location)) EncoderFinder.local(published, location, claims);
    }

    private void files(
            DatasetIdentity data, TaskSpec task, List<String> languages, List<String> splits, String otherwise) {
        Location location = locations.data();
        if (data.generated() != null || location == null) return;
        DataFiles files = new DataFiles(data, location, locations.languages(), claims);
        for (String language : languages)
            for (String split : splits) {
                Path file = files.file(language, split, otherwise);
                if (seen.add(new Seen(file, DatasetReader.cut(data, language, split))))
                    DatasetReader.stream(data, file, file.toString(), language, split, task.type(), PIECE, _ -> {});
            }
    }
}
