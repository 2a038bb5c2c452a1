package io.github.lesionj.dataset;

import io.github.lesionj.core.LabelKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How often each class occurs, and what to do about it.
 *
 * @param classes    in the order of the set's classes, empty ones too
 * @param items      number of items
 * @param suggestion one or two sentences
 */
public record ClassBalance(List<ClassCount> classes, int items, String suggestion) {

    /** Up to this factor classes count as even. */
    public static final double EVEN = 1.5;
    /** Up to this factor weights in the loss make up for it. */
    public static final double SKEWED = 5;

    /**
     * One class.
     *
     * @param name       of the class
     * @param count      items of which it is true
     * @param percentage of all items, 0 to 100; over multi-label items they sum to more; 0 where there is no item
     * @param factor     largest count / this count; infinite where the class is empty
     */
    public record ClassCount(String name, int count, double percentage, double factor) {
    }

    /** Counts a set's classes; it may hold empty ones, or nothing at all. */
    public static ClassBalance of(LabelledSet set) {
        return of(set.classNames(), set.counts(), set.size(), set.labelKind());
    }

    static ClassBalance of(List<String> names, int[] counts, int items, LabelKind labelKind) {
        int largest = Arrays.stream(counts).max().orElse(0);
        List<ClassCount> classes = new ArrayList<>();
        for (int c = 0; c < counts.length; c++) {
            double factor = counts[c] == 0 ? Double.POSITIVE_INFINITY : (double) largest / counts[c];
            classes.add(new ClassCount(names.get(c), counts[c], items == 0 ? 0 : 100.0 * counts[c] / items, factor));
        }
        return new ClassBalance(List.copyOf(classes), items, suggestion(classes, labelKind == LabelKind.MULTI_LABEL));
    }

    private static String suggestion(List<ClassCount> classes, boolean severalLabels) {
        List<String> empty = classes.stream().filter(c -> c.count() == 0).map(ClassCount::name).toList();
        if (empty.size() == classes.size()) {
            return "There is no image: nothing can be trained.";
        }
        if (classes.size() - empty.size() == 1) {
            return "There is one class with images: add images of another.";
        }
        String advice = advice(largestFactor(classes), severalLabels);
        return empty.isEmpty() ? advice
            : "No image of " + String.join(", ", empty) + ": add some, or remove the class. " + advice;
    }

    /** Largest count / smallest count that is not 0; 1 where there is none. */
    public double largestFactor() {
        return largestFactor(classes);
    }

    private static double largestFactor(List<ClassCount> classes) {
        return classes.stream().mapToDouble(ClassCount::factor).filter(Double::isFinite).max().orElse(1);
    }

    /** In keys of the training. The balanced sampler needs one label per item. */
    private static String advice(double factor, boolean severalLabels) {
        String ratio = String.format(Locale.ROOT, "The largest class is %.1f times the smallest", factor);
        if (factor <= EVEN) {
            return "The classes are even: plain cross entropy will do (loss=cross-entropy).";
        }
        if (factor <= SKEWED) {
            return ratio + ": weigh the loss by class (loss=balanced, or class_weights=effective, which is less steep).";
        }
        return ratio + (severalLabels ? ": weigh the loss by class (class_weights=inverse)"
            : ": draw batches evenly (sampler=balanced)") + " or take loss=focal, and judge by balanced accuracy and AUC, not by accuracy.";
    }
}
