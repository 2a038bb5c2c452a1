package io.github.lesionj.training;

import io.github.lesionj.core.Sha256;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.core.WholeFile;
import io.github.lesionj.network.SessionSettings;
import io.github.lesionj.network.weights.InitialWeights;
import io.github.lesionj.runtime.TrainingData;
import io.github.lesionj.runtime.TrainingDifferences;
import io.github.lesionj.runtime.TrainingPlace;
import io.github.lesionj.runtime.TrainingPlan;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.TensorFlow;

/**
 * Everything that decides which weights a training ends at: two trainings of the same identity give the same bits on one
 * machine. Threads within an operation and oneDNN belong to it, for they change the order in which sums are taken.
 */
public final class TrainingIdentity {

    /** Not the training's own: another seed is not another data set. */
    private static final long PROBE_SEED = 1;

    private TrainingIdentity() {
    }

    /** By name: every value of the plan at any depth, but those of its place, then the data and the machine. */
    public static Map<String, String> of(TrainingPlan plan, TrainingData data, SessionSettings settings, String oneDnn) {
        Map<String, String> identity = new TreeMap<>();
        addAll(plan, identity);
        put(identity, TrainingDifferences.DATA, checksum(plan, data));
        put(identity, "augment", data.augmentation().isEmpty() ? "none" : data.augmentation());
        put(identity, "device", settings.device());
        put(identity, "threads", Integer.toString(settings.intraThreads() > 0 ? settings.intraThreads()
            : Runtime.getRuntime().availableProcessors()));
        put(identity, "oneDNN", oneDnn);
        put(identity, "TensorFlow", TensorFlow.version());
        return identity;
    }

    /** By reflection: a list kept by hand would forget what is added to the plan. */
    private static void addAll(Record values, Map<String, String> identity) {
        for (RecordComponent component : values.getClass().getRecordComponents()) {
            Object value = value(component, values);
            if (value instanceof Record inner) {
                if (!(inner instanceof TrainingPlace)) {
                    addAll(inner, identity);
                }
            } else {
                put(identity, snakeCase(component.getName()), text(value));
            }
        }
    }

    private static Object value(RecordComponent component, Record owner) {
        try {
            return component.getAccessor().invoke(owner);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " of a plan cannot be read", e);
        }
    }

    private static void put(Map<String, String> identity, String name, String value) {
        if (identity.put(name, value) != null) {
            throw new IllegalStateException("Two settings of a training are called " + name);
        }
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static String text(Object value) {
        if (value instanceof Path weights) {
            return checksum(weights);
        }
        if (value instanceof Map<?, ?> map) {
            return new TreeMap<>(map).toString();
        }
        return value == null ? "none" : value instanceof Enum<?> word
            ? word.name().toLowerCase(Locale.ROOT).replace('_', '-') : value.toString();
    }

    private static String checksum(Path weights) {
        try {
            return Sha256.of(InitialWeights.file(weights));
        } catch (IOException e) {
            throw new UsageException("Cannot read the weights " + weights + ": " + WholeFile.reason(e) + ".", e);
        }
    }

    /** Names and labels of all items, their pixels as the data sum them up, and those of a few as augmentation changes them. */
    private static String checksum(TrainingPlan plan, TrainingData data) {
        Sha256 sha = new Sha256();
        sha.addLine(data.checksum());
        for (int i = 0; i < data.trainingSize(); i++) {
            sha.addLine(data.trainingName(i));
            add(sha, data.trainingTarget(i));
        }
        float[] pixels = new float[plan.network().height() * plan.network().width() * plan.network().channels()];
        for (int i : probes(data.trainingSize())) {
            data.readTraining(i, PROBE_SEED, pixels, 0);
            add(sha, pixels);
        }
        for (int i = 0; i < data.validationSize(); i++) {
            add(sha, data.validationTarget(i));
        }
        for (int i : probes(data.validationSize())) {
            data.readValidation(i, pixels, 0);
            add(sha, pixels);
        }
        return sha.hex();
    }

    private static int[] probes(int size) {
        return new int[] {0, size / 2, size - 1};
    }

    private static void add(Sha256 sha, float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
        bytes.asFloatBuffer().put(values);
        sha.add(bytes.array(), 0, bytes.capacity());
    }
}
