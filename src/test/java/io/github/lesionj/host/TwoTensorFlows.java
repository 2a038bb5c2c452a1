package io.github.lesionj.host;

import io.github.lesionj.core.FloatTensor;
import io.github.lesionj.runtime.Backend;
import io.github.lesionj.runtime.Predictor;
import io.github.lesionj.runtime.TensorFlowService;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.scijava.Context;

/**
 * Predicts with the TensorFlow 1.15 of the class path and with LesionJ's in one process.
 *
 * <p>Arguments: folder of half_plus_two_cpu (y = x / 2 + 2), then {@code one} or {@code two} in the wanted order.
 */
public final class TwoTensorFlows {

    private TwoTensorFlows() {
    }

    public static void main(String[] arguments) throws Exception {
        try (Context context = new Context(TensorFlowService.class)) {
            for (String which : List.of(arguments).subList(1, arguments.length)) {
                System.out.println(which.equals("one") ? one(arguments[0])
                    : two(context.service(TensorFlowService.class).backend(), Path.of(arguments[0])));
            }
        }
    }

    /** By reflection: the tests are compiled against the newer version. */
    private static String one(String folder) throws Exception {
        String version = (String) call(Class.forName("org.tensorflow.TensorFlow"), null, "version");
        try (AutoCloseable bundle = (AutoCloseable) call(Class.forName("org.tensorflow.SavedModelBundle"), null, "load", folder,
                new String[] {"serve"})) {
            Class<?> tensor = Class.forName("org.tensorflow.Tensor");
            try (AutoCloseable x = (AutoCloseable) call(tensor, null, "create", (Object) new float[][] {{0}, {2}, {-6}})) {
                Object runner = call(null, call(null, bundle, "session"), "runner");
                call(null, runner, "feed", "x:0", x);
                call(null, runner, "fetch", "y:0");
                AutoCloseable y = (AutoCloseable) ((List<?>) call(null, runner, "run")).get(0);
                float[][] values = new float[3][1];
                call(null, y, "copyTo", (Object) values);
                y.close();
                return version + " " + values[0][0] + " " + values[1][0] + " " + values[2][0];
            }
        }
    }

    private static Object call(Class<?> type, Object target, String name, Object... arguments) throws Exception {
        for (Method method : (type == null ? target.getClass() : type).getMethods()) {
            if (method.getName().equals(name) && accepts(method.getParameterTypes(), arguments)) {
                method.setAccessible(true);
                return method.invoke(target, arguments);
            }
        }
        throw new NoSuchMethodException(name);
    }

    private static boolean accepts(Class<?>[] types, Object[] arguments) {
        boolean accepted = types.length == arguments.length;
        for (int i = 0; accepted && i < types.length; i++) {
            accepted = types[i].isInstance(arguments[i]);
        }
        return accepted;
    }

    private static String two(Backend backend, Path folder) {
        try (Predictor predictor = backend.open(folder, "serving_default", "cpu")) {
            float[] y = predictor.predict(Map.of("x", new FloatTensor(new float[] {0, 2, -6}, 3, 1))).get("y").values();
            return backend.report().tensorFlow() + " " + y[0] + " " + y[1] + " " + y[2];
        }
    }
}
