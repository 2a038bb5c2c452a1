package io.github.lesionj.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.Macro;
import io.github.lesionj.core.ExitStatus;
import io.github.lesionj.ij1.CommandLabels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scijava.Context;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.module.ModuleRunner;
import org.scijava.module.ModuleService;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.PluginService;

/** Every command that plugins.config names keeps the rules for keys, and every wrong value of every key stops the macro. */
class CommandRulesTest {

    private static Context context;
    private String threadName;

    static Stream<String> labels() throws IOException {
        return CommandLabels.all().stream();
    }

    @BeforeAll
    static void startContext() {
        context = new Context();
    }

    @AfterAll
    static void endContext() {
        context.dispose();
    }

    @BeforeEach
    void becomeMacro() {
        threadName = Thread.currentThread().getName();
        Thread.currentThread().setName("Run$_test");
    }

    @AfterEach
    void endMacro() {
        Macro.setOptions(null);
        Thread.currentThread().setName(threadName);
        System.clearProperty(Reporter.EXIT_PROPERTY);
    }

    private CommandInfo find(String label) {
        List<CommandInfo> found = context.service(CommandService.class).getCommandsOfType(Command.class).stream()
            .filter(info -> info.getMenuPath().getMenuString().equals("Plugins > LesionJ > " + label)).toList();
        assertEquals(1, found.size(), "@Plugin commands with the label " + label);
        return found.get(0);
    }

    private LesionCommand create(String label) {
        return (LesionCommand) context.service(ModuleService.class).createModule(find(label));
    }

    @ParameterizedTest
    @MethodSource("labels")
    void theCommandAndItsKeysAreDescribed(String label) {
        CommandInfo info = find(label);
        assertTrue(info.canRunHeadless(), "headless = true");
        assertFalse(info.getDescription().isEmpty(), "description");
        boolean folded = false;
        for (CommandKey key : create(label).keys()) {
            assertTrue(key.name().matches("[a-z][a-z0-9]*(_[a-z0-9]+)*"), "snake_case: " + key.name());
            assertFalse(key.description().isBlank(), "description of " + key.name());
            assertFalse(key.label().equals(key.name()), "label of " + key.name());
            assertTrue(key.isAdvanced() || !folded, key.name() + " stands after keys that fold away");
            folded |= key.isAdvanced();
            key.parse(key.format(key.defaultValue()));
        }
        assertTrue(create(label).keys().stream().filter(key -> !key.isAdvanced()).count() <= 10, "ten in sight");
    }

    @ParameterizedTest
    @MethodSource("labels")
    void nothingIsRememberedAndNothingRequiredByTheHost(String label) throws Exception {
        LesionCommand command = create(label);
        for (CommandKey key : command.keys()) {
            Parameter parameter = field(command.getClass(), key.name()).getAnnotation(Parameter.class);
            assertFalse(parameter.persist(), "persist = false on " + key.name());
            assertFalse(parameter.required(), "required = false on " + key.name());
        }
    }

    private static java.lang.reflect.Field field(Class<?> type, String name) throws NoSuchFieldException {
        try {
            return type.getDeclaredField(name);
        } catch (NoSuchFieldException e) {
            return field(Optional.ofNullable((Class) type.getSuperclass()).orElseThrow(), name);
        }
    }

    /** ImageJ's own reading would find one in the other. */
    @ParameterizedTest
    @MethodSource("labels")
    void noKeyEndsAnother(String label) {
        List<String> names = create(label).keys().stream().map(CommandKey::name).toList();
        for (String name : names) {
            for (String other : names) {
                boolean ends = !other.equals(name) && other.endsWith(name)
                    && !Character.isLetter(other.charAt(other.length() - name.length() - 1));
                assertFalse(ends, name + " ends " + other);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("labels")
    void everyWrongValueStopsTheMacroWithASentence(String label) {
        assertRefused(label, "nosuchkey=1");
        for (CommandKey key : create(label).keys()) {
            wrongValues(key).forEach(value -> assertRefused(label, key.name() + "=" + value));
            assertRefused(label, key.name() + "= " + key.name() + "=");
        }
    }

    private static List<String> wrongValues(CommandKey key) {
        List<String> wrong = new ArrayList<>();
        if (key.isNumber()) {
            wrong.addAll(List.of("0,5", "abc", "", "1e999", "NaN"));
        }
        if (key.isInteger()) {
            wrong.add("2.7");
        }
        if (!key.range().isEmpty()) {
            wrong.add(key.range().startsWith("at most") ? "1000000000" : "-1000000000");
        }
        if (!key.choices().isEmpty()) {
            wrong.add("nosuchchoice");
        }
        if (key.isBoolean()) {
            wrong.addAll(List.of("1", "yes"));
        }
        return wrong;
    }

    private void assertRefused(String label, String options) {
        Macro.setOptions(options);
        LesionCommand command = create(label);
        new ModuleRunner(context, command,
            context.service(PluginService.class).createInstancesOfType(PreprocessorPlugin.class), List.of()).run();
        assertEquals(Optional.of(ExitStatus.USAGE), command.status(), options);
        assertNotNull(command.failure().orElse(null), options);
        assertFalse(command.failure().get().contains("\n"), options);
    }
}
