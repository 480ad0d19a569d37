package dev.isogloss;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;

@AnalyzeClasses(packages = "dev.isogloss", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packages_know_only_those_above_them = Architectures.layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("json")
            .definedBy("dev.isogloss.json")
            .layer("cel")
            .definedBy("dev.isogloss.cel")
            .layer("api")
            .definedBy("dev.isogloss.api")
            .layer("plan")
            .definedBy("dev.isogloss.plan")
            .layer("planner")
            .definedBy("dev.isogloss.planner")
            .layer("summary")
            .definedBy("dev.isogloss.summary")
            .layer("resource")
            .definedBy("dev.isogloss.resource")
            .whereLayer("json")
            .mayNotAccessAnyLayer()
            .whereLayer("cel")
            .mayNotAccessAnyLayer()
            .whereLayer("api")
            .mayOnlyAccessLayers("json")
            .whereLayer("plan")
            .mayOnlyAccessLayers("json", "api")
            .whereLayer("planner")
            .mayOnlyAccessLayers("json", "api", "plan", "cel")
            .whereLayer("summary")
            .mayOnlyAccessLayers("json", "api", "plan")
            .whereLayer("resource")
            .mayOnlyAccessLayers("api");

    /// Annotations of the generator are fine: a virtual machine passes over annotations whose class is missing.
    @ArchTest
    static final ArchRule only_the_resources_need_kubernetes_classes = noClasses()
            .that()
            .resideOutsideOfPackage("dev.isogloss.resource")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabric8.kubernetes..", "io.fabric8.crdv2..");
}
