package io.github.lesionj.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.Prefs;
import ij.gui.Roi;
import ij.io.FileSaver;
import ij.io.Opener;
import ij.measure.Calibration;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.LUT;
import ij.process.ShortProcessor;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.host.ForkedJava;
import java.awt.Color;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Regions have the values of the whole image, whatever the format, and large images need no memory for the whole. */
class RegionSourceTest {

    private static final int WIDTH = 61;
    private static final int HEIGHT = 43;
    private static final int LARGE = 20_000;
    private static final Path SHARED = Path.of(System.getProperty("lesionj.shared", "missing"), "data");

    @TempDir
    Path folder;

    @AfterEach
    void highByteFirst() {
        Prefs.intelByteOrder = false;
    }

    static Stream<String> imageJImages() {
        return Stream.of("bytes", "shorts", "floats", "colours", "palette", "inverted", "density", "signed", "stack", "hyperstack",
            "hyperstack of colours", "grey hyperstack").flatMap(kind -> Stream.of(kind, kind + " low byte first"));
    }

    @ParameterizedTest
    @MethodSource("imageJImages")
    void aTiffOfImageJ(String kind) {
        Prefs.intelByteOrder = kind.endsWith("first");
        ImagePlus image = imageJ(kind.replace(" low byte first", ""));
        image.getCalibration().pixelWidth = 0.25;
        image.getCalibration().pixelHeight = 0.5;
        image.getCalibration().setUnit("micron");
        Path file = folder.resolve("x.tif");
        assertTrue(image.getStackSize() > 1 ? new FileSaver(image).saveAsTiffStack(file.toString()) : new FileSaver(image).saveAsTiff(file.toString()));
        // what ImageJ makes of the whole file
        ImageSource expected = new ImagePlusSource(new Opener().openTiff(folder.toString(), "x.tif"));
        try (ImageSource source = new ImageFiles().open(file)) {
            assertInstanceOf(ImageJTiffFile.class, source);
            assertEquals(List.of(expected.channels(), expected.slices(), expected.frames()),
                List.of(source.channels(), source.slices(), source.frames()));
            for (Position position : positions(expected)) {
                RegionContract.checkSame(expected.image(position), source.image(position));
                RegionContract.checkRegions(expected.image(position), source.regions(position));
            }
        }
    }

    private static List<Position> positions(ImageSource source) {
        List<Position> positions = new ArrayList<>(source.positions(source.channels(), 0));
        for (int c = 1; c <= source.channels(); c++) {
            positions.add(new Position(c, source.slices(), source.frames()));
        }
        return positions;
    }

    private static ImagePlus imageJ(String kind) {
        SplittableRandom random = new SplittableRandom(kind.hashCode());
        return switch (kind) {
            case "stack" -> hyperstack(random, 8, 1, 5, 1);
            case "hyperstack" -> new CompositeImage(hyperstack(random, 16, 2, 3, 2), IJ.COMPOSITE);
            case "grey hyperstack" -> new CompositeImage(hyperstack(random, 32, 3, 1, 2), IJ.GRAYSCALE);
            case "hyperstack of colours" -> hyperstack(random, 24, 1, 2, 2);
            default -> single(kind, random);
        };
    }

    private static ImagePlus single(String kind, SplittableRandom random) {
        ImagePlus image = new ImagePlus("x", noise(random, switch (kind) {
            case "shorts", "signed" -> 16;
            case "floats" -> 32;
            case "colours" -> 24;
            default -> 8;
        }));
        switch (kind) {
            case "palette" -> image.getProcessor().setLut(palette(random));
            case "inverted" -> image.getProcessor().invertLut();
            case "density" -> image.getCalibration().setFunction(Calibration.POLY2, new double[] {-10, 0.5, 0.01}, "OD");
            case "signed" -> image.getCalibration().setSigned16BitCalibration();
            default -> { }
        }
        return image;
    }

    private static LUT palette(SplittableRandom random) {
        byte[][] table = new byte[3][256];
        for (byte[] levels : table) {
            random.nextBytes(levels);
        }
        return new LUT(table[0], table[1], table[2]);
    }

    private static ImagePlus hyperstack(SplittableRandom random, int bits, int channels, int slices, int frames) {
        ImageStack stack = new ImageStack(WIDTH, HEIGHT);
        for (int i = 0; i < channels * slices * frames; i++) {
            stack.addSlice(noise(random, bits));
        }
        ImagePlus image = new ImagePlus("x", stack);
        image.setDimensions(channels, slices, frames);
        image.setOpenAsHyperStack(true);
        return image;
    }

    private static ImageProcessor noise(SplittableRandom random, int bits) {
        int pixels = WIDTH * HEIGHT;
        byte[] bytes = new byte[4 * pixels];
        random.nextBytes(bytes);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        switch (bits) {
            case 8:
                return new ByteProcessor(WIDTH, HEIGHT, Arrays.copyOf(bytes, pixels));
            case 16:
                short[] shorts = new short[pixels];
                buffer.asShortBuffer().get(shorts);
                return new ShortProcessor(WIDTH, HEIGHT, shorts, null);
            case 24:
                int[] colours = new int[pixels];
                buffer.asIntBuffer().get(colours);
                return new ColorProcessor(WIDTH, HEIGHT, colours);
            default:
                float[] floats = new float[pixels];
                for (int i = 0; i < pixels; i++) {
                    floats[i] = (float) (random.nextDouble() * 1e6 - 5e5);
                }
                floats[7] = Float.NaN;
                return new FloatProcessor(WIDTH, HEIGHT, floats);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "7, 0", "43, 0", "7, 5"})
    void stripsOfAnyHeight(int rows, int gap) throws IOException {
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            byte[] pixels = new byte[2 * WIDTH * HEIGHT];
            new SplittableRandom(rows).nextBytes(pixels);
            List<byte[]> strips = new ArrayList<>();
            for (int y = 0; y < HEIGHT; y += rows) {
                strips.add(Arrays.copyOfRange(pixels, 2 * WIDTH * y, 2 * WIDTH * Math.min(HEIGHT, y + rows)));
            }
            Path file = new HandmadeTiff(order, false, WIDTH, HEIGHT, 16).description("ImageJ=1.54p\n").strips(rows)
                .write(folder.resolve("strips.tif"), strips, IntStream.range(0, strips.size()).toArray(), gap);
            short[] values = new short[WIDTH * HEIGHT];
            ByteBuffer.wrap(pixels).order(order).asShortBuffer().get(values);
            SourceImage expected = new ImagePlusSource(new ImagePlus("x", new ShortProcessor(WIDTH, HEIGHT, values, null))).image(Position.FIRST);
            try (ImageSource source = new ImageFiles().open(file)) {
                assertInstanceOf(ImageJTiffFile.class, source);
                RegionContract.checkRegions(expected, source.regions(Position.FIRST));
            }
        }
    }

    /** Compressed pages, which ImageJ itself must read: at once, or one by one where the stack is large. */
    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, 0})
    void pagesThatImageJMustRead(long whole) throws IOException {
        SplittableRandom random = new SplittableRandom(9);
        List<SourceImage> expected = new ArrayList<>();
        List<byte[]> pages = new ArrayList<>();
        for (int page = 0; page < 3; page++) {
            ImageProcessor pixels = noise(random, 8);
            expected.add(new ImagePlusSource(new ImagePlus("x", pixels)).image(Position.FIRST));
            pages.add(deflated((byte[]) pixels.getPixels()));
        }
        Path file = new HandmadeTiff(ByteOrder.LITTLE_ENDIAN, false, WIDTH, HEIGHT, 8).strips(HEIGHT).deflate()
            .description("ImageJ=1.54p\nimages=3\nslices=3\n").write(folder.resolve("pages.tif"), pages, List.of(new int[] {0}, new int[] {1}, new int[] {2}), 0);
        try (ImageSource source = new ImageJTiffFile(file, whole)) {
            assertEquals(3, source.slices());
            for (int z = 1; z <= 3; z++) {
                RegionContract.checkRegions(expected.get(z - 1), source.regions(new Position(1, z, 1)));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"false, 8", "false, 16", "false, 32", "true, 8", "true, 16", "true, 32"})
    void tilesOfBioFormats(boolean big, int bits) throws IOException {
        ByteOrder order = bits == 16 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        ImageProcessor pixels = noise(new SplittableRandom(bits), bits);
        List<byte[]> tiles = new ArrayList<>();
        for (int y = 0; y < HEIGHT; y += 16) {
            for (int x = 0; x < WIDTH; x += 16) {
                tiles.add(deflated(tile(pixels, x, y, order)));
            }
        }
        Path file = new HandmadeTiff(order, big, WIDTH, HEIGHT, bits).tiles(16).deflate()
            .write(folder.resolve("tiles.tif"), tiles, IntStream.range(0, tiles.size()).toArray(), 0);
        SourceImage expected = new ImagePlusSource(new ImagePlus("x", pixels)).image(Position.FIRST);
        try (BioFormatsFile source = assertInstanceOf(BioFormatsFile.class, new ImageFiles().open(file))) {
            assertArrayEquals(Images.values(expected), Images.values(source.image(Position.FIRST)));
            RegionContract.checkRegions(source.image(Position.FIRST), source.regions(Position.FIRST, 0));
            RegionContract.checkRegions(source.image(Position.FIRST), source.regions(Position.FIRST));
        }
        cut(file, 30);
        assertTrue(failure(file).contains("before its last pixel"), failure(file));
    }

    private static byte[] tile(ImageProcessor pixels, int left, int top, ByteOrder order) {
        ByteBuffer bytes = ByteBuffer.allocate(16 * 16 * pixels.getBitDepth() / 8).order(order);
        for (int y = top; y < top + 16; y++) {
            for (int x = left; x < left + 16; x++) {
                boolean inside = x < WIDTH && y < HEIGHT;
                switch (pixels.getBitDepth()) {
                    case 8 -> bytes.put((byte) (inside ? pixels.get(x, y) : 0));
                    case 16 -> bytes.putShort((short) (inside ? pixels.get(x, y) : 0));
                    default -> bytes.putFloat(inside ? pixels.getf(x, y) : 0);
                }
            }
        }
        return bytes.array();
    }

    private static byte[] deflated(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(bytes);
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY, BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_4BYTE_ABGR,
        BufferedImage.TYPE_BYTE_INDEXED})
    void javasTiffAndPng(int type) throws IOException {
        SplittableRandom random = new SplittableRandom(type);
        BufferedImage picture = type == BufferedImage.TYPE_BYTE_INDEXED ? new BufferedImage(WIDTH, HEIGHT, type, colours(random))
            : new BufferedImage(WIDTH, HEIGHT, type);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            picture.setRGB(i % WIDTH, i / WIDTH, 0xff000000 | random.nextInt());
        }
        for (String format : List.of("tiff", "png")) {
            Path file = folder.resolve("x." + format);
            assertTrue(ImageIO.write(picture, format, file.toFile()));
            try (ImageSource source = new ImageFiles().open(file)) {
                SourceImage whole = source.image(Position.FIRST);
                RegionContract.checkRegions(whole, source.regions(Position.FIRST));
                if (source instanceof BioFormatsFile bioFormats) {
                    RegionContract.checkRegions(whole, bioFormats.regions(Position.FIRST, 0));
                }
                RegionContract.checkRegions(source.image(new Position(Position.ALL_CHANNELS, 1, 1)), source.regions(new Position(Position.ALL_CHANNELS, 1, 1)));
            }
        }
    }

    private static IndexColorModel colours(SplittableRandom random) {
        byte[][] table = new byte[3][256];
        for (byte[] levels : table) {
            random.nextBytes(levels);
        }
        return new IndexColorModel(8, 256, table[0], table[1], table[2]);
    }

    @Test
    void aTransparentPixelIsRefusedWhereItIsSeen() throws IOException {
        BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_4BYTE_ABGR);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            picture.setRGB(i % WIDTH, i / WIDTH, 0xff000000 | i);
        }
        picture.setRGB(50, 40, 0x7f000000);
        Path file = folder.resolve("x.tif");
        assertTrue(ImageIO.write(picture, "tiff", file.toFile()));
        try (BioFormatsFile source = assertInstanceOf(BioFormatsFile.class, new ImageFiles().open(file))) {
            RegionSource regions = source.regions(Position.FIRST, 0);
            assertEquals(3, regions.region(0, 0, 50, HEIGHT).channels());
            assertTrue(assertThrows(LesionJException.class, () -> regions.region(50, 40, 1, 1)).getMessage().contains("transparent"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"wsi/CMU-1-Small-Region.svs"})
    void aSlide(String path) {
        Path file = SHARED.resolve(path);
        Assumptions.assumeTrue(Files.exists(file), "the shared data is not here");
        try (BioFormatsFile source = assertInstanceOf(BioFormatsFile.class, new ImageFiles().open(file))) {
            SourceImage whole = source.image(Position.FIRST);
            RegionSource regions = source.regions(Position.FIRST, 0);
            assertEquals(List.of(whole.width(), whole.height(), 3, SourceImage.Kind.RGB),
                List.of(regions.width(), regions.height(), regions.channels(), regions.kind()));
            for (Rectangle part : List.of(new Rectangle(230, 235, 20, 15), new Rectangle(whole.width() - 100, whole.height() - 70, 100, 70))) {
                RegionContract.checkSame(whole.crop(part.x, part.y, part.width, part.height), regions.region(part.x, part.y, part.width, part.height));
            }
        }
    }

    @Test
    void everyDicomFile() throws IOException {
        Path volumes = SHARED.resolve("volumes");
        Assumptions.assumeTrue(Files.exists(volumes), "the shared data is not here");
        List<String> paths;
        try (Stream<String> lines = Files.lines(Path.of("src/test/resources/image/dicom.csv"))) {
            paths = lines.skip(1).map(line -> line.split(",")[0]).toList();
        }
        assertFalse(paths.isEmpty());
        for (String path : paths) {
            try (BioFormatsFile source = assertInstanceOf(BioFormatsFile.class, new ImageFiles().open(volumes.resolve(path)))) {
                SourceImage whole = source.image(Position.FIRST);
                RegionSource regions = source.regions(Position.FIRST, 0);
                Rectangle part = new Rectangle(whole.width() / 3, whole.height() / 4, whole.width() / 2, whole.height() / 2);
                RegionContract.checkSame(whole.crop(part.x, part.y, part.width, part.height), regions.region(part.x, part.y, part.width, part.height));
            }
        }
    }

    @Test
    void anOpenImageIsLookedAtWhereItIs() {
        byte[] pixels = new byte[WIDTH * HEIGHT];
        ImagePlusSource source = new ImagePlusSource(new ImagePlus("x", new ByteProcessor(WIDTH, HEIGHT, pixels)));
        try (RegionSource regions = source.regions(Position.FIRST)) {
            pixels[5 * WIDTH + 3] = 77;
            assertArrayEquals(new float[] {77, 0}, Images.values(regions.region(3, 5, 2, 1)));
        }
    }

    @Test
    void whatLiesOverAnImageIsThereWithoutItsPixels() throws IOException {
        ImagePlus image = new ImagePlus("x", noise(new SplittableRandom(4), 8));
        Roi roi = new Roi(20, 10, 30, 12);
        roi.setName("cell");
        roi.setStrokeColor(Color.RED);
        image.setOverlay(new ij.gui.Overlay(roi));
        Path file = folder.resolve("x.tif");
        new FileSaver(image).saveAsTiff(file.toString());
        try (ImageSource source = new ImageFiles().open(file)) {
            assertEquals(new Rectangle(20, 10, 30, 12), source.overlay().get(0).getBounds());
            assertEquals("cell", source.overlay().get(0).getName());
        }
    }

    @Test
    void aFileThatBecameShorterIsOneSentence() throws IOException {
        for (int bits : new int[] {8, 16, 24, 32}) {
            Path file = folder.resolve("x" + bits + ".tif");
            new FileSaver(new ImagePlus("x", noise(new SplittableRandom(5), bits))).saveAsTiff(file.toString());
            try (ImageSource source = new ImageFiles().open(file)) {
                RegionSource regions = source.regions(Position.FIRST);
                cut(file, 40);
                assertEquals(WIDTH, regions.region(0, 0, WIDTH, HEIGHT - 1).width());
                String sentence = assertThrows(LesionJException.class, () -> regions.region(0, 10, WIDTH, HEIGHT - 10)).getMessage();
                assertTrue(sentence.startsWith("Cannot read " + file) && sentence.contains("ends too early"), sentence);
                assertThrows(LesionJException.class, () -> source.image(Position.FIRST));
            }
            assertTrue(failure(file).contains("before its last pixel"), failure(file));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 5", "5, 0", "60000, 60000", "-1, 7", "2147483647, 2147483647"})
    void aHeaderThatLiesIsOneSentence(int width, int height) throws IOException {
        Path file = new HandmadeTiff(ByteOrder.BIG_ENDIAN, false, width, height, 8).description("ImageJ=1.54p\n").strips(1)
            .write(folder.resolve("lying.tif"), List.of(new byte[100]), new int[] {0}, 0);
        String sentence = failure(file);
        assertTrue(sentence.startsWith("Cannot read " + file) && !sentence.contains("\n") && !sentence.contains("Exception"), sentence);
    }

    /** Two planes of 2.5 GB each, of which the disk holds but a few pixels. */
    @Test
    void aFileBeyondFourGigabytes() throws IOException {
        int side = 50_000;
        long plane = (long) side * side;
        Path file = new HandmadeTiff(ByteOrder.BIG_ENDIAN, false, side, side, 8).description("ImageJ=1.54p\nimages=2\nslices=2\n").strips(side)
            .write(folder.resolve("huge.tif"), List.of(new byte[1]), new int[] {0}, 0);
        int start = 8;
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.setLength(start + 2 * plane);
            open.seek(start + plane - 2);
            open.write(new byte[] {1, 2});
            open.seek(start + plane + 49_000L * side + 123);
            open.write(new byte[] {3, 4});
        }
        try (ImageSource source = new ImageFiles().open(file)) {
            assertEquals(2, source.slices());
            assertArrayEquals(new float[] {0, 1, 2}, Images.values(source.regions(Position.FIRST).region(side - 3, side - 1, 3, 1)));
            RegionSource second = source.regions(new Position(1, 2, 1));
            assertArrayEquals(new float[] {0, 3, 4, 0, 0, 0, 0, 0}, Images.values(second.region(122, 49_000, 4, 2)));
            assertTrue(assertThrows(LesionJException.class, () -> source.image(Position.FIRST)).getMessage().contains("memory"));
        }
    }

    private static void cut(Path file, int bytes) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.setLength(open.length() - bytes);
        }
    }

    private static String failure(Path file) {
        return assertThrows(LesionJException.class, () -> {
            try (ImageSource source = new ImageFiles().open(file)) {
                source.regions(Position.FIRST);
            }
        }).getMessage();
    }

    /** In a Java of its own: 400 MB of pixels in a heap of 256 MB; of ImageJ, and of a program that makes one strip of it all. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLargeTiffNeedsNoMemoryForTheWhole(boolean imageJ) throws Exception {
        Path file = folder.resolve("large.tif");
        byte[] pixels = new byte[LARGE * LARGE];
        for (int y = 0; y < LARGE; y++) {
            for (int x = 0; x < LARGE; x++) {
                pixels[y * LARGE + x] = (byte) LargeImage.value(x, y);
            }
        }
        if (imageJ) {
            assertTrue(new FileSaver(new ImagePlus("x", new ByteProcessor(LARGE, LARGE, pixels))).saveAsTiff(file.toString()));
        } else {
            new HandmadeTiff(ByteOrder.BIG_ENDIAN, false, LARGE, LARGE, 8).strips(LARGE).write(file, List.of(pixels), new int[] {0}, 0);
        }
        checkInSmallHeap(file, "mixed");
    }

    @Test
    void aLargeTiledTiffNeedsNoMemoryForTheWhole() throws Exception {
        int side = 256;
        int across = (LARGE + side - 1) / side;
        byte[] tile = new byte[side * side];
        for (int i = 0; i < tile.length; i++) {
            tile[i] = (byte) LargeImage.repeated(i % side, i / side);
        }
        Path file = new HandmadeTiff(ByteOrder.LITTLE_ENDIAN, true, LARGE, LARGE, 8).tiles(side).deflate()
            .write(folder.resolve("tiled.tif"), List.of(deflated(tile)), new int[across * across], 0);
        checkInSmallHeap(file, "repeated");
    }

    private void checkInSmallHeap(Path file, String pattern) throws Exception {
        List<Path> classPath = Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator)).map(Path::of).toList();
        ForkedJava.Result result = new ForkedJava(folder, classPath).option("-Xmx256m")
            .run(LargeImage.class.getName(), file.toString(), pattern);
        assertEquals("400 regions are right\n", result.out(), result.error());
        assertEquals(0, result.status());
    }

    /** Reads an image region by region and compares every pixel that it looks at. */
    static final class LargeImage {

        private static final int SIDE = 1024;

        private LargeImage() {
        }

        static int value(int x, int y) {
            return x * 31 + y * 17 + (x >> 8) * (y >> 7) & 0xff;
        }

        static int repeated(int x, int y) {
            return 3 * (x & 0xff) + 7 * (y & 0xff) & 0xff;
        }

        public static void main(String[] arguments) {
            boolean mixed = arguments[1].equals("mixed");
            int right = 0;
            try (ImageSource source = new ImageFiles().open(Path.of(arguments[0]));
                    RegionSource regions = source.regions(Position.FIRST)) {
                for (int y = 0; y < LARGE; y += 1000) {
                    for (int x = 0; x < LARGE; x += 1000) {
                        right += isRight(regions, Math.min(x, LARGE - SIDE), Math.min(y, LARGE - SIDE), mixed) ? 1 : 0;
                    }
                }
            }
            System.out.print(right + " regions are right\n");
        }

        private static boolean isRight(RegionSource regions, int left, int top, boolean mixed) {
            float[] values = Images.values(regions.region(left, top, SIDE, SIDE));
            for (int i = 0; i < values.length; i++) {
                int x = left + i % SIDE;
                int y = top + i / SIDE;
                if (values[i] != (mixed ? value(x, y) : repeated(x, y))) {
                    return false;
                }
            }
            return true;
        }
    }
}
