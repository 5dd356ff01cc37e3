package io.millrace.it;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Dependencies point one way: cli → rule → (mqtt, tdengine, functions); connectors know neither.
 */
class ArchitectureTest {
    private static JavaClasses classes;

    @BeforeAll
    static void readClasses() {
        classes =
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.millrace");
        assertThat(classes).as("classes of every module").hasSizeGreaterThan(100);
    }

    @Test
    void commonKnowsNobody() {
        noClasses()
                .that()
                .resideInAPackage("io.millrace.common..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.millrace..")
                                .and(resideInAnyPackage("io.millrace.common..").negate())
                                .or(resideInAPackage("org.apache.flink..")))
                .check(classes);
    }

    @Test
    void theMqttConnectorKnowsOnlyWhatConnectorsShare() {
        knowsOnly("io.millrace.mqtt..", "io.millrace.common..");
    }

    @Test
    void theTdengineConnectorKnowsOnlyWhatConnectorsShare() {
        knowsOnly("io.millrace.tdengine..", "io.millrace.common..");
    }

    @Test
    void functionsKnowNothingOfMillrace() {
        knowsOnly("io.millrace.functions..");
    }

    @Test
    void functionsAreJavaAndTheTableApi() {
        classes()
                .that()
                .resideInAPackage("io.millrace.functions..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.millrace.functions..",
                        "java..",
                        "javax.annotation..",
                        "org.apache.flink..",
                        // The library's: JSON and jq.
                        "com.fasterxml.jackson..",
                        "net.thisptr.jackson.jq..")
                .check(classes);
    }

    @Test
    void theFunctionLibraryKnowsNothingOfFlink() {
        noClasses()
                .that()
                .resideInAPackage("io.millrace.functions.*..")
                .and()
                .resideOutsideOfPackage("io.millrace.functions.convert..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.flink..")
                .check(classes);
    }

    @Test
    void rulesKnowNeitherTheCommandLineNorTheDevkit() {
        knowsOnly(
                "io.millrace.rule..",
                "io.millrace.common..",
                "io.millrace.mqtt..",
                "io.millrace.tdengine..",
                "io.millrace.functions..");
    }

    @Test
    void onlyTheDemoUsesTheDevkit() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.millrace.devkit..", "io.millrace.cli.demo..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.millrace.devkit..")
                .check(classes);
    }

    @Test
    void theDevkitIsOnItsOwn() {
        knowsOnly("io.millrace.devkit..");
    }

    @Test
    void onlyTheClientPackageKnowsTheLibrariesOfMqtt() {
        noClasses()
                .that()
                .resideInAPackage("io.millrace.mqtt..")
                .and()
                .resideOutsideOfPackage("io.millrace.mqtt.client..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.eclipse.paho..", "io.netty..")
                .check(classes);
    }

    @Test
    void packagesOfAModuleHaveNoCycles() {
        for (String module : new String[] {"mqtt", "tdengine", "rule", "functions"}) {
            SlicesRuleDefinition.slices()
                    .matching("io.millrace." + module + ".(*)..")
                    .should()
                    .beFreeOfCycles()
                    .allowEmptyShould(true)
                    .check(classes);
        }
    }

    @Test
    void nothingStaticChanges() {
        fields().that().areStatic().should().beFinal().check(classes);
    }

    private static void knowsOnly(String module, String... others) {
        String[] allowed = new String[others.length + 1];
        allowed[0] = module;
        System.arraycopy(others, 0, allowed, 1, others.length);
        noClasses()
                .that()
                .resideInAPackage(module)
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.millrace..").and(resideInAnyPackage(allowed).negate()))
                .check(classes);
    }
}
