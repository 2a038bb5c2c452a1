package io.github.lesionj;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The direction of imports: every package only knows those below it, and the wall has one front. */
class HouseTest {

    private static final String ROOT = "io.github.lesionj.";
    /** From top to bottom; packages on one line do not know each other. */
    private static final String[][] STOREYS = {
        {"ij1"}, {"commands"}, {"batch"}, {"pipeline"}, {"results"}, {"evaluation"}, {"runtime"}, {"modelpackage"},
        {"dataset", "phantom"}, {"image"}, {"geometry"}, {"core"},
    };
    private static final String[] BEHIND = {ROOT + "inference..", ROOT + "training..", ROOT + "network.."};

    private static JavaClasses house;

    @BeforeAll
    static void read() {
        house = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.github.lesionj");
    }

    @Test
    void everyPackageOnlyKnowsThoseBelow() {
        for (int storey = 1; storey < STOREYS.length; storey++) {
            List<String> above = new ArrayList<>();
            for (int upper = 0; upper < storey; upper++) {
                for (String name : STOREYS[upper]) {
                    above.add(ROOT + name + "..");
                }
            }
            for (String name : STOREYS[storey]) {
                noClasses().that().resideInAPackage(ROOT + name + "..").should().dependOnClassesThat()
                    .resideInAnyPackage(above.toArray(String[]::new)).allowEmptyShould(true).check(house);
            }
        }
    }

    @Test
    void nobodyInFrontKnowsWhatIsBehindTheWall() {
        noClasses().that().resideOutsideOfPackages(BEHIND).should().dependOnClassesThat()
            .resideInAnyPackage(append(BEHIND, "org.tensorflow..", "ai.djl..", "com.google.protobuf..", "org.bytedeco..")).check(house);
    }

    @Test
    void behindTheWallOnlyEvaluationAndBelowIsKnown() {
        noClasses().that().resideInAnyPackage(BEHIND).should().dependOnClassesThat()
            .resideInAnyPackage(ROOT + "results..", ROOT + "pipeline..", ROOT + "batch..", ROOT + "commands..", ROOT + "ij1..")
            .check(house);
        noClasses().that().resideInAPackage(ROOT + "network..").should().dependOnClassesThat()
            .resideInAnyPackage(ROOT + "training..", ROOT + "inference..").check(house);
    }

    @Test
    void onlyInferenceKnowsDjl() {
        noClasses().that().resideOutsideOfPackage(ROOT + "inference..").should().dependOnClassesThat()
            .resideInAPackage("ai.djl..").check(house);
    }

    @Test
    void onlyNetworkAndTrainingBuildGraphs() {
        noClasses().that().resideOutsideOfPackages(ROOT + "network..", ROOT + "training..").should().dependOnClassesThat()
            .haveFullyQualifiedName("org.tensorflow.Graph").orShould().dependOnClassesThat()
            .haveFullyQualifiedName("org.tensorflow.Session").check(house);
    }

    @Test
    void onlyFormsOpenDialogs() {
        noClasses().that().resideOutsideOfPackages(ROOT + "commands..", ROOT + "ij1..").should().dependOnClassesThat()
            .haveNameMatching("ij\\.gui\\.(GenericDialog|NonBlockingGenericDialog|YesNoCancelDialog|MessageDialog)|javax\\.swing\\.J.*|java\\.awt\\.Dialog")
            .check(house);
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(house);
    }

    private static String[] append(String[] some, String... more) {
        List<String> all = new ArrayList<>(List.of(some));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
