package io.github.lesionj.ij1;

import io.github.lesionj.pipeline.LesionJService;
import io.github.lesionj.runtime.TensorFlowService;
import java.lang.reflect.Field;
import java.util.List;
import org.scijava.Context;
import org.scijava.app.StatusService;
import org.scijava.command.CommandService;
import org.scijava.convert.ConvertService;
import org.scijava.io.IOService;
import org.scijava.module.ModuleService;
import org.scijava.plugin.DefaultPluginFinder;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.PluginIndex;
import org.scijava.plugin.PluginService;
import org.scijava.script.ScriptService;
import org.scijava.service.Service;
import org.scijava.service.ServiceHelper;

/**
 * SciJava's services in a plain ImageJ. A dialog, a list and help need few of them, and all take twice as long to start: so
 * the rest comes when a command or script runs.
 */
final class Services {

    private static final List<Class<? extends Service>> FIRST = List.of(CommandService.class, ModuleService.class,
        PluginService.class, StatusService.class, IOService.class, ConvertService.class, TensorFlowService.class,
        LesionJService.class);

    private Services() {
    }

    /** A context with what a dialog needs. */
    static Context first() {
        return new Context(FIRST, new PluginIndex(new DefaultPluginFinder(Services.class.getClassLoader())));
    }

    /** Starts every service that the context lacks; does nothing where it has all. */
    static void startAll(Context context) {
        if (context.getService(ScriptService.class) != null) {
            return;
        }
        new ServiceHelper(context).loadServices();
    }

    /** Starts all where a command, mostly a foreign one, needs a service that is not there yet. */
    static void startFor(Class<?> command, Context context) {
        for (Class<?> type = command; type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.isAnnotationPresent(Parameter.class) && Service.class.isAssignableFrom(field.getType())
                    && context.getService(field.getType().asSubclass(Service.class)) == null) {
                    startAll(context);
                    return;
                }
            }
        }
    }
}
