package io.github.lesionj.dataset;

import io.github.lesionj.core.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds items of equal content by checksum. Only items of equal size are read, so that most are not. */
final class ContentDuplicates {

    /**
     * Two items of the same content.
     *
     * @param item    of the first set
     * @param earlier of the second set, or before {@code item} in the same set
     */
    record Pair(LabelledItem item, LabelledItem earlier) {
    }

    private ContentDuplicates() {
    }

    /** Items of the first set that are also in the second, each with one of its doubles. */
    static List<Pair> between(List<LabelledItem> items, List<LabelledItem> others, Progress progress) {
        Map<Long, Integer> sizes = sizes(others);
        Map<Long, Integer> ownSizes = sizes(items);
        Map<String, LabelledItem> known = new HashMap<>();
        for (LabelledItem other : others) {
            checksumIfShared(other, ownSizes, 1, progress).ifPresent(checksum -> known.putIfAbsent(checksum, other));
        }
        List<Pair> pairs = new ArrayList<>();
        for (LabelledItem item : items) {
            checksumIfShared(item, sizes, 1, progress).map(known::get).ifPresent(other -> pairs.add(new Pair(item, other)));
        }
        return pairs;
    }

    /** Items of a set that are equal to an earlier one of it. */
    static List<Pair> within(List<LabelledItem> items, Progress progress) {
        Map<Long, Integer> sizes = sizes(items);
        Map<String, LabelledItem> known = new HashMap<>();
        List<Pair> pairs = new ArrayList<>();
        for (LabelledItem item : items) {
            checksumIfShared(item, sizes, 2, progress).map(checksum -> known.putIfAbsent(checksum, item))
                .ifPresent(earlier -> pairs.add(new Pair(item, earlier)));
        }
        return pairs;
    }

    private static Map<Long, Integer> sizes(List<LabelledItem> items) {
        Map<Long, Integer> sizes = new HashMap<>();
        for (LabelledItem item : items) {
            size(item).ifPresent(size -> sizes.merge(size, 1, Integer::sum));
        }
        return sizes;
    }

    private static Optional<String> checksumIfShared(LabelledItem item, Map<Long, Integer> sizes, int least, Progress progress) {
        progress.checkCancelled();
        progress.report(0, 0, "Comparing " + item.name());
        Optional<Long> size = size(item);
        if (size.isEmpty() || sizes.getOrDefault(size.get(), 0) < least) {
            return Optional.empty();
        }
        try {
            return Optional.of(item.source().checksum());
        } catch (IOException e) {
            // Not this class's concern: the item is listed by name when its pixels are read.
            return Optional.empty();
        }
    }

    private static Optional<Long> size(LabelledItem item) {
        try {
            return Optional.of(item.source().size());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
