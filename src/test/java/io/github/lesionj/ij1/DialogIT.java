package io.github.lesionj.ij1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.Csv;
import io.github.lesionj.ij1.TestApp.Result;
import io.github.lesionj.probe.ProbeCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandService;
import org.scijava.module.ModuleService;

/** The dialog in a plain ImageJ with a (virtual) display: every kind of widget, the recorder, what is remembered. */
class DialogIT {

    private static final String DIALOGS = Path.of(System.getProperty("lesionj.app")).resolveSibling("dialogs").toString();

    @TempDir
    private static Path folder;
    private static TestApp app;
    private static VirtualDisplay display;

    @BeforeAll
    static void start() throws Exception {
        display = VirtualDisplay.open();
        app = new TestApp(folder);
    }

    @AfterAll
    static void end() throws Exception {
        if (display != null) {
            display.close();
            app.close();
        }
    }

    private static Result drive(String... settings) throws Exception {
        String[] arguments = new String[settings.length + 2];
        arguments[0] = DIALOGS;
        arguments[1] = "Probe...";
        System.arraycopy(settings, 0, arguments, 2, settings.length);
        Result result = app.withDisplay(display.number(), DialogDriver.class, arguments);
        assertEquals(0, result.status(), result.toString());
        return result;
    }

    private static String line(Result result, String name) {
        return result.out().lines().filter(line -> line.startsWith(name + "=")).findFirst().orElseThrow(() ->
            new AssertionError(result.toString())).substring(name.length() + 1);
    }

    private static Map<String, String> results(Path output) {
        Map<String, String> results = new TreeMap<>();
        Csv.read(output.resolve("results.csv")).forEach(row -> results.put(row.get(0), row.get(1)));
        results.remove("output");
        return results;
    }

    @Test
    void everyWidgetGivesTheSameAsTheCommandService() throws Exception {
        Path output = folder.resolve("by dialog");
        String input = "/data/a [1] b/seed=3/it's ü.png";
        Result result = drive("input=" + input, "model=my model.zip", "output=" + output, "threshold= 0.25 ", "count=12",
            "explain=cam", "flag=true", "mood=KEEN", "table=/data/t.csv", "advanced=true", "seed=99", "rate=1e-5");
        assertEquals("", result.error());

        Path scripted = folder.resolve("by script");
        try (Context context = new Context()) {
            context.service(ModuleService.class).run(context.service(CommandService.class).getCommand(ProbeCommand.class), true,
                "input", input, "model", "my model.zip", "output", scripted.toString(), "threshold", 0.25, "count", 12,
                "explain", "cam", "flag", true, "mood", ProbeCommand.Mood.KEEN, "table", new java.io.File("/data/t.csv"),
                "seed", 99L, "rate", 1e-5f).get();
        }
        assertEquals(results(scripted), results(output));

        String recorded = line(result, "recorded");
        assertTrue(recorded.startsWith("run(\"Probe...\", \"input=") && !recorded.contains("\\n"), recorded);
        Files.writeString(folder.resolve("recorded.ijm"), recorded.replace("by dialog", "by macro"));
        assertEquals(new Result(0, "", ""), app.lesionj(Map.of(), "recorded.ijm"));
        assertEquals(results(scripted), results(folder.resolve("by macro")));
    }

    /** Also cold, with the machine busy; bench measures it. */
    @Test
    void everyCommandOpensItsDialog() throws Exception {
        List<String> arguments = new ArrayList<>(List.of(DIALOGS, "@open"));
        arguments.addAll(CommandLabels.all());
        Result result = app.withDisplay(display.number(), DialogDriver.class, arguments.toArray(new String[0]));
        assertEquals(0, result.status(), result.toString());
        assertEquals(2 * CommandLabels.all().size(), result.out().lines().filter(line -> line.startsWith("opened ")).count());
        System.out.print(result.out());
    }

    @Test
    void aWrongValueIsSaidInTheDialogAndCancelRunsNothing() throws Exception {
        Path output = folder.resolve("never");
        Result result = drive("output=" + output, "seed=1.5", "@message", "@cancel");
        assertTrue(line(result, "message").contains("seed=1.5 is not a whole number"), result.out());
        assertFalse(Files.exists(output));
        assertEquals("", line(result, "recorded"), "a cancelled command is not recorded");
    }

    @Test
    void lastUsedValuesAreInTheNextDialogButNotInAMacro() throws Exception {
        Path output = folder.resolve("remembered");
        drive("model=phantom-lesion", "output=" + output, "threshold=0.9");
        Files.delete(output.resolve("results.csv"));
        drive("count=3");
        Map<String, String> again = results(output);
        assertEquals("phantom-lesion", again.get("model"));
        assertEquals("0.5", again.get("threshold"), "only model, output and device are kept");
        Result macro = app.lesionj(Map.of("LESIONJ_JAVA_OPTIONS", "-Duser.home=" + folder), "Probe...");
        assertTrue(macro.out().contains("model,\n"), macro.out());
    }
}
