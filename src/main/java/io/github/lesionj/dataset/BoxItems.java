package io.github.lesionj.dataset;

import io.github.lesionj.geometry.Box;
import io.github.lesionj.geometry.TrueBox;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Images with boxes as a detector takes them: frames of the network's size. An image that is larger than the frame at its scale has
 * several. Thread-safe.
 */
public final class BoxItems {

    /** Values of a row of a target: x0, y0, x1, y1, class. */
    public static final int ROW = 5;

    /** Class of a row without a box. */
    public static final int NO_BOX = -1;
    /** Class of a box that is not to be learned from. */
    public static final int IGNORED = -2;
    private static final int MOST_ROWS = 1000;
    private static final int MOSAIC_ROWS = 3;

    private final LoadedImages images;
    private final SceneMaker maker;
    private final List<SceneMaker.View> views;
    private final int channels;
    private final double range;

    /**
     * Frames over images that were read.
     *
     * @param width        of a frame, px
     * @param height       of a frame, px
     * @param channels     of a frame
     * @param augmentation of random frames
     * @param range        what the whole range of an image is in the network's input
     */
    public BoxItems(LoadedImages images, int width, int height, int channels, BoxAugmentation augmentation, double range) {
        this.images = images;
        this.maker = new SceneMaker(width, height, augmentation);
        this.channels = channels;
        this.range = range;
        this.views = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            views.addAll(views(i));
        }
    }

    private List<SceneMaker.View> views(int index) {
        LoadedImages.Size size = images.sizeOf(index);
        double[] scale = size.scale();
        List<Box> objects = images.item(index).boxes().stream().filter(box -> box.role() == TrueBox.Role.COUNTED).map(TrueBox::box).toList();
        List<SceneMaker.View> found = new ArrayList<>();
        for (int top : starts((int) Math.round(size.height() * scale[1]), maker.height())) {
            for (int left : starts((int) Math.round(size.width() * scale[0]), maker.width())) {
                found.add(new SceneMaker.View(index, size.width(), size.height(), scale[0], scale[1], left, top, objects));
            }
        }
        return found;
    }

    /** As many frames side by side as cover a length, the last pushed back. */
    private static int[] starts(int length, int frame) {
        int count = Math.max(1, (length + frame - 1) / frame);
        int[] starts = new int[count];
        Arrays.setAll(starts, i -> Math.max(0, Math.min(i * frame, length - frame)));
        return starts;
    }

    /** Number of frames. */
    public int size() {
        return views.size();
    }

    /** What a message calls the image of a frame. */
    public String name(int index) {
        return images.item(views.get(index).index()).name();
    }

    /** The images. */
    public LoadedImages images() {
        return images;
    }

    /** Rows that a target needs, so that no box of a frame is left out, as far as there are not more than a thousand. */
    public int rows() {
        int most = 1;
        for (SceneMaker.View view : views) {
            most = Math.max(most, crowd(view));
        }
        return Math.min(MOST_ROWS, maker.augmentation().mosaic() > 0 ? MOSAIC_ROWS * most : most);
    }

    /** How many objects a frame at the smallest zoom holds at most: around one of them as many as reach into twice the frame. */
    private int crowd(SceneMaker.View view) {
        double zoom = 1 + maker.augmentation().changes().zoom();
        double across = zoom * maker.width() / view.scaleX();
        double down = zoom * maker.height() / view.scaleY();
        List<TrueBox> all = images.item(view.index()).boxes();
        if (view.width() <= across && view.height() <= down) {
            return all.size();
        }
        int most = 0;
        for (TrueBox centre : all) {
            Box box = centre.box();
            Box near = new Box(box.x0() - across, box.y0() - down, box.x1() + across, box.y1() + down);
            most = Math.max(most, (int) all.stream().filter(other -> !other.box().intersection(near).isEmpty()).count());
        }
        return most;
    }

    /** A frame as it is. */
    public void read(int index, float[] destination, int offset) {
        draw(maker.plain(views.get(index)), destination, offset);
    }

    /** Its boxes, as rows. */
    public float[] target(int index, int rows) {
        return rows(maker.plain(views.get(index)), rows);
    }

    /**
     * A random frame.
     *
     * @param seed     decides it
     * @param progress of the training, 0..1
     */
    public void read(int index, long seed, double progress, float[] destination, int offset) {
        SplittableRandom random = new SplittableRandom(seed);
        draw(maker.random(views.get(index), views, random, progress), destination, offset);
        recolor(destination, offset, random.split());
        maker.augmentation().changes().recolor(destination, offset, maker.height(), maker.width(), channels, range, random);
    }

    /** Its boxes, as rows. */
    public float[] target(int index, long seed, double progress, int rows) {
        return rows(maker.random(views.get(index), views, new SplittableRandom(seed), progress), rows);
    }

    private void recolor(float[] values, int offset, SplittableRandom random) {
        if (maker.augmentation().color() == 0) {
            return;
        }
        float[] shift = new float[channels];
        for (int channel = 0; channel < channels; channel++) {
            shift[channel] = (float) (range * maker.augmentation().color() * (2 * random.nextDouble() - 1));
        }
        for (int i = 0; i < maker.height() * maker.width() * channels; i++) {
            values[offset + i] += shift[i % channels];
        }
    }

    private void draw(Scene scene, float[] destination, int offset) {
        Arrays.fill(destination, offset, offset + scene.height() * scene.width() * channels, 0);
        for (Scene.Part part : scene.parts()) {
            part.draw(images.get(part.image()), destination, offset, scene.width());
        }
    }

    private float[] rows(Scene scene, int rows) {
        List<Scene.Placed> boxes = new ArrayList<>();
        for (Scene.Part part : scene.parts()) {
            LoadedImages.Size size = images.sizeOf(part.image());
            boxes.addAll(scene.boxes(part, images.item(part.image()).boxes(), size.width(), size.height(), IGNORED));
        }
        // should there be more than rows, what is not to be learned from goes first
        boxes.sort((a, b) -> Integer.compare(b.label(), a.label()));
        float[] target = new float[rows * ROW];
        Arrays.fill(target, NO_BOX);
        for (int i = 0; i < Math.min(rows, boxes.size()); i++) {
            Box box = boxes.get(i).box();
            target[ROW * i] = (float) box.x0();
            target[ROW * i + 1] = (float) box.y0();
            target[ROW * i + 2] = (float) box.x1();
            target[ROW * i + 3] = (float) box.y1();
            target[ROW * i + 4] = boxes.get(i).label();
        }
        return target;
    }

}
