package io.github.lesionj.dataset;

import io.github.lesionj.geometry.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Puts images into frames: at random for training, plainly for validation. Stateless but for what it is made with; thread-safe.
 *
 * @param width        of a frame, px
 * @param height       of a frame, px
 * @param augmentation of training
 */
record SceneMaker(int width, int height, BoxAugmentation augmentation) {

    /** Where the corner of the four images of a mosaic may lie, as a part of the frame. */
    private static final double[] CORNER = {0.3, 0.7};
    /** Part of the frames of a large image that are laid around one of its objects. */
    private static final double AROUND_OBJECTS = 0.7;

    /**
     * A large image's frame or a small image's only one.
     *
     * @param index  of the item
     * @param width  of the full image, px
     * @param height likewise
     * @param scaleX px of the frame for a px of the full image
     * @param scaleY likewise
     * @param left   of the frame in the scaled image, px; 0 where the image is no larger
     * @param top    likewise
     * @param boxes  of the full image, centres of objects that count
     */
    record View(int index, int width, int height, double scaleX, double scaleY, int left, int top, List<Box> boxes) {
    }

    /** The frame as it is. */
    Scene plain(View view) {
        return new Scene(width, height, List.of(new Scene.Part(view.index, view.scaleX, view.scaleY, -view.left, -view.top, false, false, frame())));
    }

    private Box frame() {
        return new Box(0, 0, width, height);
    }

    /**
     * A random frame.
     *
     * @param others   all views, of which a mosaic takes three more
     * @param progress of the training, 0..1: the last fifth of it sees no mosaics, which do not look like any image
     */
    Scene random(View view, List<View> others, SplittableRandom random, double progress) {
        boolean mosaic = random.nextDouble() < augmentation.mosaic() && progress < 0.8;
        if (!mosaic) {
            return new Scene(width, height, List.of(part(view, frame(), random)));
        }
        double x = Math.rint(width * (CORNER[0] + (CORNER[1] - CORNER[0]) * random.nextDouble()));
        double y = Math.rint(height * (CORNER[0] + (CORNER[1] - CORNER[0]) * random.nextDouble()));
        List<Scene.Part> parts = new ArrayList<>();
        for (Box clip : List.of(new Box(0, 0, x, y), new Box(x, 0, width, y), new Box(0, y, x, height), new Box(x, y, width, height))) {
            parts.add(part(parts.isEmpty() ? view : others.get(random.nextInt(others.size())), clip, random));
        }
        return new Scene(width, height, parts);
    }

    private Scene.Part part(View view, Box clip, SplittableRandom random) {
        Augmentation changes = augmentation.changes();
        double zoom = Math.exp((2 * random.nextDouble() - 1) * Math.log1p(changes.zoom()));
        boolean mirrorX = random.nextBoolean() && changes.flipX();
        boolean mirrorY = random.nextBoolean() && changes.flipY();
        double scaleX = zoom * view.scaleX;
        double scaleY = zoom * view.scaleY;
        Box around = around(view, random);
        double left = offset(clip.x0(), clip.x1(), scaleX * view.width, middle(around.x0(), around.x1(), scaleX, view.width, mirrorX),
            changes.translation() * width, random);
        double top = offset(clip.y0(), clip.y1(), scaleY * view.height, middle(around.y0(), around.y1(), scaleY, view.height, mirrorY),
            changes.translation() * height, random);
        return new Scene.Part(view.index, scaleX, scaleY, left, top, mirrorX, mirrorY, clip);
    }

    /** An object of the image, or any place. */
    private static Box around(View view, SplittableRandom random) {
        boolean object = random.nextDouble() < AROUND_OBJECTS && !view.boxes.isEmpty();
        int which = random.nextInt(Math.max(1, view.boxes.size()));
        double x = random.nextDouble() * view.width;
        double y = random.nextDouble() * view.height;
        return object ? view.boxes.get(which) : new Box(x, y, x, y);
    }

    private static double middle(double near, double far, double scale, int length, boolean mirrored) {
        double middle = (near + far) / 2;
        return scale * (mirrored ? length - middle : middle);
    }

    /**
     * Where a scaled image begins: a smaller one anywhere in the clip, one that is not much larger anywhere so that it fills the clip, a
     * large one so that the wanted place is in it; then moved by the translation.
     */
    private static double offset(double near, double far, double length, double wanted, double translation, SplittableRandom random) {
        double share = random.nextDouble();
        double shift = (2 * random.nextDouble() - 1) * translation;
        double clip = far - near;
        if (length < 2 * clip) {
            return near + share * (clip - length) + shift;
        }
        double at = near + share * clip - wanted;
        return Math.max(far - length, Math.min(near, at)) + shift;
    }
}
