package io.github.lesionj.ij1;

import ij.Macro;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.UsageException;
import java.io.File;
import java.util.List;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineManager;
import javax.script.ScriptException;
import org.scijava.Context;
import org.scijava.module.ModuleRunner;
import org.scijava.module.ModuleService;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.PluginService;
import org.scijava.script.ScriptInfo;
import org.scijava.script.ScriptLanguageIndex;
import org.scijava.script.ScriptModule;
import org.scijava.script.ScriptService;

/** Runs a script with SciJava's script parameters, in any language of SciJava or of Java's own script engines. */
final class ScriptRunner {

    private final Context context;

    ScriptRunner(Context context) {
        this.context = context;
    }

    /**
     * Runs a script to its end, on the calling thread, as {@code IJ.run} in it expects.
     *
     * @param argument what the script gets in its parameter {@code argument}, where it has one
     */
    void run(File script, String argument) {
        Services.startAll(context);
        requireLanguage(script);
        ScriptInfo info = new ScriptInfo(context, script);
        ScriptModule module = (ScriptModule) context.service(ModuleService.class).createModule(info);
        if (info.getInput("argument") != null) {
            module.setInput("argument", argument);
            module.resolveInput("argument");
        }
        new ModuleRunner(context, module,
            context.service(PluginService.class).createInstancesOfType(PreprocessorPlugin.class), List.of()).preProcess();
        try {
            evaluate(module);
        } catch (ScriptException | RuntimeException | LinkageError | AssertionError e) {
            fail(script, e);
        }
    }

    /** Not {@code ScriptModule.run}, which logs what a script throws and goes on. */
    private static void evaluate(ScriptModule module) throws ScriptException {
        ScriptEngine engine = module.getEngine();
        engine.put(ScriptEngine.FILENAME, module.getInfo().getPath());
        module.getInfo().inputs().forEach(input -> engine.put(input.getName(), module.getInput(input.getName())));
        engine.eval(module.getInfo().getProcessedScript());
    }

    private void requireLanguage(File script) {
        String extension = script.getName().substring(script.getName().lastIndexOf('.') + 1);
        ScriptLanguageIndex languages = context.service(ScriptService.class).getIndex();
        if (languages.getByExtension(extension) == null) {
            new ScriptEngineManager(getClass().getClassLoader()).getEngineFactories().stream()
                .filter(factory -> factory.getExtensions().contains(extension))
                .forEach(factory -> languages.add(factory, true));
        }
        if (languages.getByExtension(extension) == null) {
            throw new UsageException("No language for " + script + " is installed; write it as .ijm or .groovy.");
        }
    }

    private static void fail(File script, Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null && !(root instanceof LesionJException)) {
            root = root.getCause();
        }
        if (root instanceof LesionJException known) {
            throw known;
        }
        // ImageJ ends a script so after a command has told why
        if (!Macro.MACRO_CANCELED.equals(root.getMessage())) {
            throw new LesionJException((script + " stopped: " + root).replaceAll("\\s*\\R\\s*", " "), thrown);
        }
    }
}
