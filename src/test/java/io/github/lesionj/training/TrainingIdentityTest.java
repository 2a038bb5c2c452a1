package io.github.lesionj.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.network.SessionSettings;
import io.github.lesionj.runtime.StartSettings;
import io.github.lesionj.runtime.TrainingDifferences;
import io.github.lesionj.runtime.TrainingPlace;
import io.github.lesionj.runtime.TrainingPlan;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A value that is added to the plan of a training cannot be forgotten in its identity. */
class TrainingIdentityTest {

    @TempDir
    Path folder;

    private static Map<String, String> identity(TrainingPlan plan) {
        return TrainingIdentity.of(plan, ArrayData.squares(4, 16, 1), SessionSettings.cpu(1), "default");
    }

    /** Hands on each record that differs from the given one in a single value, at any depth. */
    private void variants(Record record, String path, Consumer<Named> found) throws ReflectiveOperationException {
        RecordComponent[] components = record.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = components[i].getAccessor().invoke(record);
        }
        Constructor<?> constructor = record.getClass()
            .getDeclaredConstructor(Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        for (int i = 0; i < values.length; i++) {
            Object[] changed = values.clone();
            int index = i;
            String name = path + "." + components[i].getName();
            if (values[i] instanceof Record inner) {
                variants(inner, name, each -> found.accept(new Named(each.name(), make(constructor, changed, index, each.record()))));
            } else {
                found.accept(new Named(name, make(constructor, changed, index, other(components[i].getType(), values[i]))));
            }
        }
    }

    private record Named(String name, Record record) {
    }

    private static Record make(Constructor<?> constructor, Object[] values, int index, Object value) {
        try {
            Object[] all = values.clone();
            all[index] = value;
            return (Record) constructor.newInstance(all);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private Object other(Class<?> type, Object value) {
        if (type == int.class) {
            return (int) value + 1;
        }
        if (type == long.class) {
            return (long) value + 1;
        }
        if (type == double.class) {
            return (double) value + 0.125;
        }
        if (type == boolean.class) {
            return !(boolean) value;
        }
        if (type == String.class) {
            return value + "x";
        }
        if (type == Path.class) {
            return folder.resolve("weights");
        }
        if (type == List.class) {
            List<Object> longer = new ArrayList<>((List<?>) value);
            longer.add(longer.isEmpty() || longer.get(0) instanceof Double ? 3.5 : "x");
            return longer;
        }
        if (type == Map.class) {
            return Map.of("width", "5");
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[(((Enum<?>) value).ordinal() + 1) % type.getEnumConstants().length];
        }
        throw new AssertionError("no other value of a " + type + ": say here how to make one");
    }

    @Test
    void everyValueOfThePlanButItsPlaceDecidesIt() throws Exception {
        Files.writeString(folder.resolve("weights"), "not read as weights here");
        TrainingPlan plan = Plans.tiny(folder, 3);
        Map<String, String> before = identity(plan);
        List<String> tried = new ArrayList<>();
        variants(plan, "plan", variant -> {
            TrainingPlan changed = (TrainingPlan) variant.record();
            tried.add(variant.name());
            if (variant.name().startsWith("plan.place.")) {
                assertEquals(before, identity(changed), variant.name());
            } else if (!variant.name().matches("plan.network.(height|width|channels|classNames)")) {
                List<String> differences = TrainingDifferences.between(before, identity(changed));
                assertEquals(1, differences.stream().filter(each -> !each.startsWith("the images")).count(), variant.name() + ": " + differences);
            }
        });
        assertTrue(tried.containsAll(List.of("plan.seed", "plan.settings.loss.weighting.givenWeights", "plan.settings.start.initialWeights",
            "plan.network.options", "plan.place.resume")), tried::toString);
        assertTrue(tried.size() >= 32, tried::toString);
    }

    /** Other sizes need other data. */
    @Test
    void theInputsSizeDecidesItToo() {
        TrainingPlan plan = Plans.tiny(folder, 3);
        assertTrue(identity(plan).keySet().containsAll(List.of("height", "width", "channels", "class_names")));
        assertNotEquals(identity(plan), identity(Plans.of(folder, 16, 3, plan.network().labelKind(), 3, 0.01, Plans.TINY)));
        assertEquals(identity(plan), identity(plan.with(new TrainingPlace("gpu", true, Path.of("elsewhere")))));
    }

    @Test
    void otherWeightsOfTheSameNameAreOthers() throws IOException {
        Path weights = Files.writeString(folder.resolve("weights"), "one");
        TrainingPlan plan = Plans.with(Plans.tiny(folder, 3), StartSettings.from(weights));
        Map<String, String> before = identity(plan);
        Files.writeString(weights, "two");
        List<String> differences = TrainingDifferences.between(before, identity(plan));
        assertEquals(1, differences.size());
        assertTrue(differences.get(0).startsWith("initial_weights was "), differences::toString);
    }
}
