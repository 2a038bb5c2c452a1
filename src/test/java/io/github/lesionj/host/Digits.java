package io.github.lesionj.host;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lesionj.modelpackage.HandWrittenCards;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Images and a small model for tests of whole hosts. */
final class Digits {

    private static final Path SAVED_MODEL = Path.of(System.getProperty("lesionj.shared"), "data/savedmodels/mnist_lr_model");

    private Digits() {
    }

    /** A package of a digit classifier in {@code folder/mnist-regression}. */
    static Path model(Path folder) throws IOException {
        assumeTrue(Files.isDirectory(SAVED_MODEL), "skipped: no shared data here");
        return HandWrittenCards.write(folder, "mnist-regression", SAVED_MODEL);
    }

    /** Grey noise of 28 px, different for each seed. */
    static Path images(Path folder, int count) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < count; i++) {
            BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
            Random random = new Random(i);
            for (int p = 0; p < 28 * 28; p++) {
                image.getRaster().setSample(p % 28, p / 28, 0, random.nextInt(256));
            }
            ImageIO.write(image, "png", folder.resolve("noise " + i + ".png").toFile());
        }
        return folder;
    }
}
