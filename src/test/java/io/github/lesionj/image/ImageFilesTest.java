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
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import ij.process.ShortProcessor;
import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.UsageException;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFilesTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"plain.png", "\u00fc.png", "two words.png", "[a](b){c}.png", "seed=1.png", "\ud83e\uddec.png", "it's \"q\".png", "100%25.png", "\u533b.png"})
    void anyNameOpens(String name) throws IOException {
        Path file = pathOrSkip(name);
        ImageIO.write(grey(3, 2), "png", file.toFile());
        SourceImage image = read(file);
        assertEquals(SourceImage.Kind.GREY, image.kind());
        assertArrayEquals(new float[] {0, 1, 2, 40, 41, 42}, Images.values(image));
    }

    // A Java started under a POSIX locale cannot name such files at all.
    private Path pathOrSkip(String name) {
        try {
            return folder.resolve(name);
        } catch (java.nio.file.InvalidPathException e) {
            return Assumptions.<Path>abort("the locale of this Java cannot express the name");
        }
    }

    @Test
    void greyPngKeepsItsValuesWithoutGamma() throws IOException {
        byte[] all = new byte[256];
        BufferedImage image = new BufferedImage(256, 1, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 256; i++) {
            all[i] = (byte) i;
        }
        image.getRaster().setDataElements(0, 0, 256, 1, all);
        float[] values = Images.values(read(write(image, "png")));
        for (int i = 0; i < 256; i++) {
            assertEquals(i, values[i]);
        }
    }

    @Test
    void sixteenBitPngKeepsSixteenBits() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setDataElements(0, 0, 2, 1, new short[] {300, (short) 65000});
        SourceImage source = read(write(image, "png"));
        assertArrayEquals(new float[] {300, 65000}, Images.values(source));
        assertEquals(65535, source.typeMax());
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp"})
    void rgbKeepsItsOrder(String format) throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, 0x0a141e);
        image.setRGB(1, 0, 0xc86432);
        SourceImage source = read(write(image, format));
        assertEquals(SourceImage.Kind.RGB, source.kind());
        assertArrayEquals(new float[] {10, 200, 20, 100, 30, 50}, Images.values(source));
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "gif"})
    void aPaletteGivesItsColours(String format) throws IOException {
        byte[] red = {10, (byte) 200, 0, 0};
        byte[] green = {20, 100, 0, 0};
        byte[] blue = {30, 50, 0, 1};
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_INDEXED, new IndexColorModel(8, 4, red, green, blue));
        image.getRaster().setDataElements(0, 0, 2, 1, new byte[] {1, 0});
        SourceImage source = read(write(image, format));
        assertArrayEquals(new float[] {200, 10, 100, 20, 50, 30}, Images.values(source));
        assertTrue(source.remarks().get(0).contains("palette"));
    }

    @Test
    void oneBitPngIsBlackAndWhite() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
        image.setRGB(1, 0, 0xffffff);
        SourceImage source = read(write(image, "png"));
        assertEquals(1, source.channels());
        assertArrayEquals(new float[] {0, 255}, Images.values(source));
    }

    @Test
    void anOpaqueAlphaChannelIsLeftOutAndATransparentOneRefused() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0xff0a141e);
        image.setRGB(1, 0, 0xffc86432);
        SourceImage source = read(write(image, "png"));
        assertArrayEquals(new float[] {10, 200, 20, 100, 30, 50}, Images.values(source));
        assertTrue(source.remarks().get(0).contains("alpha"));
        image.setRGB(1, 0, 0x80c86432);
        String sentence = failure(write(image, "png"));
        assertTrue(sentence.contains("1 of its pixels are transparent"), sentence);
    }

    @Test
    void exifOrientationIsNotAppliedButSaid() throws IOException {
        Path file = write(grey(3, 2), "jpg");
        SourceImage plain = read(file);
        assertEquals(List.of(), plain.remarks());
        Path turned = folder.resolve("turned.jpg");
        Files.write(turned, withOrientation(Files.readAllBytes(file), 6));
        SourceImage source = read(turned);
        assertEquals(3, source.width());
        assertArrayEquals(Images.values(plain), Images.values(source));
        assertTrue(source.remarks().get(0).contains("EXIF orientation 6"));
    }

    private static byte[] withOrientation(byte[] jpeg, int orientation) {
        ByteBuffer exif = ByteBuffer.allocate(36);
        exif.put(new byte[] {(byte) 0xff, (byte) 0xe1, 0, 34}).put("Exif\0\0MM\0*".getBytes(StandardCharsets.ISO_8859_1)).putInt(8);
        exif.putShort((short) 1).putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation).putShort((short) 0);
        byte[] all = new byte[jpeg.length + exif.capacity()];
        System.arraycopy(jpeg, 0, all, 0, 2);
        System.arraycopy(exif.array(), 0, all, 2, exif.capacity());
        System.arraycopy(jpeg, 2, all, 2 + exif.capacity(), jpeg.length - 2);
        return all;
    }

    @Test
    void aCmykJpegIsRefused() throws IOException {
        byte[] jpeg = Files.readAllBytes(write(grey(16, 16), "jpg"));
        for (int i = 2; i < jpeg.length; i++) {
            if ((jpeg[i] & 0xff) == 0xff && (jpeg[i + 1] & 0xff) == 0xc0) {
                jpeg[i + 9] = 4;
                break;
            }
        }
        assertTrue(failure(bytes("cmyk.jpg", jpeg)).contains("CMYK"));
    }

    @Test
    void aHyperstackThatImageJWroteKeepsItsAxes() throws IOException {
        ImageStack stack = new ImageStack(2, 1);
        for (int i = 0; i < 12; i++) {
            stack.addSlice(new ShortProcessor(2, 1, new short[] {(short) (1000 * i), (short) i}, null));
        }
        ImagePlus image = new ImagePlus("x", stack);
        image.setDimensions(2, 3, 2);
        image.getCalibration().pixelWidth = 0.25;
        image.getCalibration().pixelHeight = 0.5;
        image.getCalibration().setUnit("micron");
        Path file = folder.resolve("hyper.tif");
        new FileSaver(new CompositeImage(image, IJ.COMPOSITE)).saveAsTiffStack(file.toString());
        try (ImageSource source = new ImageFiles().open(file)) {
            assertInstanceOf(ImageJTiffFile.class, source);
        }
        checkHyperstack(new ImageJTiffFile(file, Long.MAX_VALUE));
        checkHyperstack(new ImageJTiffFile(file, 0));
    }

    private static void checkHyperstack(ImageSource opened) {
        try (ImageSource source = opened) {
            assertEquals(6, source.positions(2, 0).size());
            SourceImage item = source.image(new Position(2, 3, 2));
            assertArrayEquals(new float[] {11000, 11}, Images.values(item));
            assertArrayEquals(new double[] {0.25, 0.5}, item.umPerPx());
        }
    }

    @Test
    void aTiffOfAnotherProgramGoesToBioFormats() throws IOException {
        Path file = write(grey(3, 2), "tiff");
        try (ImageSource source = new ImageFiles().open(file)) {
            assertInstanceOf(BioFormatsFile.class, source);
            assertArrayEquals(new float[] {0, 1, 2, 40, 41, 42}, Images.values(source.image(Position.FIRST)));
        }
    }

    @Test
    void bioFormatsGivesTheSameRgb() throws IOException {
        BufferedImage image = new BufferedImage(5, 4, BufferedImage.TYPE_3BYTE_BGR);
        Random random = new Random(3);
        for (int i = 0; i < 20; i++) {
            image.setRGB(i % 5, i / 5, random.nextInt(1 << 24));
        }
        assertArrayEquals(Images.values(read(write(image, "png"))), Images.values(read(write(image, "tiff"))));
    }

    @Test
    void portableMapsAreReadFromTheirFirstPixel() throws IOException {
        assertArrayEquals(new float[] {10, 200, 20, 100, 30, 50}, Images.values(read(pnm("P6\n# by hand\n2 1\n255\n", 10, 20, 30, 200, 100, 50))));
        assertArrayEquals(new float[] {11, 20, 30}, Images.values(read(pnm("P5 3 1 255 ", 11, 20, 30))));
        SourceImage wide = read(pnm("P5\n2 1\n4095\n", 1, 2, 0, 3));
        assertArrayEquals(new float[] {258, 3}, Images.values(wide));
        assertEquals(4095, wide.typeMax());
        assertArrayEquals(new float[] {1, 2, 3, 4}, Images.values(read(pnm("P2\n2 2\n255\n1 2\n3 # three\n4"))));
        assertTrue(failure(pnm("P5 3 1 255 ", 11, 20)).contains("ends before its last pixel"));
        assertTrue(failure(pnm("P5 3 x 255 ", 11, 20)).startsWith("Cannot read"));
    }

    private Path pnm(String header, int... pixels) throws IOException {
        byte[] head = header.getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(head, head.length + pixels.length);
        for (int i = 0; i < pixels.length; i++) {
            all[head.length + i] = (byte) pixels[i];
        }
        return Files.write(Files.createTempFile(folder, "x", ".pnm"), all);
    }

    @Test
    void aFileNamedFakeIsNotATestImage() throws IOException {
        assertTrue(failure(bytes("x.fake", new byte[] {1, 2, 3})).contains("not known"));
    }

    @Test
    void onePixelWorks() throws IOException {
        for (String format : List.of("png", "jpg", "bmp", "tiff", "gif")) {
            SourceImage image = read(write(grey(1, 1), format));
            assertEquals(1, image.width());
            assertEquals(28 * 28, Preprocessor.apply(image, Images.grey(28, 28, ResizeRule.LETTERBOX, IntensityRule.byType())).values().length);
        }
    }

    static List<String> badFiles() {
        return List.of("empty.png", "empty.tif", "empty.xyz", "text.png", "text.jpg", "text.tif", "text.dcm", "text.xyz", "half.png",
            "half.jpg", "half.tif", "half-imagej.tif", "half.gif", "half.bmp", "head.png", "head.jpg", "lying.png", "lying.tif", "lying.bmp", "zeros.dcm");
    }

    @ParameterizedTest
    @MethodSource("badFiles")
    void aBadFileIsOneSentence(String name) throws IOException {
        Path file = bytes(name, bad(name));
        String sentence = failure(file);
        assertTrue(sentence.startsWith("Cannot ") && sentence.contains(name) && sentence.endsWith("."), sentence);
        assertFalse(sentence.contains("\n") || sentence.contains("Exception"), sentence);
    }

    private byte[] bad(String name) throws IOException {
        String kind = name.substring(0, name.indexOf('.'));
        String format = name.substring(name.indexOf('.') + 1).replace("tif", "tiff");
        return switch (kind) {
            case "empty" -> new byte[0];
            case "text" -> "These are words, and no image at all. ".repeat(20).getBytes(StandardCharsets.UTF_8);
            case "zeros" -> new byte[4096];
            case "half" -> cut(noise(format), 0.5);
            case "half-imagej" -> cut(imageJTiff(), 0.5);
            case "head" -> cut(noise(format), 0.01);
            default -> lying(noise(format), format);
        };
    }

    private static byte[] cut(byte[] file, double part) {
        return Arrays.copyOf(file, Math.max(20, (int) (file.length * part)));
    }

    private byte[] imageJTiff() throws IOException {
        Path file = folder.resolve("whole.tif");
        new FileSaver(new ImagePlus("x", new ByteProcessor(100, 80))).saveAsTiff(file.toString());
        return Files.readAllBytes(file);
    }

    // A header that promises 60,000 x 60,000 px.
    private static byte[] lying(byte[] file, String format) {
        ByteBuffer buffer = ByteBuffer.wrap(file);
        if (format.equals("png")) {
            buffer.putInt(16, 60_000).putInt(20, 60_000);
            CRC32 crc = new CRC32();
            crc.update(file, 12, 17);
            buffer.putInt(29, (int) crc.getValue());
        } else if (format.equals("bmp")) {
            buffer.putInt(18, Integer.reverseBytes(60_000)).putInt(22, Integer.reverseBytes(60_000));
        } else {
            int directory = buffer.getInt(4);
            for (int i = 0; i < buffer.getShort(directory); i++) {
                int entry = directory + 2 + 12 * i;
                if (buffer.getShort(entry) == 256 || buffer.getShort(entry) == 257) {
                    buffer.putShort(entry + 2, (short) 4).putInt(entry + 8, 60_000);
                }
            }
        }
        return file;
    }

    @Test
    void foldersAndMissingFilesAreWrongUse() {
        ImageFiles files = new ImageFiles();
        assertThrows(UsageException.class, () -> files.open(folder));
        assertThrows(UsageException.class, () -> files.open(folder.resolve("nothing.png")));
        Path device = Path.of("/dev/zero");
        if (Files.exists(device)) {
            assertThrows(UsageException.class, () -> files.open(device));
        }
    }

    @Test
    void aFileThatMustNotBeReadIsASentence() throws IOException {
        Path file = write(grey(2, 2), "png");
        Assumptions.assumeTrue(file.toFile().setReadable(false) && !Files.isReadable(file), "this user may read everything");
        assertTrue(failure(file).contains("permission denied"));
    }

    private static SourceImage read(Path file) {
        try (ImageSource source = new ImageFiles().open(file)) {
            assertEquals(1, source.channels());
            return source.image(Position.FIRST);
        }
    }

    private static String failure(Path file) {
        return assertThrows(LesionJException.class, () -> read(file)).getMessage();
    }

    private Path write(BufferedImage image, String format) throws IOException {
        Path file = Files.createTempFile(folder, "x", "." + format);
        assertTrue(ImageIO.write(image, format, file.toFile()), format);
        return file;
    }

    private static byte[] noise(String format) throws IOException {
        BufferedImage image = new BufferedImage(100, 80, BufferedImage.TYPE_3BYTE_BGR);
        Random random = new Random(7);
        for (int i = 0; i < 8000; i++) {
            image.setRGB(i % 100, i / 100, random.nextInt(1 << 24));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertTrue(ImageIO.write(image, format, out), format);
        return out.toByteArray();
    }

    private Path bytes(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    /** x + 40 y. */
    private static BufferedImage grey(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < width * height; i++) {
            image.getRaster().setSample(i % width, i / width, 0, i % width + 40 * (i / width));
        }
        return image;
    }
}
