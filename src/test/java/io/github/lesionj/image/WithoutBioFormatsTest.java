package io.github.lesionj.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.LesionJException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a plain ImageJ there is no Bio-Formats: the package must load without it, and name the jar to add. */
class WithoutBioFormatsTest {

    @TempDir
    Path folder;

    /** Loads this package anew, and pretends that there is no Bio-Formats. */
    private static final class Hiding extends ClassLoader {
        Hiding() {
            super(WithoutBioFormatsTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("loci.") || name.startsWith("ome.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("io.github.lesionj.image.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    @Test
    void namesTheJarToAdd() throws Exception {
        Path file = Files.write(folder.resolve("slide.czi"), new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9});
        Throwable failure = assertThrows(InvocationTargetException.class, () -> open(file)).getCause();
        assertEquals(LesionJException.class, failure.getClass());
        assertTrue(failure.getMessage().contains("bioformats_package.jar"), failure.getMessage());
    }

    @Test
    void stillReadsAPng() throws Exception {
        Path file = folder.resolve("x.png");
        ImageIO.write(new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY), "png", file.toFile());
        assertEquals("ImageIoFile", open(file).getClass().getSimpleName());
    }

    private static Object open(Path file) throws ReflectiveOperationException {
        Class<?> files = new Hiding().loadClass(ImageFiles.class.getName());
        return files.getMethod("open", Path.class).invoke(files.getConstructor().newInstance(), file);
    }
}
