package io.github.lesionj.ij1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.door.Door;
import io.github.lesionj.door.TestImages;
import io.github.lesionj.ij1.TestApp.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code Evaluate Model...} through bin/lesionj: its exit statuses, and a macro that reads its table. */
@ExtendWith(Door.Extension.class)
class EvaluateHeadlessIT {

    @TempDir
    private static Path folder;
    private static TestApp app;

    @BeforeAll
    static void makeApp() throws Exception {
        app = new TestApp(folder);
        TestImages.flat(folder.resolve("dark.png"), 51);
        TestImages.flat(folder.resolve("bright.png"), 204);
        Files.writeString(folder.resolve("good.csv"), "path,label\ndark.png,normal\nbright.png,lesion\n");
        Files.writeString(folder.resolve("partial.csv"), "path,label\ndark.png,normal\nbright.png,lesion\nmissing.png,lesion\n");
    }

    @AfterAll
    static void endApp() throws Exception {
        app.close();
    }

    private static Result lesionj(Door door, String... arguments) throws Exception {
        return app.lesionj(Map.of("LESIONJ_MODELS", door.models().toString()), arguments);
    }

    private static Result evaluate(Door door, String... more) throws Exception {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "Evaluate Model...";
        arguments[1] = "model=brightness";
        System.arraycopy(more, 0, arguments, 2, more.length);
        return lesionj(door, arguments);
    }

    @Test
    void exitStatuses(Door door) throws Exception {
        Result usage = evaluate(door, "data=nosuch.csv", "output=u");
        assertEquals(2, usage.status(), usage.toString());
        assertTrue(usage.error().startsWith("Evaluate Model...: There is no data set nosuch.csv") && usage.error().lines().count() == 1,
            usage.error());
        Result partial = evaluate(door, "data=partial.csv", "output=p");
        assertEquals(3, partial.status(), partial.toString());
        assertTrue(partial.error().startsWith("missing.png: no such file"), partial.error());
        assertTrue(partial.out().contains("1 of 3 items failed and do not count"), partial.out());
    }

    @Test
    void theMacroThatComesWithIt(Door door) throws Exception {
        Path macro = Path.of(System.getProperty("lesionj.app")).resolve("../../macros/evaluate_model.ijm").normalize();
        Result result = lesionj(door, macro.toString(), "good.csv|shipped|brightness");
        assertEquals(0, result.status(), result.toString());
        assertTrue(result.out().lines().anyMatch("AUC 1.000, 95 % interval NaN to NaN"::equals), result.out());
    }

    @Test
    void aMacroReadsTheFigures(Door door) throws Exception {
        Files.writeString(folder.resolve("e.ijm"), """
            run("Evaluate Model...", "model=brightness data=good.csv output=m operating_point=youden bootstrap=50");
            for (row = 0; row < nResults; row++) {
                print(getResultString("figure", row) + " " + getResult("value", row));
            }
            """);
        Result result = lesionj(door, "e.ijm");
        assertEquals(0, result.status(), result.toString());
        assertTrue(result.out().lines().anyMatch("accuracy 1"::equals), result.out());
        assertTrue(Files.exists(folder.resolve("m/model/rdf.yaml")));
    }
}
