package io.github.lesionj.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ij.gui.Roi;
import io.github.lesionj.dataset.ObjectClasses;
import io.github.lesionj.results.Classification;
import io.github.lesionj.results.ItemKey;
import io.github.lesionj.results.ObjectLabels;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which class a ROI's name or group says. */
class ObjectClassesTest {

    private static final List<String> GRADES = List.of("grade 1", "grade 10", "WBC");

    private static Roi roi(String name, int group) {
        Roi roi = new Roi(0, 0, 3, 3);
        roi.setName(name);
        roi.setGroup(group);
        return roi;
    }

    @ParameterizedTest
    @CsvSource({"WBC, WBC", "wbc-3, WBC", "WBC 0.97, WBC", "WBC_12, WBC", "WBCs, ''", "grade 10, grade 10", "grade 1-2, grade 1",
        "grade 100, ''", "0012-0044, ''", "RBC, ''"})
    void withClassNamesTheNameBeginsWithOne(String name, String expected) {
        assertEquals(expected, new ObjectClasses(GRADES).of(roi(name, 0)));
    }

    @ParameterizedTest
    @CsvSource({"WBC, WBC", "WBC-3, WBC", "WBC 0.97, WBC", "grade 2, grade 2", "0012-0044, ''", "17, ''", "grade 2-1, grade 2"})
    void withoutThemTheNameIsTheClass(String name, String expected) {
        assertEquals(expected, new ObjectClasses(List.of()).of(roi(name, 0)));
    }

    @Test
    void theGroupCountsWhereTheNameSaysNothing() {
        assertEquals("grade 10", new ObjectClasses(GRADES).of(roi("0012-0044", 2)));
        assertEquals("", new ObjectClasses(GRADES).of(roi(null, 4)));
        assertEquals("WBC", new ObjectClasses(GRADES).of(roi("WBC-1", 1)));
        assertEquals("group-2", new ObjectClasses(List.of()).of(roi("0012", 2)));
    }

    @Test
    void aClassificationsNameIsItsClassUntilTheUserCorrectsIt() {
        Roi roi = roi("nucleus-4", 0);
        ObjectLabels.apply(roi, new Classification(ItemKey.of("x").region("nucleus-4"), List.of("stage-2"), 0.97, List.of(0.03, 0.97), null,
            null), List.of("stage-1", "stage-2"));
        assertEquals("stage-2 0.97", roi.getName());
        assertEquals("stage-2", new ObjectClasses(List.of()).of(roi));
        assertEquals("", new ObjectClasses(GRADES).of(roi), "its group counts classes of another model");
        assertEquals(List.of("nucleus-4"), ObjectLabels.uniqueNames(List.of(roi)));
        roi.setGroup(1);
        assertEquals("stage-1", new ObjectClasses(List.of("stage-1", "stage-2")).of(roi), "corrected by its group");
        roi.setName("stage-1");
        assertEquals("stage", new ObjectClasses(List.of()).of(roi));
        assertEquals("stage-1", new ObjectClasses(List.of("stage-1", "stage-2")).of(roi));
        assertEquals(List.of("stage-1"), ObjectLabels.uniqueNames(List.of(roi)));
    }

    private static Roi classified(List<String> labels, double probability) {
        Roi roi = roi("cell", 0);
        ObjectLabels.apply(roi, new Classification(ItemKey.of("x").region("cell"), labels, probability, List.of(0.9, 0.8, 0.7), null, null),
            List.of("edema", "mass", "grade 1"));
        return roi;
    }

    @Test
    void severalClassesAndNoneAreReadAsTheyAreWritten() {
        Roi both = classified(List.of("edema", "grade 1"), 0.9);
        assertEquals("edema;grade 1 0.90", both.getName());
        Roi none = classified(List.of(), Double.NaN);
        assertEquals("none", none.getName());
        for (List<String> names : List.of(List.<String>of(), List.of("edema", "mass", "grade 1"))) {
            assertEquals("edema;grade 1", new ObjectClasses(names).of(both));
            assertEquals("none", new ObjectClasses(names).of(none));
            assertEquals("edema;mass", new ObjectClasses(names).of(roi("edema; mass;edema-2", 0)), names.toString());
        }
        assertEquals("", new ObjectClasses(List.of("mass", "grade 1")).of(both), "not all of it is known");
        none.setGroup(2);
        assertEquals("mass", new ObjectClasses(List.of("edema", "mass")).of(none), "corrected by its group");
        both.setName("none");
        assertEquals("none", new ObjectClasses(List.of("edema", "mass")).of(both), "corrected by its name");
        assertEquals("None", new ObjectClasses(List.of("None", "mass")).of(both), "a class of that name");
    }

    @Test
    void namesOfAnImageAreToldApart() {
        assertEquals(List.of("cell", "cell-2", "cell-3", "roi-4", "roi-5"),
            ObjectLabels.uniqueNames(List.of(roi("cell", 0), roi("cell", 0), roi("cell", 0), roi(null, 0), roi(" ", 0))));
        assertEquals(List.of("cell", "cell-2", "cell-3"),
            ObjectLabels.uniqueNames(List.of(roi("cell", 0), roi("cell-2", 0), roi("cell", 0))));
    }
}
