package io.github.lesionj.door;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Random;

/** A small set to train on. */
public final class TrainingImages {

    private static final int SIZE = 28;

    private TrainingImages() {
    }

    /** A folder per class, {@code normal} (noise) and {@code lesion} (noise with a bright square): grey PNGs of 28 px. */
    public static Path write(Path folder, int perClass) {
        Random random = new Random(1);
        for (int i = 0; i < perClass; i++) {
            TestImages.png(folder.resolve("normal/" + i + ".png"), draw(random, false));
            TestImages.png(folder.resolve("lesion/" + i + ".png"), draw(random, true));
        }
        return folder;
    }

    private static BufferedImage draw(Random random, boolean lesion) {
        BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_BYTE_GRAY);
        int left = random.nextInt(SIZE - 6);
        int top = random.nextInt(SIZE - 6);
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                boolean inside = lesion && x >= left && x < left + 6 && y >= top && y < top + 6;
                image.getRaster().setSample(x, y, 0, 60 + random.nextInt(60) + (inside ? 60 : 0));
            }
        }
        return image;
    }
}
