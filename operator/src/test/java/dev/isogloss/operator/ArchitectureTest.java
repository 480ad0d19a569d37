package dev.isogloss.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;

@AnalyzeClasses(packages = "dev.isogloss.operator", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packages_know_only_those_above_them = Architectures.layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("words")
            .definedBy("dev.isogloss.operator.words")
            .layer("settings")
            .definedBy("dev.isogloss.operator.settings")
            .layer("observe")
            .definedBy("dev.isogloss.operator.observe")
            .layer("status")
            .definedBy("dev.isogloss.operator.status")
            .layer("act")
            .definedBy("dev.isogloss.operator.act")
            .layer("metrics")
            .definedBy("dev.isogloss.operator.metrics")
            .layer("step")
            .definedBy("dev.isogloss.operator.step")
            .layer("experiment")
            .definedBy("dev.isogloss.operator.experiment")
            .layer("app")
            .definedBy("dev.isogloss.operator.app")
            .whereLayer("words")
            .mayNotAccessAnyLayer()
            .whereLayer("settings")
            .mayNotAccessAnyLayer()
            .whereLayer("observe")
            .mayOnlyAccessLayers("words")
            .whereLayer("status")
            .mayOnlyAccessLayers("words")
            .whereLayer("act")
            .mayOnlyAccessLayers("words", "settings", "observe", "status")
            .whereLayer("metrics")
            .mayOnlyAccessLayers("words", "status")
            .whereLayer("step")
            .mayOnlyAccessLayers("words", "settings", "observe", "status", "act", "metrics")
            .whereLayer("experiment")
            .mayOnlyAccessLayers("words", "settings", "observe", "status", "act", "metrics")
            .whereLayer("app")
            .mayOnlyAccessLayers("words", "settings", "observe", "act", "metrics");

    @ArchTest
    static final ArchRule decisions_and_views_write_nothing = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.isogloss.operator.words", "dev.isogloss.operator.observe", "dev.isogloss.operator.status")
            .should()
            .dependOnClassesThat()
            .haveSimpleNameStartingWith("KubernetesClient");
}
