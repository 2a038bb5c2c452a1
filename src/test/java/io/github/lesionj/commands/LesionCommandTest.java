package io.github.lesionj.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.Macro;
import io.github.lesionj.core.Csv;
import io.github.lesionj.core.ExitStatus;
import io.github.lesionj.probe.ProbeCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scijava.Context;
import org.scijava.command.CommandService;
import org.scijava.module.ModuleRunner;
import org.scijava.module.ModuleService;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.PluginService;

/** Commands in a bare SciJava context, with and without the options of a macro. */
class LesionCommandTest {

    private static final Map<String, String> DEFAULTS = Map.ofEntries(Map.entry("input", ""), Map.entry("model", ""),
        Map.entry("threshold", "0.5"), Map.entry("count", "7"), Map.entry("explain", "auto"), Map.entry("flag", "false"),
        Map.entry("mood", "CALM"), Map.entry("table", ""), Map.entry("seed", "1"), Map.entry("rate", "0.001"),
        Map.entry("end", "done"));

    @TempDir
    private Path output;
    private Context context;
    private String threadName;

    @BeforeEach
    void startContext() {
        context = new Context();
        threadName = Thread.currentThread().getName();
        System.clearProperty(Reporter.EXIT_PROPERTY);
    }

    @AfterEach
    void endContext() {
        Macro.setOptions(null);
        Thread.currentThread().setName(threadName);
        System.clearProperty(Reporter.EXIT_PROPERTY);
        context.dispose();
    }

    /** Runs as Fiji does inside run(...), after its own reading of the options has set some field wrongly. */
    private ProbeCommand runAsMacro(String options, Object... misread) {
        Thread.currentThread().setName("Run$_test");
        Macro.setOptions(options);
        ProbeCommand command = new ProbeCommand();
        context.inject(command);
        for (int i = 0; i < misread.length; i += 2) {
            command.setInput((String) misread[i], misread[i + 1]);
            command.resolveInput((String) misread[i]);
        }
        new ModuleRunner(context, command,
            context.service(PluginService.class).createInstancesOfType(PreprocessorPlugin.class), List.of()).run();
        return command;
    }

    private ProbeCommand runAsScript(Object... inputs) throws Exception {
        // CommandService.run(Class, ...) gives no Future for a command that is a module itself
        return (ProbeCommand) context.service(ModuleService.class)
            .run(context.service(CommandService.class).getCommand(ProbeCommand.class), true, inputs).get();
    }

    private Map<String, String> written() {
        Map<String, String> values = Csv.read(output.resolve("results.csv")).stream()
            .collect(Collectors.toMap(row -> row.get(0), row -> row.get(1), (a, b) -> b, TreeMap::new));
        values.remove("output");
        return values;
    }

    private Map<String, String> with(String... changes) {
        Map<String, String> values = new TreeMap<>(DEFAULTS);
        for (int i = 0; i < changes.length; i += 2) {
            values.put(changes[i], changes[i + 1]);
        }
        return values;
    }

    @Test
    void keysLeftOutTakeTheirDefaults() {
        assertEquals(Optional.of(ExitStatus.DONE), runAsMacro("output=[" + output + "]").status());
        assertEquals(DEFAULTS, written());
    }

    @Test
    void everyTypeIsReadFromAMacro() {
        runAsMacro("output=[" + output + "] threshold=.25 count=+12 explain=cam flag mood=KEEN table=[a b.csv] "
            + "seed=9223372036854775807 rate=1e-4");
        assertEquals(with("threshold", "0.25", "count", "12", "explain", "cam", "flag", "true", "mood", "KEEN",
            "table", "a b.csv", "seed", "9223372036854775807", "rate", "1.0E-4"), written());
    }

    @Test
    void whatTheHostMisreadIsReadAgain() {
        runAsMacro("output=[" + output + "] input=[/study/seed=3/explain=x/model=x/a.png]", "seed", 3L, "explain", "x/model",
            "model", "x/a.png", "threshold", 0.0);
        assertEquals(with("input", "/study/seed=3/explain=x/model=x/a.png"), written());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "modle=x            | did you mean model",
        "threshold=0,5      | threshold=0,5 is not a number",
        "threshold=abc      | threshold=abc is not a number",
        "threshold=NaN      | threshold=NaN is not a number",
        "threshold=         | is not a number",
        "threshold=1.01     | threshold=1.01 is out of range; it must be 0 to 1",
        "count=2.7          | count=2.7 is not a whole number",
        "count=0            | it must be at least 1",
        "count=99999999999  | too large",
        "rate=1e99          | out of range",
        "explain=beta       | not one of auto, cam, none",
        "explain=Cam        | not one of auto, cam, none",
        "mood=calm          | not one of CALM, KEEN",
        "flag=1             | neither true nor false",
        "count              | count has no value",
        "seed=1 seed=2      | given twice",
        "input=my file.png  | file.png is unknown",
        "input=[a           | never closed"})
    void whatCannotBeReadIsWrongUse(String options, String reason) {
        ProbeCommand command = runAsMacro(options + " output=[" + output + "]");
        assertEquals(Optional.of(ExitStatus.USAGE), command.status());
        String sentence = command.failure().orElseThrow();
        assertTrue(sentence.contains(reason) && sentence.startsWith("Probe...: "), sentence);
        assertFalse(sentence.contains("\n"));
        assertFalse(Files.exists(output.resolve("results.csv")), "the command must not have run");
        assertEquals("2", System.getProperty(Reporter.EXIT_PROPERTY));
    }

    @Test
    void scriptsAreCheckedAsMacrosAre() throws Exception {
        assertEquals(ExitStatus.DONE, runAsScript("output", output.toString(), "threshold", 0.1, "seed", "12").status().get());
        assertEquals(with("threshold", "0.1", "seed", "12"), written());
        assertEquals(ExitStatus.USAGE, runAsScript("threshold", 2.0).status().get());
        assertEquals(ExitStatus.USAGE, runAsScript("explain", "beta").status().get());
        assertEquals(ExitStatus.USAGE, runAsScript("nosuch", "abc").status().get());
        assertEquals(ExitStatus.USAGE, runAsScript("threshold", Double.NaN).status().get());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "done      | DONE    | 0 | ",
        "partial   | PARTIAL | 3 | ",
        "failed    | FAILED  | 1 | Probe...: The probe failed as it was told to; take end=done.",
        "broken    | FAILED  | 1 | Probe... stopped because of an error of its own, IllegalStateException: a fault of ours; run it with bin/lesionj --debug and report what it prints.",
        "memory    | FAILED  | 1 | Probe...: there is not enough memory; raise it in Edit > Options > Memory & Threads (without a display: LESIONJ_MEMORY), or take a smaller batch.",
        "cancelled | FAILED  | 1 | Probe...: Cancelled."})
    void everyEndHasItsStatusAndSentence(String end, ExitStatus status, int exit, String sentence) {
        ProbeCommand command = runAsMacro("end=" + end + " output=[" + output + "]");
        assertEquals(Optional.of(status), command.status());
        assertEquals(Optional.ofNullable(sentence), command.failure());
        assertEquals(exit, Integer.getInteger(Reporter.EXIT_PROPERTY, 0));
    }

    @Test
    void theWorstStatusStays() {
        runAsMacro("end=partial output=[" + output + "]");
        runAsMacro("output=[" + output + "]");
        assertEquals("3", System.getProperty(Reporter.EXIT_PROPERTY));
        runAsMacro("nosuch=1");
        runAsMacro("end=partial output=[" + output + "]");
        assertEquals("2", System.getProperty(Reporter.EXIT_PROPERTY));
    }

    @Test
    void nothingIsRememberedBetweenMacros() {
        runAsMacro("model=[other model] threshold=0.9 output=[" + output + "]");
        runAsMacro("output=[" + output + "]");
        assertEquals(DEFAULTS, written());
    }
}
