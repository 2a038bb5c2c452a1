package io.github.lesionj.dataset;

import io.github.lesionj.core.UsageException;
import io.github.lesionj.core.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The lists {@code train.txt}, {@code val.txt}, {@code test.txt} and {@code trainval.txt} of a Pascal VOC folder: a name on each
 * line. What {@code trainval} and another one list is of that other one.
 */
final class VocSplits {

    private static final String WIDE = "trainval";
    private static final List<String> NAMES = List.of("train", "val", "test", WIDE);

    private final Path folder;
    private final UnaryOperator<String> stems;
    private final Map<String, String> splits = new LinkedHashMap<>();

    private VocSplits(Path folder, UnaryOperator<String> stems) {
        this.folder = folder;
        this.stems = stems;
    }

    /**
     * Reads the lists that there are.
     *
     * @param folder {@code ImageSets/Main}; may not exist
     * @param stems  the name of an annotation without its ending, from that or from the file name of its image
     * @throws UsageException where a name is in two of train, val and test
     */
    static VocSplits read(Path folder, UnaryOperator<String> stems) {
        VocSplits splits = new VocSplits(folder, stems);
        for (String name : NAMES) {
            if (Files.isRegularFile(splits.list(name))) {
                splits.add(name);
            }
        }
        return splits;
    }

    private Path list(String name) {
        return folder.resolve(name + ".txt");
    }

    private void add(String split) {
        try {
            for (String line : Files.readAllLines(list(split))) {
                if (!line.isBlank()) {
                    add(stems.apply(line.strip()), split);
                }
            }
        } catch (IOException e) {
            throw new UsageException("Cannot read " + list(split) + ": " + WholeFile.reason(e) 
                + ". It should be a text with a name on each line.", e);
        }
    }

    private void add(String name, String split) {
        String earlier = splits.putIfAbsent(name, split);
        if (earlier != null && !earlier.equals(split) && !split.equals(WIDE)) {
            throw new UsageException(name + " is in two splits, " + list(earlier).getFileName() + " and " + list(split).getFileName()
                + " of " + folder + ": keep it in one of them.");
        }
    }

    /** The split of an annotation by its name without ending; empty = none. */
    String of(String stem) {
        return splits.getOrDefault(stem, "");
    }

    /** What is listed under other names. */
    List<RejectedItem> unknown(Set<String> known) {
        List<RejectedItem> rejected = new ArrayList<>();
        splits.forEach((name, split) -> {
            if (!known.contains(name)) {
                rejected.add(new RejectedItem(name, "listed in " + list(split).getFileName() + ", but has no annotation"));
            }
        });
        return rejected;
    }
}
