package io.github.lesionj.dataset;

import io.github.lesionj.core.CancelledException;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.Progress;
import io.github.lesionj.core.Sha256;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * The images of a set with boxes, as a training keeps them: each was read once, what cannot be read is left out and listed, and as many
 * as fit stay in memory, the others are read again when asked for. Thread-safe.
 */
public final class LoadedImages {

    /**
     * What a reader gives.
     *
     * @param values height * width * channels as the network takes them, channel fastest, at any scale
     * @param width  of these, px
     * @param height of these, px
     * @param size   of the full image, and the scale at which a network sees it
     */
    public record Read(float[] values, int width, int height, Size size) {
    }

    /**
     * A full image.
     *
     * @param width  px
     * @param height px
     * @param scale  px of the network's input for a px of the image, across and down
     */
    public record Size(int width, int height, double[] scale) {
    }

    /** Opens an image; called from several threads. */
    @FunctionalInterface
    public interface Reader {
        Read read(LabelledItem item);
    }

    private record Entry(LabelledItem item, Size size, KeptImage kept, long sum) {
    }

    private final LabelledSet set;
    private final List<Entry> entries;
    private final List<RejectedItem> unreadable;
    private final Reader reader;

    private LoadedImages(LabelledSet set, List<Entry> entries, List<RejectedItem> unreadable, Reader reader) {
        this.set = set;
        this.entries = entries;
        this.unreadable = unreadable;
        this.reader = reader;
    }

    /**
     * Reads every image once, on as many threads as the machine has cores.
     *
     * @param cacheBytes memory that may be used to keep what was read
     * @throws LesionJException when no image can be read
     */
    public static LoadedImages load(LabelledSet set, Reader reader, long cacheBytes, Progress progress) {
        int count = set.size();
        Entry[] found = new Entry[count];
        RejectedItem[] failures = new RejectedItem[count];
        AtomicLong left = new AtomicLong(cacheBytes);
        AtomicInteger done = new AtomicInteger();
        IntStream.range(0, count).parallel().forEach(i -> {
            progress.checkCancelled();
            LabelledItem item = set.items().get(i);
            progress.report(done.getAndIncrement(), count, "Reading " + item.name());
            try {
                Read read = reader.read(item);
                KeptImage kept = kept(read);
                found[i] = new Entry(item, read.size(), left.addAndGet(-kept.bytes()) >= 0 ? kept : null, PixelChecksum.of(read.values()));
            } catch (CancelledException e) {
                throw e;
            } catch (LesionJException e) {
                failures[i] = new RejectedItem(item.name(), e.getMessage());
            } catch (RuntimeException e) {
                failures[i] = new RejectedItem(item.name(), "its decoder failed (" + e.getClass().getSimpleName()
                    + (e.getMessage() == null ? "" : ": " + e.getMessage()) + ")");
            }
        });
        return readable(set, found, failures, reader);
    }

    private static LoadedImages readable(LabelledSet set, Entry[] found, RejectedItem[] failures, Reader reader) {
        List<Entry> entries = new ArrayList<>();
        List<RejectedItem> unreadable = new ArrayList<>();
        for (int i = 0; i < found.length; i++) {
            if (found[i] != null) {
                entries.add(found[i]);
            } else {
                unreadable.add(failures[i]);
            }
        }
        if (entries.isEmpty() && !unreadable.isEmpty()) {
            throw new LesionJException("None of the " + found.length + " images of " + set.name() + " can be read, for example "
                + unreadable.get(0).name() + ": " + unreadable.get(0).reason());
        }
        return new LoadedImages(new LabelledSet(set.name(), entries.stream().map(Entry::item).toList(), set.classNames(), set.labelKind(),
            set.rejected()), List.copyOf(entries), List.copyOf(unreadable), reader);
    }

    private static KeptImage kept(Read read) {
        int channels = read.values().length / (read.width() * read.height());
        return KeptImage.of(read.values(), read.width(), read.height(), channels, read.size().width(), read.size().height());
    }

    /** Those that could be read, in their order. */
    public LabelledSet set() {
        return set;
    }

    /** The others, by name. */
    public List<RejectedItem> unreadable() {
        return unreadable;
    }

    int size() {
        return entries.size();
    }

    LabelledItem item(int index) {
        return entries.get(index).item;
    }

    Size sizeOf(int index) {
        return entries.get(index).size;
    }

    KeptImage get(int index) {
        Entry entry = entries.get(index);
        return entry.kept != null ? entry.kept : kept(reader.read(entry.item));
    }

    /** Changes with any value of any image, and with any box. */
    public String checksum() {
        ByteBuffer bytes = ByteBuffer.allocate(8 * entries.size());
        entries.forEach(entry -> bytes.putLong(entry.sum));
        Sha256 sha = new Sha256();
        sha.add(bytes.array(), 0, bytes.capacity());
        entries.forEach(entry -> sha.addLine(entry.item.boxes().toString()));
        return sha.hex();
    }
}
