package io.github.lesionj.ij1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.Csv;
import io.github.lesionj.ij1.TestApp.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** bin/lesionj with a command in a real headless ImageJ, which loads everything from its plugins folder. */
class HeadlessIT {

    @TempDir
    private static Path folder;
    private static TestApp app;

    @BeforeAll
    static void makeApp() throws Exception {
        app = new TestApp(folder);
    }

    @AfterAll
    static void endApp() throws Exception {
        app.close();
    }

    private static Map<String, String> results(String output) {
        return Csv.read(folder.resolve(output).resolve("results.csv")).stream()
            .collect(Collectors.toMap(row -> row.get(0), row -> row.get(1)));
    }

    private static void assertOneLine(String expected, Result result) {
        assertEquals(expected, result.error().strip());
    }

    @Test
    void aValueIsTakenWholeAsTheShellGivesIt() throws Exception {
        String input = "/study/seed=1/model=x/ü 😀 [a] b]c \"q\" 'r' C:\\data\\%20";
        Result result = app.lesionj(Map.of("LC_ALL", "POSIX"), "Probe...", "input=" + input, "flag", "seed=5", "output=ö u t");
        assertEquals(new Result(0, "", ""), result);
        Map<String, String> keys = results("ö u t");
        assertEquals(List.of(input, "true", "5", ""), List.of(keys.get("input"), keys.get("flag"), keys.get("seed"), keys.get("model")));
    }

    @Test
    void aMacroGoesOnAfterListedFailuresAndStopsAtWrongUse() throws Exception {
        Files.writeString(folder.resolve("a.ijm"), """
            run("Probe...", "input=[/study/seed=1/model=x/ü 😀.png] threshold=0.75 output=[m 1]");
            run("Probe...", "end=partial output=m2");
            print("went on with " + getArgument());
            run("Probe...", "threshold=0,5 output=m3");
            print("must not be reached");
            """);
        Result result = app.lesionj(Map.of(), "a.ijm", "an argument");
        assertEquals(2, result.status());
        assertEquals("went on with an argument", result.out().strip());
        assertEquals("one of two items failed\nProbe...: threshold=0,5 is not a number; write it with a dot, such as 0.5.",
            result.error().strip());
        assertEquals("/study/seed=1/model=x/ü 😀.png", results("m 1").get("input"));
        assertEquals("0.75", results("m 1").get("threshold"));
        assertEquals("0.5", results("m2").get("threshold"), "nothing is remembered");
        assertFalse(Files.exists(folder.resolve("m3")));
    }

    @Test
    void aMacroEndsWithTheWorstStatus() throws Exception {
        Files.writeString(folder.resolve("b.ijm"), "run(\"Probe...\", \"end=partial output=b\");\nrun(\"Probe...\", \"output=b\");\n");
        assertEquals(3, app.lesionj(Map.of(), "b.ijm").status());
    }

    /** Not of the active one only, which comes first; an open image without ROIs is passed over. */
    @Test
    void theNamedRoisOfAllOpenImagesBecomeCrops() throws Exception {
        Files.writeString(folder.resolve("open.ijm"), """
            newImage("plain", "8-bit black", 30, 30, 1);
            newImage("first", "8-bit white", 40, 40, 1);
            makeRectangle(4, 5, 10, 10);
            Roi.setName("mitosis");
            run("Add Selection...");
            newImage("second", "8-bit black", 50, 50, 1);
            makeOval(20, 22, 12, 12);
            Roi.setName("other-3");
            run("Add Selection...");
            run("Prepare Training Set...", "rois=overlay margin=0 output=[%s]");
            """.formatted(folder.resolve("crops")));
        Result result = app.lesionj(Map.of(), "open.ijm");
        assertEquals(0, result.status(), result.toString());
        assertEquals(List.of(List.of("path", "label", "group"), List.of("other/second_other-3.png", "other", "second"),
            List.of("mitosis/first_mitosis.png", "mitosis", "first")), Csv.read(folder.resolve("crops/labels.csv")));
    }

    @Test
    void aMacrosOwnErrorIsOneLine() throws Exception {
        Files.writeString(folder.resolve("c.ijm"), "x = 1;\nrun(\"No such command\");\n");
        Result result = app.lesionj(Map.of(), "c.ijm");
        assertEquals(1, result.status());
        assertOneLine("c.ijm stopped in line 2: Unrecognized command: \"No such command\".", result);
        assertEquals("", result.out());
    }

    @Test
    void failuresHaveOneLineAndATraceOnlyWhenAskedFor() throws Exception {
        Result failed = app.lesionj(Map.of(), "Probe...", "end=failed", "output=f");
        assertEquals(1, failed.status());
        assertOneLine("Probe...: The probe failed as it was told to; take end=done.", failed);
        Result traced = app.lesionj(Map.of(), "--debug", "Probe...", "end=broken", "output=f");
        assertEquals(1, traced.status());
        assertTrue(traced.error().contains("    at io.github.lesionj.probe.ProbeCommand.execute"), traced.error());
    }

    @Test
    void unknownCommandsFilesAndOptionsAreWrongUse() throws Exception {
        Result command = app.lesionj(Map.of(), "No such...", "a=b");
        assertEquals(2, command.status());
        assertOneLine("There is no command \"No such...\"; bin/lesionj --list shows them.", command);
        Result file = app.lesionj(Map.of(), "nosuch.ijm");
        assertEquals(2, file.status());
        assertOneLine("There is no file nosuch.ijm; check its name.", file);
    }

    @Test
    void listAndHelpComeFromTheAnnotations() throws Exception {
        Result list = app.lesionj(Map.of(), "--list");
        assertEquals(0, list.status());
        assertTrue(list.out().lines().toList().contains("Probe..."), list.out());
        Result help = app.lesionj(Map.of(), "--help", "Probe...");
        assertEquals(new Result(0, help.out(), ""), help);
        assertTrue(help.out().contains("threshold  (number; default 0.5; 0 to 1)\n      A number.\n"), help.out());
        assertTrue(help.out().contains("Offered: phantom-lesion, pneumonia-xray"), help.out());
    }

    @Test
    void aScriptGetsItsArgumentAndServicesAndTheCommandsResult() throws Exception {
        Files.writeString(folder.resolve("s.groovy"), """
            #@ String argument
            #@ CommandService commands
            #@ ModuleService modules
            def probe = commands.getCommand("io.github.lesionj.probe.ProbeCommand")
            def run = modules.run(probe, true, "threshold", 0.25d, "output", argument).get()
            println run.status().get()
            """);
        assertEquals(new Result(0, "DONE\n", ""), app.lesionj(Map.of(), "s.groovy", "script out"));
        assertEquals("0.25", results("script out").get("threshold"));
    }

    @Test
    void aScriptThatThrowsEndsWithItsStatus() throws Exception {
        Files.writeString(folder.resolve("t.groovy"), "throw new io.github.lesionj.core.UsageException('Not like this.')");
        Result result = app.lesionj(Map.of(), "t.groovy");
        assertEquals(2, result.status());
        assertOneLine("Not like this.", result);
    }

    @Test
    void theVersionNeedsNoImageJ() throws Exception {
        Result version = app.lesionj(Map.of(), "--version");
        assertTrue(version.status() == 0 && version.out().matches("LesionJ \\d+\\.\\d+\\.\\d+\\S*\\R"), version.toString());
    }
}
