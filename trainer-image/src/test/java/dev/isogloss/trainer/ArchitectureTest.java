package dev.isogloss.trainer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.isogloss.testing.PackageTable;

@AnalyzeClasses(packages = "dev.isogloss.trainer", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static void packages_use_what_the_table_in_contributing_shows(JavaClasses classes) {
        assertThat(PackageTable.of("trainer-image").differences(classes, "dev.isogloss.trainer"))
                .isEmpty();
    }

    @ArchTest
    static final ArchRule only_tensors_know_the_engine = noClasses()
            .that()
            .resideOutsideOfPackages("dev.isogloss.trainer.tensor", "dev.isogloss.trainer.tokenizer")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl..");

    @ArchTest
    static final ArchRule only_commands_know_the_command_line = noClasses()
            .that()
            .resideOutsideOfPackage("dev.isogloss.trainer.cli")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule nothing_here_knows_kubernetes = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabric8.kubernetes..", "dev.isogloss.resource..", "dev.isogloss.operator..");
}
