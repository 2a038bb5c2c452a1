package io.github.lesionj.batch;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Roi;
import io.github.lesionj.core.Sha256;
import io.github.lesionj.image.ImagePlusSource;
import io.github.lesionj.image.ImageSource;
import io.github.lesionj.image.Position;
import io.github.lesionj.image.SourceImage;
import java.awt.Rectangle;
import java.nio.ByteBuffer;

/** An image that is open in ImageJ, or the bounds of the ROI on it. Its pixels are read where they are. */
public final class ActiveImageInput implements BatchInput {

    private final ImagePlus image;
    private final Roi roi;
    private final Rectangle part;
    /** Whether only what lies in the ROI is read. */
    private final boolean cropped;

    /**
     * The image as it is now.
     *
     * @param image is not changed and not closed
     */
    public ActiveImageInput(ImagePlus image) {
        this(image, image.getRoi(), true);
    }

    private ActiveImageInput(ImagePlus image, Roi selected, boolean cropped) {
        this.image = image;
        this.cropped = cropped;
        this.roi = selected == null ? null : (Roi) selected.clone();
        Rectangle whole = new Rectangle(image.getWidth(), image.getHeight());
        this.part = roi == null ? whole : roi.getBounds().intersection(whole);
    }

    /** The same image, whatever is selected on it. */
    ActiveImageInput whole() {
        return new ActiveImageInput(image, null, true);
    }

    /**
     * The same image, read as a whole and searched where the ROI is.
     *
     * @throws io.github.lesionj.core.UsageException where the ROI has no area on the image
     */
    ActiveImageInput searched() {
        if (roi != null) {
            new ImagePlusSource(image).part(roi);
        }
        return new ActiveImageInput(image, roi, false);
    }

    @Override
    public String path() {
        return image.getTitle();
    }

    @Override
    public int left() {
        return cropped ? part.x : 0;
    }

    @Override
    public int top() {
        return cropped ? part.y : 0;
    }

    @Override
    public Rectangle area() {
        return cropped || roi == null ? null : new Rectangle(part);
    }

    @Override
    public String checksum() {
        Sha256 sha = new Sha256();
        sha.addLine(part.toString()).addLine(new ImagePlusSource(image).reading());
        ImageStack stack = image.getStack();
        for (int slice = 1; slice <= stack.getSize(); slice++) {
            byte[] bytes = bytes(stack.getPixels(slice));
            sha.add(bytes, 0, bytes.length);
        }
        return sha.hex();
    }

    private static byte[] bytes(Object pixels) {
        if (pixels instanceof byte[] bytes) {
            return bytes;
        }
        if (pixels instanceof short[] shorts) {
            ByteBuffer buffer = ByteBuffer.allocate(2 * shorts.length);
            buffer.asShortBuffer().put(shorts);
            return buffer.array();
        }
        if (pixels instanceof int[] ints) {
            ByteBuffer buffer = ByteBuffer.allocate(4 * ints.length);
            buffer.asIntBuffer().put(ints);
            return buffer.array();
        }
        float[] floats = (float[]) pixels;
        ByteBuffer buffer = ByteBuffer.allocate(4 * floats.length);
        buffer.asFloatBuffer().put(floats);
        return buffer.array();
    }

    @Override
    public ImageSource open() {
        ImagePlusSource source = new ImagePlusSource(image);
        return roi == null || !cropped ? source : new Part(source);
    }

    /** The same image seen through the ROI. */
    private final class Part implements ImageSource {

        private final ImagePlusSource whole;

        Part(ImagePlusSource whole) {
            this.whole = whole;
        }

        @Override
        public String name() {
            return whole.name();
        }

        @Override
        public int channels() {
            return whole.channels();
        }

        @Override
        public int slices() {
            return whole.slices();
        }

        @Override
        public int frames() {
            return whole.frames();
        }

        @Override
        public SourceImage image(Position position) {
            return whole.image(position, roi);
        }

        @Override
        public void close() {
            whole.close();
        }
    }
}
