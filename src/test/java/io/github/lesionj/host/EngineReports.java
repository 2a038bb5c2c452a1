package io.github.lesionj.host;

import io.github.lesionj.core.LesionJException;
import io.github.lesionj.runtime.EngineReport;
import io.github.lesionj.runtime.TensorFlowService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.scijava.Context;

/** Starts the engine and says what it is, or the sentence why not: one line for each context, as many as the argument says. */
public final class EngineReports {

    private EngineReports() {
    }

    public static void main(String[] arguments) {
        for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
            System.out.println(line());
        }
    }

    private static String line() {
        try (Context context = new Context(TensorFlowService.class)) {
            EngineReport report = context.service(TensorFlowService.class).backend().report();
            return report.tensorFlow() + " " + report.chosen() + " copies=" + copies() + " threads=" + report.intraThreads()
                + " pool=" + threads();
        } catch (LesionJException e) {
            return e.exitStatus().code() + " " + e.getMessage();
        }
    }

    /** How often the native library is in this process. */
    private static long copies() {
        try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
            return maps.filter(line -> line.contains("jnitensorflow")).map(line -> line.substring(line.indexOf('/'))).distinct().count();
        } catch (IOException e) {
            return 1;
        }
    }

    private static long threads() {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            return tasks.count();
        } catch (IOException e) {
            return 0;
        }
    }
}
