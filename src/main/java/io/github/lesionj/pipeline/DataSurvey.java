package io.github.lesionj.pipeline;

import io.github.lesionj.core.CancelledException;
import io.github.lesionj.core.LabelKind;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.Progress;
import io.github.lesionj.dataset.ClassBalance;
import io.github.lesionj.dataset.DataReference;
import io.github.lesionj.dataset.ItemSource;
import io.github.lesionj.dataset.LabelledItem;
import io.github.lesionj.dataset.LabelledSet;
import io.github.lesionj.dataset.LearnedPart;
import io.github.lesionj.image.ImageFacts;
import io.github.lesionj.image.ImageFiles;
import io.github.lesionj.image.SourceImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Looks at a labelled set without reading all of it: its labels, and the headers of a seeded sample of 500 images. Pixels are
 * read only of images whose header says too little, and of few that may be grey although they are stored in colour.
 */
final class DataSurvey {

    private static final int SAMPLE = 500;
    /** Reading a large image's pixels takes a tenth of a second. */
    private static final int DECODED = 32;

    private final LabelledSet set;
    private final ItemReader reader;
    private final Progress progress;

    private DataSurvey(LabelledSet set, ImageFiles files, Progress progress) {
        this.set = set;
        this.reader = new ItemReader(files, 0);
        this.progress = progress;
    }

    /**
     * Surveys what of a set would be learned from.
     *
     * @param all        the set
     * @param reference  by which it was opened
     * @param validation split to validate on, empty = none
     * @param seed       decides the sample
     */
    static DataProfile of(LabelledSet all, DataReference reference, String validation, ImageFiles files, long seed, Progress progress) {
        LabelledSet set = LearnedPart.of(all, reference).set();
        return new DataProfile(reference.toString(), ClassBalance.of(set), set.labelKind() == LabelKind.MULTI_LABEL,
            distinct(set, LabelledItem::group), smallestSupply(set), distinct(set, LabelledItem::site), splits(all),
            validation, new DataSurvey(set, files, progress).sample(seed));
    }

    private static SortedMap<String, Integer> splits(LabelledSet all) {
        SortedMap<String, Integer> splits = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (!all.splits().isEmpty()) {
            all.items().forEach(item -> splits.merge(item.split(), 1, Integer::sum));
        }
        return splits;
    }

    private static int distinct(LabelledSet set, Function<LabelledItem, String> property) {
        return (int) set.items().stream().map(property).filter(value -> !value.isEmpty()).distinct().count();
    }

    /** What a fold must have at least one of: items, or groups of them, of the rarest class. */
    private static int smallestSupply(LabelledSet set) {
        List<Set<Object>> supply = new ArrayList<>();
        set.classNames().forEach(name -> supply.add(new HashSet<>()));
        for (LabelledItem item : set.items()) {
            item.labels().forEach(label -> supply.get(label).add(item.group().isEmpty() ? item.name() : item.group()));
        }
        return supply.stream().mapToInt(Set::size).filter(size -> size > 0).min().orElse(0);
    }

    /** One image of the sample. */
    private record Seen(int width, int height, int channels, int bits, boolean colour) {

        static Seen of(SourceImage image) {
            int bits = Double.isNaN(image.typeMax()) ? Float.SIZE
                : Integer.SIZE - Integer.numberOfLeadingZeros((int) Math.min(Integer.MAX_VALUE, image.typeMax()));
            return new Seen(image.width(), image.height(), image.channels(), bits, !Greyness.isGrey(image));
        }

        static Seen of(ImageFacts facts) {
            return new Seen(facts.width(), facts.height(), facts.channels(), facts.bits(), false);
        }
    }

    private DataProfile.Sample sample(long seed) {
        List<LabelledItem> items = new ArrayList<>(set.items());
        Collections.shuffle(items, new Random(seed));
        List<LabelledItem> drawn = items.subList(0, Math.min(SAMPLE, items.size()));
        progress.report(0, drawn.size(), "Looking at " + drawn.size() + " images");
        List<Optional<Seen>> headers = drawn.parallelStream().map(this::header).toList();
        progress.checkCancelled();
        List<Integer> open = IntStream.range(0, drawn.size()).filter(i -> isOpen(headers.get(i))).limit(DECODED).boxed().toList();
        List<Optional<Seen>> pixels = open.parallelStream().map(i -> pixels(drawn.get(i))).toList();
        List<Seen> seen = new ArrayList<>();
        for (int i = 0; i < drawn.size(); i++) {
            int decoded = open.indexOf(i);
            (decoded < 0 ? headers.get(i) : pixels.get(decoded)).ifPresent(seen::add);
        }
        return summary(seen, (int) pixels.stream().filter(Optional::isEmpty).count());
    }

    /** Whether pixels may say more. */
    private static boolean isOpen(Optional<Seen> header) {
        return header.isEmpty() || header.get().channels() > 1 && !header.get().colour();
    }

    private Optional<Seen> header(LabelledItem item) {
        // what is no file is in memory already
        return item.source() instanceof ItemSource.File file ? ImageFacts.ofHeader(file.path()).map(Seen::of)
            : Optional.of(Seen.of(reader.read(item, 0)));
    }

    private Optional<Seen> pixels(LabelledItem item) {
        try {
            progress.checkCancelled();
            return Optional.of(Seen.of(reader.read(item, 0)));
        } catch (CancelledException e) {
            throw e;
        } catch (LesionJException e) {
            return Optional.empty();
        }
    }

    private static DataProfile.Sample summary(List<Seen> seen, int unreadable) {
        if (seen.isEmpty()) {
            return new DataProfile.Sample(0, unreadable, 0, 0, 0, 0, 0, false);
        }
        int[] edges = seen.stream().mapToInt(image -> Math.min(image.width(), image.height())).sorted().toArray();
        return new DataProfile.Sample(seen.size(), unreadable, edges[edges.length / 2], edges[0],
            seen.stream().mapToInt(image -> Math.max(image.width(), image.height())).max().orElseThrow(),
            seen.stream().mapToInt(Seen::channels).max().orElseThrow(), seen.stream().mapToInt(Seen::bits).max().orElseThrow(),
            seen.stream().anyMatch(Seen::colour));
    }
}
