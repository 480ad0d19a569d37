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
            .layer("api")
            .definedBy("dev.isogloss.api..")
            .layer("manifest")
            .definedBy("dev.isogloss.manifest..")
            .layer("step")
            .definedBy("dev.isogloss.plan.step")
            .layer("plan")
            .definedBy("dev.isogloss.plan")
            .layer("planner")
            .definedBy("dev.isogloss.planner")
            .layer("result")
            .definedBy("dev.isogloss.result")
            .layer("report")
            .definedBy("dev.isogloss.report..")
            .layer("resource")
            .definedBy("dev.isogloss.resource")
            .whereLayer("json")
            .mayNotAccessAnyLayer()
            .whereLayer("api")
            .mayOnlyAccessLayers("json")
            .whereLayer("manifest")
            .mayOnlyAccessLayers("json", "api")
            .whereLayer("step")
            .mayOnlyAccessLayers("json", "api")
            .whereLayer("plan")
            .mayOnlyAccessLayers("json", "api", "step")
            .whereLayer("planner")
            .mayOnlyAccessLayers("json", "api", "manifest", "step", "plan")
            .whereLayer("result")
            .mayOnlyAccessLayers("json", "api", "step")
            .whereLayer("report")
            .mayOnlyAccessLayers("json", "api", "step", "plan", "result")
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
