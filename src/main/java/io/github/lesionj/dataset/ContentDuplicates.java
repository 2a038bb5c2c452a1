package io.github.lesionj.dataset;

import io.github.lesionj.core.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Finds items of equal content. Only those of equal size are opened, and only those of which a sample is equal too are read
 * whole, on all cores: 100,000 files of one size cost 12 KB each.
 */
final class ContentDuplicates {

    /**
     * Two items of the same content.
     *
     * @param item    of the first set
     * @param earlier of the second set, or before {@code item} in the same set
     */
    record Pair(LabelledItem item, LabelledItem earlier) {
    }

    /** What of an item's content is compared. */
    private interface Aspect {
        Object of(ItemSource source) throws IOException;
    }

    /** From the cheap to the dear. */
    private static final List<Aspect> ASPECTS = List.of(ItemSource::size, ItemSource::sample, ItemSource::checksum);

    private ContentDuplicates() {
    }

    /** Items of the first set that are also in the second, each with one of its doubles. */
    static List<Pair> between(List<LabelledItem> items, List<LabelledItem> others, Progress progress) {
        Candidates some = new Candidates(items);
        Candidates rest = new Candidates(others);
        for (Aspect aspect : ASPECTS) {
            some.look(aspect, progress);
            rest.look(aspect, progress);
            Set<Object> known = new HashSet<>(some.looks);
            some.keep(new HashSet<>(rest.looks));
            rest.keep(known);
        }
        Map<Object, LabelledItem> known = new HashMap<>();
        for (int i = 0; i < rest.items.size(); i++) {
            known.putIfAbsent(rest.looks.get(i), rest.items.get(i));
        }
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < some.items.size(); i++) {
            pairs.add(new Pair(some.items.get(i), known.get(some.looks.get(i))));
        }
        return pairs;
    }

    /** Items of a set that are equal to an earlier one of it. */
    static List<Pair> within(List<LabelledItem> items, Progress progress) {
        Candidates all = new Candidates(items);
        for (Aspect aspect : ASPECTS) {
            all.look(aspect, progress);
            Set<Object> once = new HashSet<>();
            Set<Object> again = new HashSet<>();
            all.looks.forEach(look -> (once.add(look) ? once : again).add(look));
            all.keep(again);
        }
        Map<Object, LabelledItem> known = new HashMap<>();
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < all.items.size(); i++) {
            LabelledItem earlier = known.putIfAbsent(all.looks.get(i), all.items.get(i));
            if (earlier != null) {
                pairs.add(new Pair(all.items.get(i), earlier));
            }
        }
        return pairs;
    }

    /** Items that may still have a double, with what was seen of each so far. */
    private static final class Candidates {

        private List<LabelledItem> items;
        private List<Object> looks;

        Candidates(List<LabelledItem> items) {
            this.items = items;
            this.looks = new ArrayList<>(items.stream().map(item -> (Object) "").toList());
        }

        /** Looks closer; what cannot be read drops out: it is listed by name when its pixels are read. */
        void look(Aspect aspect, Progress progress) {
            Object[] found = new Object[items.size()];
            IntStream.range(0, found.length).parallel().forEach(i -> {
                progress.checkCancelled();
                progress.report(0, 0, "Comparing " + items.get(i).name());
                try {
                    found[i] = List.of(looks.get(i), aspect.of(items.get(i).source()));
                } catch (IOException e) {
                    found[i] = null;
                }
            });
            List<LabelledItem> left = new ArrayList<>();
            List<Object> seen = new ArrayList<>();
            for (int i = 0; i < found.length; i++) {
                if (found[i] != null) {
                    left.add(items.get(i));
                    seen.add(found[i]);
                }
            }
            items = left;
            looks = seen;
        }

        void keep(Set<Object> shared) {
            List<LabelledItem> left = new ArrayList<>();
            List<Object> seen = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                if (shared.contains(looks.get(i))) {
                    left.add(items.get(i));
                    seen.add(looks.get(i));
                }
            }
            items = left;
            looks = seen;
        }
    }
}
