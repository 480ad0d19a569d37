package dev.isogloss.trainer.step.inputs;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.Location;
import dev.isogloss.api.data.SplitSource;
import dev.isogloss.api.method.Ear;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.AugmentStep;
import dev.isogloss.plan.step.DictionaryIdentity;
import dev.isogloss.plan.step.EncoderOrigin;
import dev.isogloss.plan.step.Input;
import dev.isogloss.plan.step.InputLocations;
import dev.isogloss.plan.step.InterpolateStep;
import dev.isogloss.plan.step.PretrainStep;
import dev.isogloss.plan.step.ProjectStep;
import dev.isogloss.plan.step.ProjectStep.ProjectedEncoder;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepSpec;
import dev.isogloss.plan.step.TrainStep;
import dev.isogloss.trainer.augment.SuccessiveMasking;
import dev.isogloss.trainer.data.ClaimFolders;
import dev.isogloss.trainer.data.CorpusReader;
import dev.isogloss.trainer.data.DataFiles;
import dev.isogloss.trainer.data.DatasetReader;
import dev.isogloss.trainer.data.DictionaryFile;
import dev.isogloss.trainer.data.LabelDoubts;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.data.SynonymDictionary;
import dev.isogloss.trainer.encoder.EncoderConfig;
import dev.isogloss.trainer.encoder.ModelFolder;
import dev.isogloss.trainer.files.InputFile;
import dev.isogloss.trainer.files.InputFolder;
import dev.isogloss.trainer.hub.HubSettings;
import dev.isogloss.trainer.store.Identity;
import dev.isogloss.trainer.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Looks at the files that steps will read before the first of them runs: a misspelt split, one that asks for more
/// examples than there are, a broken line or an unknown label in the test set of the last language, a second model
/// that does not open are told at once, and not after a night of training. Data is read to its end, a piece at a time;
/// encoders are opened without their weights, and of those of a hub only the small files are fetched. Of text and
/// translations it only looks whether they are there. Data and dictionaries have to be those that the store knows by
/// their names: else the steps before would be computed for one that must fail.
public final class Preflight {
    /// Examples held at once.
    private static final int PIECE = 1000;

    private final InputLocations locations;
    private final ClaimFolders claims;
    private final Set<List<Object>> identified = new HashSet<>();
    private final Map<Seen, ReadSplit> seen = new HashMap<>();
    private final Store store;
    private final HubSettings hub;
    private final Set<Location> asked = new HashSet<>();
    private final Set<InputFolder> opened = new HashSet<>();
    private final Map<StepKey, Set<String>> learnt = new HashMap<>();
    private final Map<String, EncoderConfig> configs = new HashMap<>();
    private final Map<StepKey, Integer> layers = new HashMap<>();

    /// A split that was read: cut in the same way, it need not be read again.
    private record Seen(InputFile file, Optional<SplitSource> cut, TaskType task) {}

    private record ReadSplit(SplitLabels labels, String sha256) {}

    /// @param store the one that steps will use: it may keep encoders of the hub
    public Preflight(InputLocations locations, ClaimFolders claims, Store store, HubSettings hub) {
        this.locations = locations;
        this.claims = claims;
        this.store = store;
        this.hub = hub;
    }

    /// @param steps those that are still to run, each after those that it reads
    /// @throws InvalidInput for the first file that is missing (says what was looked for and what is there), cannot
    ///     be read (with the line), holds too little, or labels that its step will refuse
    public void check(Collection<PlannedStep> steps) {
        for (PlannedStep step : steps) {
            Set<String> known = known(step);
            for (Input input : step.spec().reads()) check(input, known);
            if (step.spec() instanceof AugmentStep augment
                    && augment.generator() instanceof EncoderOrigin.Published published) wordHead(published);
            if (known != null) learnt.put(step.key(), known);
            layersOf(step.spec()).ifPresent(number -> {
                layers.put(step.key(), number);
                if (step.spec() instanceof TrainStep train
                        && train.robust() != null
                        && train.robust().settings() instanceof Ear ear) ear.requireLayer(number);
            });
            if (step.spec() instanceof ProjectStep project) map(project);
            if (step.spec() instanceof InterpolateStep between) blend(between);
        }
    }

    /// Models whose labels differ, as far as their trainings are still to run.
    private void blend(InterpolateStep between) {
        if (between.task().labels() != null) return;
        SequencedMap<String, Set<String>> labels = new LinkedHashMap<>();
        List<String> names = List.of("source", "target", "both");
        for (int i = 0; i < names.size(); i++) {
            Set<String> its = learnt.get(between.models().get(i));
            if (its == null) return;
            labels.put(names.get(i), its);
        }
        SameLabels.require(labels);
    }

    /// A layer or an example that is not there.
    private void map(ProjectStep project) {
        for (ProjectedEncoder each : project.encoders())
            layersOf(each.encoder()).ifPresent(project.settings()::requireLayer);
        List<Integer> examples = project.settings().examples();
        if (examples == null) return;
        for (Input input : project.reads())
            if (input instanceof Input.LabelledData data)
                locations.of(input).ifPresent(location -> found(data, location).forEach(split -> {
                    if (!split.sampled())
                        project.settings()
                                .requireExamples(
                                        split.labels().examples(),
                                        split.file().path().toString());
                }));
    }

    /// The number of layers of the model that a step makes, as far as it is known here.
    private Optional<Integer> layersOf(StepSpec step) {
        Optional<StepKey> before = step.startsFrom();
        if (before.isPresent()) return before.map(layers::get);
        return switch (step) {
            case PretrainStep pretrain -> layersOf(pretrain.encoder());
            case TrainStep train -> layersOf(train.encoder());
            default -> Optional.empty();
        };
    }

    private Optional<Integer> layersOf(EncoderOrigin encoder) {
        return switch (encoder) {
            case EncoderOrigin.Published published ->
                Optional.ofNullable(configs.get(published.name())).map(EncoderConfig::layers);
            case EncoderOrigin.Fresh fresh -> Optional.of(EncoderOpener.layers(fresh.architecture()));
            case EncoderOrigin.FromStep made -> Optional.ofNullable(layers.get(made.by()));
        };
    }

    /// The labels of the models that a step reads; null where one of them is made already, and its labels are not seen
    /// here. A training adds its own.
    private @Nullable Set<String> known(PlannedStep step) {
        boolean learns = step.spec().reads().stream().anyMatch(Preflight::isLearnt);
        Set<String> known = new TreeSet<>();
        for (StepKey before : step.inputs()) {
            Set<String> its = learnt.get(before);
            if (its == null && !learns) return null;
            if (its != null) known.addAll(its);
        }
        return known;
    }

    private static boolean isLearnt(Input input) {
        return input instanceof Input.LabelledData data
                && data.labels() != null
                && data.labels().learnt();
    }

    /// @throws InvalidInput as for steps
    void check(Input input) {
        check(input, null);
    }

    private void check(Input input, @Nullable Set<String> known) {
        locations.of(input).ifPresent(location -> {
            switch (input) {
                case Input.LabelledData data -> files(data, location, known);
                case Input.PlainText text -> new CorpusReader(claims).requireTexts(location, text.languages());
                case Input.Translations pairs ->
                    new CorpusReader(claims)
                            .requirePairs(location, pairs.corpus().languages());
                case Input.PublishedEncoder published -> encoder(published.encoder(), location);
                case Input.Dictionary dictionary -> dictionary(dictionary.dictionary(), location);
                case Input.StepOutput _ -> {}
            }
        });
    }

    private void dictionary(DictionaryIdentity dictionary, Location location) {
        if (!asked.add(location)) return;
        DictionaryFile file = DictionaryFile.of(dictionary, location, claims);
        SynonymDictionary.read(file.file());
        try {
            identify(Identity.of(dictionary), file.name(), file.file().sha256());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// Once for each file: in a bucket it is a request.
    private void identify(Identity identity, String file, String sha256) {
        if (identified.add(List.of(identity, file, sha256))) store.checkIdentity(identity, Map.of(file, sha256));
    }

    private void encoder(EncoderOrigin.Published encoder, Location location) {
        if (EncoderFinder.isOnHub(location)) {
            if (!asked.add(location)) return;
            EncoderConfig config = HubEncoders.check(encoder, location, store, hub);
            if (config != null) configs.put(encoder.name(), config);
            return;
        }
        InputFolder folder = EncoderFinder.local(encoder, location, claims);
        if (opened.add(folder)) configs.put(encoder.name(), EncoderOpener.check(folder));
    }

    /// Of a hub's encoder the weights tell, once they are fetched.
    private void wordHead(EncoderOrigin.Published encoder) {
        locations
                .of(new Input.PublishedEncoder(encoder))
                .filter(location -> !EncoderFinder.isOnHub(location))
                .map(location -> EncoderFinder.local(encoder, location, claims))
                .filter(folder -> !ModelFolder.hasWordHead(folder))
                .ifPresent(_ -> {
                    throw SuccessiveMasking.noHead(encoder.name());
                });
    }

    private void files(Input.LabelledData read, Location location, @Nullable Set<String> known) {
        List<FoundSplit> found = found(read, location);
        if (read.labels() != null) labels(read, read.labels(), found, known);
    }

    private List<FoundSplit> found(Input.LabelledData read, Location location) {
        DataFiles files = new DataFiles(read.data(), location, locations.languages(read), claims);
        List<FoundSplit> found = new ArrayList<>();
        for (String language : read.languages())
            for (String split : read.splits()) {
                InputFile file = files.file(language, split, read.otherwise());
                Optional<SplitSource> cut = read.data().cut(language, split);
                ReadSplit known =
                        seen.computeIfAbsent(new Seen(file, cut, read.task()), _ -> read(read, file, language, split));
                identify(Identity.of(read.data()), files.name(language, split), known.sha256());
                found.add(new FoundSplit(
                        split, file, cut.filter(SplitSource::isSampled).isPresent(), known.labels()));
            }
        return found;
    }

    private record FoundSplit(String name, InputFile file, boolean sampled, SplitLabels labels) {}

    /// A sample may leave out just the examples that would be refused.
    private static void labels(
            Input.LabelledData read,
            Input.LabelledData.Labels wanted,
            List<FoundSplit> found,
            @Nullable Set<String> known) {
        for (FoundSplit split : found) if (!split.sampled()) split.labels().require(split.name(), wanted, null);
        List<String> all = wanted.declared();
        if (wanted.learnt() && known != null) {
            found.forEach(split -> known.addAll(split.labels().labels()));
            long texts =
                    found.stream().mapToLong(split -> split.labels().texts()).sum();
            all = LabelSet.learnt(all, known, texts, found.getFirst().file().path())
                    .labels();
            if (wanted.declared() == null)
                LabelDoubts.check(places(found), read.task().readsPairs());
        } else if (all == null && known != null) all = List.copyOf(known);
        for (FoundSplit split : found) if (!split.sampled()) split.labels().require(split.name(), wanted, all);
    }

    private static Map<String, String> places(List<FoundSplit> found) {
        Map<String, String> places = new HashMap<>();
        for (FoundSplit split : found)
            if (!split.sampled()) split.labels().places().forEach(places::putIfAbsent);
        return places;
    }

    private static ReadSplit read(Input.LabelledData read, InputFile file, String language, String split) {
        SplitLabels labels = new SplitLabels();
        Split whole = DatasetReader.stream(
                read.data(), file, file.path().toString(), language, split, read.task(), PIECE, labels::add);
        return new ReadSplit(labels, whole.file().sha256());
    }
}
