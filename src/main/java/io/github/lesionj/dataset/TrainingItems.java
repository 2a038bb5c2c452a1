package io.github.lesionj.dataset;

import io.github.lesionj.core.CancelledException;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.Progress;
import io.github.lesionj.core.Sha256;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * The items of a set as a network takes them: each was read once, what cannot be read is left out and listed, and as many as
 * fit are kept in memory, the others read again when asked for. Thread-safe.
 */
public final class TrainingItems {

    private final LabelledSet set;
    private final List<RejectedItem> unreadable;
    private final Function<LabelledItem, float[]> reader;
    private final float[][] kept;
    /** One for each item: of its values as they were read first. */
    private final long[] sums;
    private final int height;
    private final int width;
    private final int channels;

    private TrainingItems(LabelledSet set, List<RejectedItem> unreadable, Function<LabelledItem, float[]> reader, float[][] kept,
            long[] sums, int height, int width, int channels) {
        this.sums = sums;
        this.set = set;
        this.unreadable = unreadable;
        this.reader = reader;
        this.kept = kept;
        this.height = height;
        this.width = width;
        this.channels = channels;
    }

    /**
     * Reads every item once, on as many threads as the machine has cores.
     *
     * @param reader     opens an item and brings it to the network's input, height * width * channels values, channel fastest;
     *                   called from several threads
     * @param cacheBytes memory that may be used to keep what was read
     * @throws LesionJException when no item can be read
     */
    public static TrainingItems load(LabelledSet set, int height, int width, int channels,
            Function<LabelledItem, float[]> reader, long cacheBytes, Progress progress) {
        int count = set.size();
        float[][] values = new float[count][];
        RejectedItem[] failures = new RejectedItem[count];
        long[] sums = new long[count];
        AtomicInteger next = new AtomicInteger();
        AtomicLong left = new AtomicLong(cacheBytes);
        long bytes = 4L * height * width * channels;
        onAllCores(() -> {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                progress.checkCancelled();
                progress.report(i, count, "Reading " + set.items().get(i).name());
                try {
                    float[] read = reader.apply(set.items().get(i));
                    values[i] = left.addAndGet(-bytes) >= 0 ? read : null;
                    sums[i] = PixelChecksum.of(read);
                } catch (CancelledException e) {
                    throw e;
                } catch (RuntimeException e) {
                    failures[i] = new RejectedItem(set.items().get(i).name(), reason(e));
                }
            }
            return null;
        });
        return readable(set, values, sums, failures, reader, height, width, channels);
    }

    private static String reason(RuntimeException e) {
        return e instanceof LesionJException ? e.getMessage()
            : "its decoder failed (" + e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage()) + ")";
    }

    private static TrainingItems readable(LabelledSet set, float[][] values, long[] sums, RejectedItem[] failures,
            Function<LabelledItem, float[]> reader, int height, int width, int channels) {
        List<LabelledItem> items = new ArrayList<>();
        List<float[]> kept = new ArrayList<>();
        long[] found = new long[values.length];
        List<RejectedItem> unreadable = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            if (failures[i] == null) {
                found[items.size()] = sums[i];
                items.add(set.items().get(i));
                kept.add(values[i]);
            } else {
                unreadable.add(failures[i]);
            }
        }
        if (items.isEmpty() && !unreadable.isEmpty()) {
            throw new LesionJException("None of the " + values.length + " images of " + set.name() + " can be read, for example "
                + unreadable.get(0).name() + ": " + unreadable.get(0).reason());
        }
        LabelledSet readable = new LabelledSet(set.name(), items, set.classNames(), set.labelKind(), set.rejected());
        return new TrainingItems(readable, List.copyOf(unreadable), reader, kept.toArray(float[][]::new),
            Arrays.copyOf(found, items.size()), height, width, channels);
    }

    private static void onAllCores(Callable<Void> work) {
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors());
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Void>> parts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                parts.add(executor.submit(work));
            }
            for (Future<Void> part : parts) {
                part.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new LesionJException("Reading the images failed: " + e.getCause().getMessage(), e.getCause());
        } finally {
            executor.shutdownNow();
        }
    }

    /**
     * Some of the items, without reading or keeping them again.
     *
     * @param items those that are wanted; ones that could not be read are not in the part
     */
    public TrainingItems part(Set<LabelledItem> items) {
        List<float[]> values = new ArrayList<>();
        long[] found = new long[size()];
        for (int i = 0; i < size(); i++) {
            if (items.contains(set.items().get(i))) {
                found[values.size()] = sums[i];
                values.add(kept[i]);
            }
        }
        return new TrainingItems(set.where(set.name(), items::contains), List.of(), reader, values.toArray(float[][]::new),
            Arrays.copyOf(found, values.size()), height, width, channels);
    }

    /** Changes with any value of any item. */
    public String checksum() {
        ByteBuffer bytes = ByteBuffer.allocate(8 * sums.length);
        bytes.asLongBuffer().put(sums);
        return Sha256.of(bytes.array(), 0, bytes.capacity());
    }

    /** The items that could be read, in their order. */
    public LabelledSet set() {
        return set;
    }

    /** The others, by name. */
    public List<RejectedItem> unreadable() {
        return unreadable;
    }

    /** Refuses a set that, without its unreadable items, has nothing to learn from. */
    public void requireLearnable() {
        TrainingChecks.learnable(set);
    }

    public int size() {
        return set.size();
    }

    public String name(int index) {
        return set.items().get(index).name();
    }

    /** One value per class, 1 where the class is true, else 0. */
    public float[] target(int index) {
        return set.items().get(index).target(set.classNames().size());
    }

    /** Writes an item as it is. */
    public void read(int index, float[] destination, int offset) {
        float[] values = kept[index] != null ? kept[index] : reader.apply(set.items().get(index));
        System.arraycopy(values, 0, destination, offset, height * width * channels);
    }
}
