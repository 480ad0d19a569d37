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
            .layer("names")
            .definedBy("dev.isogloss.operator.names")
            .layer("settings")
            .definedBy("dev.isogloss.operator.settings")
            .layer("views")
            .definedBy("dev.isogloss.operator.views")
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
            .layer("client")
            .definedBy("dev.isogloss.operator.client")
            .layer("app")
            .definedBy("dev.isogloss.operator.app")
            .whereLayer("names")
            .mayNotAccessAnyLayer()
            .whereLayer("settings")
            .mayNotAccessAnyLayer()
            .whereLayer("views")
            .mayOnlyAccessLayers("names")
            .whereLayer("status")
            .mayOnlyAccessLayers("names")
            .whereLayer("act")
            .mayOnlyAccessLayers("names", "settings", "views", "status")
            .whereLayer("metrics")
            .mayOnlyAccessLayers("names", "status")
            .whereLayer("step")
            .mayOnlyAccessLayers("names", "settings", "views", "status", "act", "metrics")
            .whereLayer("experiment")
            .mayOnlyAccessLayers("names", "settings", "views", "status", "act", "metrics")
            .whereLayer("client")
            .mayOnlyAccessLayers("settings")
            .whereLayer("app")
            .mayOnlyAccessLayers("names", "settings", "views", "act", "metrics", "client");

    @ArchTest
    static final ArchRule decisions_and_views_write_nothing = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.isogloss.operator.names", "dev.isogloss.operator.views", "dev.isogloss.operator.status")
            .should()
            .dependOnClassesThat()
            .haveSimpleNameStartingWith("KubernetesClient");
}
