package io.github.lesionj.batch;

import io.github.lesionj.core.UnwritableException;
import io.github.lesionj.image.Position;
import io.github.lesionj.image.SourceImage;
import io.github.lesionj.results.AttentionRegions;
import io.github.lesionj.results.ClassColors;
import io.github.lesionj.results.Classification;
import io.github.lesionj.results.Explanation;
import io.github.lesionj.results.HeatMap;
import io.github.lesionj.results.OverlayPicture;
import io.github.lesionj.results.Region;
import io.github.lesionj.results.Regions;
import io.github.lesionj.results.ResultFolder;
import io.github.lesionj.results.ResultRun;
import io.github.lesionj.results.Thumbnail;
import java.awt.Color;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Draws and saves what was found for each item, beside the prediction: a bounded number of pictures waits at a time.
 *
 * <p>An item counts as finished only when its files are whole.
 */
public final class ItemWriter implements AutoCloseable {

    /** Shows an item's map and outline, mostly on the active image. */
    @FunctionalInterface
    public interface Display {

        /** Shows and says nothing. */
        Display NONE = nothing(sentence -> { });

        /** Shows nothing, but passes on what is to be said. */
        static Display nothing(Consumer<String> remarks) {
            return new Display() {
                @Override
                public boolean isShown() {
                    return false;
                }

                @Override
                public void remark(String sentence) {
                    remarks.accept(sentence);
                }

                @Override
                public void show(Classification row, Position position, HeatMap map, List<Region> regions, Color color) {
                    // nobody looks
                }
            };
        }

        /** Whether there is anybody to look. */
        default boolean isShown() {
            return true;
        }

        /** Says something about the whole run. */
        default void remark(String sentence) {
            // most displays only show
        }

        /** The model is loaded: what an earlier run showed is out of date. */
        default void begin() {
            // most displays begin empty
        }

        void show(Classification row, Position position, HeatMap map, List<Region> regions, Color color);
    }

    private final ResultRun run;
    private final List<String> classNames;
    private final boolean pictures;
    private final boolean shown;
    private final Display display;
    private final WriterPool workers;

    /**
     * A writer.
     *
     * @param run        that items are added to
     * @param classNames in the card's order
     * @param explained  whether items have maps
     * @param display    shows each item as well; called from a writer's thread, in any order
     */
    public ItemWriter(ResultRun run, List<String> classNames, boolean explained, Display display) {
        this.run = run;
        this.workers = new WriterPool(run);
        this.classNames = classNames;
        this.pictures = explained && run.folder().isPresent();
        this.display = display;
        this.shown = explained && display.isShown();
    }

    /** Whether every item is wanted for display, also one whose files are there from an earlier run. */
    boolean showsAll() {
        return shown;
    }

    /** What of an image's pixels its picture will need; null where there will be none. */
    Thumbnail background(SourceImage image) {
        return pictures ? Thumbnail.of(image) : null;
    }

    /**
     * Takes an item; returns as soon as there is room.
     *
     * @throws UnwritableException where this or an earlier item cannot be kept
     */
    void write(Classification row, Position position, Thumbnail background, Optional<Explanation> explanation) {
        workers.tellUnwritable();
        if (explanation.isEmpty()) {
            run.add(row, List.of());
        } else {
            workers.write(row.item(), () -> finish(row, position, background, explanation.get()));
        }
    }

    private void finish(Classification row, Position position, Thumbnail background, Explanation explanation) {
        HeatMap map = new HeatMap(explanation);
        List<Region> regions = AttentionRegions.outline(map).stream().toList();
        Color color = ClassColors.of(classNames, explanation.className());
        run.folder().ifPresent(folder -> save(folder, row, background, map, regions, color));
        display.show(row, position, map, regions, color);
        run.add(row, regions);
    }

    static void save(ResultFolder folder, Classification row, Thumbnail background, HeatMap map, List<Region> regions,
            Color color) {
        OverlayPicture.write(folder.overlay(row.item()), background, row, map, regions, color);
        folder.writeRois(row.item(), regions.stream().map(region -> Regions.toRoi(region, color)).toList());
    }

    /**
     * Waits until every item that was taken is finished.
     *
     * @throws UnwritableException where one could not be kept
     */
    @Override
    public void close() {
        workers.close();
    }
}
