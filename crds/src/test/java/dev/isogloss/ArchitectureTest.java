package dev.isogloss;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.isogloss.testing.PackageTable;

@AnalyzeClasses(packages = "dev.isogloss", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static void packages_use_what_the_table_in_contributing_shows(JavaClasses classes) {
        assertThat(PackageTable.of("crds").differences(classes, "dev.isogloss")).isEmpty();
    }

    /// Annotations of the generator are fine: a virtual machine passes over annotations whose class is missing.
    @ArchTest
    static final ArchRule only_the_resources_need_kubernetes_classes = noClasses()
            .that()
            .resideOutsideOfPackage("dev.isogloss.resource")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabric8.kubernetes..", "io.fabric8.crdv2..");
}
