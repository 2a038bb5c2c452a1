package io.github.lesionj.batch;

import ij.gui.Roi;
import ij.process.FloatPolygon;
import io.github.lesionj.core.Sha256;
import io.github.lesionj.core.UsageException;
import io.github.lesionj.image.ImageSource;
import io.github.lesionj.image.ObjectCrop;
import io.github.lesionj.image.Position;
import io.github.lesionj.image.SourceImage;
import io.github.lesionj.results.ItemKey;
import io.github.lesionj.results.ObjectLabels;
import java.awt.Rectangle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * An input of which the objects on it are classified, each on its own slice and frame.
 *
 * <p>A ROI without a position in a stack is taken on the slice that is shown, of a file on the first. Its channel counts
 * only where one must be chosen and the key {@code channel} does not say which.
 *
 * @param whole   the input
 * @param objects on it
 * @param crop    how they are cut out
 */
record ObjectInput(BatchInput whole, ObjectSource objects, ObjectCrop crop) implements BatchInput {

    @Override
    public String path() {
        return whole.path();
    }

    /** Of the pixels and of the outlines; names and colours, which a run itself changes, do not count. */
    @Override
    public String checksum() {
        Sha256 sha = new Sha256();
        add(sha, whole.checksum());
        try (ImageSource source = whole.open()) {
            objects.rois(whole, source).forEach(roi -> add(sha, outline(roi) + plane(roi, source)));
        }
        return sha.hex();
    }

    private static void add(Sha256 sha, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        sha.add(bytes, 0, bytes.length);
    }

    private static String outline(Roi roi) {
        FloatPolygon corners = roi.getFloatPolygon();
        return roi.getType() + " " + roi.getBounds() + " " + roi.getPosition() + " " + roi.getCPosition() + " " + roi.getZPosition()
            + " " + roi.getTPosition() + " " + Arrays.toString(Arrays.copyOf(corners.xpoints, corners.npoints)) + " "
            + Arrays.toString(Arrays.copyOf(corners.ypoints, corners.npoints)) + "\n";
    }

    /** Of one that is tied to no slice, the slice that it is taken on. */
    private static String plane(Roi roi, ImageSource source) {
        return roi.getPosition() > 0 || source.slices() * source.frames() == 1 ? "" : planeOf(roi, source).toString();
    }

    @Override
    public ImageSource open() {
        return whole.open();
    }

    @Override
    public List<BatchItem> items(ImageSource source, int networkChannels, int channel) {
        List<Roi> rois = objects.rois(whole, source);
        if (rois.isEmpty()) {
            throw new UsageException(objects.missing(whole));
        }
        List<String> names = ObjectLabels.uniqueNames(rois);
        List<BatchItem> items = new ArrayList<>();
        for (int i = 0; i < rois.size(); i++) {
            items.add(item(rois.get(i), names.get(i), source, networkChannels, channel));
        }
        return items;
    }

    private BatchItem item(Roi roi, String name, ImageSource source, int networkChannels, int channel) {
        Position plane = planeOf(roi, source);
        boolean within = plane.c() <= source.channels() && plane.z() <= source.slices() && plane.t() <= source.frames();
        boolean byRoi = channel == 0 && within && plane.c() > 0 && source.channels() != networkChannels;
        List<Position> positions = source.positions(networkChannels, byRoi ? plane.c() : channel);
        Position position = positions.get(within ? (plane.t() - 1) * source.slices() + plane.z() - 1 : 0);
        ItemKey key = key(source, position).region(name);
        // The user may move it while the run goes on.
        Rectangle bounds = roi.getBounds();
        UnaryOperator<SourceImage> part = image -> cut(image, roi, bounds);
        return new BatchItem(key, position, roi, within ? part : image -> {
            throw new UsageException("The ROI belongs to " + (plane.c() > 0 ? "channel " + plane.c() + ", " : "") + "slice " + plane.z() + ", frame " + plane.t()
                + ", but the image has " + source.channels() + " channels, " + source.slices() + " slices, " + source.frames() + " frames.");
        });
    }

    private SourceImage cut(SourceImage image, Roi roi, Rectangle bounds) {
        ObjectCrop.checkArea(roi);
        SourceImage cut = crop.cut(image, bounds);
        boolean rectangle = roi.getType() == Roi.RECTANGLE && roi.getCornerDiameter() == 0;
        return rectangle ? cut : cut.remarked("The bounds of the ROIs were used; pixels outside their outlines are kept.");
    }

    /** Channel, slice and frame that a ROI is tied to; 0 for the channel where it is tied to none. */
    static Position planeOf(Roi roi, ImageSource source) {
        Position shown = source.shown();
        if (roi.hasHyperStackPosition()) {
            return new Position(roi.getCPosition(), roi.getZPosition() > 0 ? roi.getZPosition() : shown.z(),
                roi.getTPosition() > 0 ? roi.getTPosition() : shown.t());
        }
        if (roi.getPosition() <= 0) {
            return new Position(Position.ALL_CHANNELS, shown.z(), shown.t());
        }
        int index = roi.getPosition() - 1;
        int channel = source.channels() == 1 ? Position.ALL_CHANNELS : index % source.channels() + 1;
        int plane = index / source.channels();
        return source.frames() == 1 ? new Position(channel, plane + 1, 1)
            : new Position(channel, plane % source.slices() + 1, plane / source.slices() + 1);
    }
}
