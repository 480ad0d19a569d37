package dev.isogloss.trainer.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.Iwda;
import dev.isogloss.api.task.Head;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.manifest.SettingsReader;
import dev.isogloss.trainer.method.adversarial.AdversarialAlignment;
import dev.isogloss.trainer.method.distill.Distillation;
import dev.isogloss.trainer.method.iwda.GoldPrior;
import dev.isogloss.trainer.method.iwda.ImportanceWeightedAlignment;
import dev.isogloss.trainer.method.iwda.SourceAndTarget;
import dev.isogloss.trainer.method.selftraining.PseudoLabelPool;
import dev.isogloss.trainer.method.selftraining.SelfTrainingMethod;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.task.UnlabelledItems;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Methods that adapt get the texts of a target in a type that has no labels.
class UnlabelledTargetTest {

    @Test
    void unlabelled_items_have_lost_their_labels_and_nothing_else() {
        List<Item> labelled = TinyTransfer.words(TinyTransfer.target());

        UnlabelledItems unlabelled = new UnlabelledItems(labelled);

        assertThat(unlabelled.size()).isEqualTo(labelled.size());
        for (int i = 0; i < labelled.size(); i++) {
            Item item = unlabelled.items().get(i);
            Item given = labelled.get(i);
            assertThat(given.isLabelled()).isTrue();
            assertThat(item.isLabelled()).isFalse();
            assertThat(item.targets()).containsOnly(Item.UNLABELLED).hasSameSizeAs(given.targets());
            assertThat(new Item(
                            item.example(), item.ids(), item.types(), item.positions(), item.first(), given.targets()))
                    .isEqualTo(given);
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                AdversarialAlignment.class,
                Distillation.class,
                ImportanceWeightedAlignment.class,
                SelfTrainingMethod.class,
                PseudoLabelPool.class,
                SourceAndTarget.class
            })
    void what_adapts_cannot_be_given_a_labelled_target(Class<?> adapts) {
        for (Constructor<?> constructor : adapts.getConstructors()) {
            Type[] taken = constructor.getGenericParameterTypes();

            assertThat(taken).containsAnyOf(UnlabelledItems.class, SourceAndTarget.class);
            assertThat(Arrays.stream(taken).filter(UnlabelledTargetTest::areItems))
                    .as("lists of items that may be labelled: the source's")
                    .hasSizeLessThanOrEqualTo(1);
        }
    }

    private static boolean areItems(Type type) {
        return type instanceof ParameterizedType of
                && Arrays.asList(of.getActualTypeArguments()).contains(Item.class);
    }

    @ParameterizedTest
    @EnumSource(Iwda.ImportanceWeights.class)
    void gold_shares_are_for_oracle_weights_alone(Iwda.ImportanceWeights weights) {
        Iwda given = SettingsReader.of(Iwda.class, "{importanceWeights: " + weights + "}");
        Iwda settings = given.resolved(TaskType.SequenceClassification, given.selection());
        SourceAndTarget data =
                new SourceAndTarget(TinyTransfer.source(), new UnlabelledItems(TinyTransfer.target()), 3);
        GoldPrior needless = weights == Iwda.ImportanceWeights.Oracle ? null : GoldPrior.of(TinyTransfer.target(), 3);
        try (Model model = TinyTransfer.model(Head.Pooled)) {
            assertThatThrownBy(() ->
                            new ImportanceWeightedAlignment(model, data, settings, needless, Precision.Float32, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Oracle weights, and no others, are made of gold labels");
        }
    }
}
