package dev.isogloss.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.isogloss.testing.PackageTable;

@AnalyzeClasses(packages = "dev.isogloss.operator", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static void packages_use_what_the_table_in_contributing_shows(JavaClasses classes) {
        assertThat(PackageTable.of("operator").differences(classes, "dev.isogloss.operator"))
                .isEmpty();
    }

    @ArchTest
    static final ArchRule decisions_and_views_write_nothing = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.isogloss.operator.names", "dev.isogloss.operator.views", "dev.isogloss.operator.status")
            .should()
            .dependOnClassesThat()
            .haveSimpleNameStartingWith("KubernetesClient");
}
