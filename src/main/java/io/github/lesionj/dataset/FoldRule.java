package io.github.lesionj.dataset;

import io.github.lesionj.core.UsageException;
import java.util.Arrays;
import java.util.Locale;

/**
 * How a set is divided into folds.
 *
 * @param folds how many; 0: none, or with {@link By#SITE} one for each site
 * @param by    what stays together
 */
public record FoldRule(int folds, By by) {

    /** Most folds: each is a training of its own. */
    public static final int MOST = 20;

    /** What no fold tears apart. */
    public enum By {
        /** Groups (patients), and images of equal content; each class has its share in each fold. */
        GROUP,
        /** Sites: one fold for each, so that every site is judged by a network that never saw it. */
        SITE
    }

    public FoldRule {
        if (folds < 0 || folds == 1 || folds > MOST) {
            throw new UsageException("folds=" + folds + " is no number of folds: take 2 to " + MOST + ", or 0 for a single training.");
        }
    }

    /** Reads the keys {@code folds} and {@code fold_by}. */
    public static FoldRule of(int folds, String by) {
        return new FoldRule(folds, Arrays.stream(By.values()).filter(value -> value.name().equalsIgnoreCase(by.strip())).findFirst()
            .orElseThrow(() -> new UsageException("fold_by=" + by + " is not known: take "
                + String.join(" or ", Arrays.stream(By.values()).map(value -> value.name().toLowerCase(Locale.ROOT)).toList()) + ".")));
    }

    /** Whether folds are asked for at all. */
    public boolean isAsked() {
        return folds > 0 || by == By.SITE;
    }
}
