package io.github.lesionj.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.LesionJException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.convert.AbstractConverter;
import org.scijava.convert.ConvertService;
import org.scijava.io.AbstractIOPlugin;
import org.scijava.io.IOService;
import org.scijava.io.location.Location;
import org.scijava.plugin.PluginInfo;
import org.scijava.plugin.PluginService;
import org.scijava.convert.Converter;
import org.scijava.io.IOPlugin;

/** A format that only a plugin of the host knows, through a real SciJava context. */
class SciJavaFileTest {

    @TempDir
    Path folder;

    private final Context context = new Context(IOService.class, ConvertService.class, PluginService.class);

    @AfterEach
    void dispose() {
        context.dispose();
    }

    /** Opens {@code *.fake}; the file's text says what comes out. */
    public static final class FakeFormat extends AbstractIOPlugin<Object> {
        @Override
        public Class<Object> getDataType() {
            return Object.class;
        }

        @Override
        public boolean supportsOpen(Location source) {
            return source.getName().endsWith(".fake");
        }

        @Override
        public Object open(Location source) throws IOException {
            String what = Files.readString(Path.of(source.getURI()));
            return switch (what) {
                case "grey" -> ArrayImgs.unsignedShorts(new short[] {1, 2, (short) 65535}, 3, 1);
                case "rgb" -> ArrayImgs.unsignedBytes(new byte[] {1, 2, 11, 12, 21, 22}, 2, 1, 3);
                case "stack" -> ArrayImgs.floats(new float[] {1, 2, 3, 4, 5, 6}, 1, 1, 3, 2);
                case "axes" -> new Labelled();
                case "packed" -> ArrayImgs.argbs(new int[] {0xff0a141e}, 1, 1);
                case "six" -> ArrayImgs.bytes(1, 1, 2, 2, 2, 2);
                case "wrapped" -> new Wrapped();
                case "table" -> "not an image";
                case "broken" -> throw new IOException("checksum wrong");
                default -> null;
            };
        }
    }

    /** Something that only becomes an image by a converter. */
    record Wrapped() {
    }

    @SuppressWarnings("rawtypes")
    public static final class Unwrapping extends AbstractConverter<Wrapped, Img> {
        @Override
        @SuppressWarnings("unchecked")
        public <T> T convert(Object source, Class<T> type) {
            return (T) ArrayImgs.unsignedBytes(new byte[] {42}, 1, 1);
        }

        @Override
        public Class<Img> getOutputType() {
            return Img.class;
        }

        @Override
        public Class<Wrapped> getInputType() {
            return Wrapped.class;
        }
    }

    /** Axes Z, Channel, X, Y with a calibration, answering to the same calls as ImageJ2's Dataset. */
    public static final class Labelled extends net.imglib2.util.ValuePair<Object, Object> implements net.imglib2.img.WrappedImg<UnsignedByteType>,
            RandomAccessibleInterval<UnsignedByteType> {
        private static final String[] LABELS = {"Z", "Channel", "X", "Y"};
        private final Img<UnsignedByteType> img = ArrayImgs.unsignedBytes(
            new byte[] {0, 1, 10, 11, 100, 101, 110, 111}, 2, 2, 2, 1);

        Labelled() {
            super(null, null);
        }

        public Axis axis(int d) {
            return new Axis(LABELS[d]);
        }

        public boolean isRGBMerged() {
            return false;
        }

        @Override
        public Img<UnsignedByteType> getImg() {
            return img;
        }

        @Override
        public int numDimensions() {
            return 4;
        }

        @Override
        public long min(int d) {
            return 0;
        }

        @Override
        public long max(int d) {
            return img.max(d);
        }

        @Override
        public net.imglib2.RandomAccess<UnsignedByteType> randomAccess() {
            return img.randomAccess();
        }

        @Override
        public net.imglib2.RandomAccess<UnsignedByteType> randomAccess(net.imglib2.Interval interval) {
            return img.randomAccess();
        }
    }

    /** As a calibrated axis of ImageJ2. */
    public record Axis(String label) {
        public Label type() {
            return new Label(label);
        }

        public String unit() {
            return "mm";
        }

        public double averageScale(double from, double to) {
            return 0.002 * (to - from);
        }
    }

    /** As an axis type of ImageJ2. */
    public record Label(String label) {
        public String getLabel() {
            return label;
        }
    }

    @Test
    void greyRgbStackAndPackedColoursComeAsImages() throws IOException {
        SourceImage grey = open("grey").image(Position.FIRST);
        assertArrayEquals(new float[] {1, 2, 65535}, Images.values(grey));
        assertEquals(65535, grey.typeMax());
        SourceImage rgb = open("rgb").image(Position.FIRST);
        assertEquals(SourceImage.Kind.RGB, rgb.kind());
        assertArrayEquals(new float[] {1, 2, 11, 12, 21, 22}, Images.values(rgb));
        assertArrayEquals(new float[] {10, 20, 30}, Images.values(open("packed").image(Position.FIRST)));
        ImageSource stack = open("stack");
        assertEquals(6, stack.positions(1, 0).size());
        assertArrayEquals(new float[] {6}, Images.values(stack.image(new Position(1, 3, 2))));
        assertEquals(Double.NaN, stack.image(Position.FIRST).typeMax());
    }

    @Test
    void namedAxesAreTakenByTheirNames() throws IOException {
        ImageSource source = open("axes");
        assertEquals(2, source.channels());
        assertEquals(2, source.slices());
        SourceImage one = source.image(new Position(2, 1, 1));
        assertArrayEquals(new float[] {10, 110}, Images.values(one));
        assertArrayEquals(new double[] {2, 2}, one.umPerPx());
        assertArrayEquals(new float[] {1, 101, 11, 111}, Images.values(source.image(new Position(0, 2, 1))));
    }

    @Test
    void whatIsNoImageYetIsConverted() throws IOException {
        assertArrayEquals(new float[] {42}, Images.values(open("wrapped").image(Position.FIRST)));
    }

    @Test
    void anyNameGoesThrough() throws IOException {
        Path file = Files.writeString(folder.resolve("two words [a]=1 %41.fake"), "grey");
        try (ImageSource source = files().open(file)) {
            assertInstanceOf(SciJavaFile.class, source);
        }
    }

    @Test
    void whatCannotBeUsedIsASentence() {
        for (String what : new String[] {"table", "nothing"}) {
            assertTrue(failure(what).contains("format is not known"), failure(what));
        }
        assertTrue(failure("broken").contains("checksum wrong"));
        assertTrue(failure("six").contains("axis 5 of length 2"), failure("six"));
    }

    private String failure(String what) {
        return assertThrows(LesionJException.class, () -> open(what)).getMessage();
    }

    private ImageSource open(String what) throws IOException {
        return files().open(Files.writeString(folder.resolve(what + ".fake"), what));
    }

    private ImageFiles files() {
        PluginService plugins = context.service(PluginService.class);
        if (Stream.of(plugins.getPluginsOfType(IOPlugin.class).toArray()).noneMatch(info -> info.toString().contains("FakeFormat"))) {
            plugins.addPlugin(new PluginInfo<>(FakeFormat.class, IOPlugin.class));
            plugins.addPlugin(new PluginInfo<>(Unwrapping.class, Converter.class));
        }
        return new ImageFiles(context.service(IOService.class), context.service(ConvertService.class));
    }
}
