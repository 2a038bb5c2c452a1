package io.github.lesionj.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.lesionj.core.Progress;
import io.github.lesionj.door.TestImages;
import io.github.lesionj.image.ImageFiles;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is looked at of a set that names splits. */
class SuggestModelTest {

    @TempDir
    private Path folder;

    /** Eight items of four groups, even and 40 px, to learn from; 52 others, which are large and of one class. */
    private String table(String learned, String validation, String rest) throws IOException {
        StringBuilder table = new StringBuilder("path,label,group,split\n");
        for (int i = 0; i < 60; i++) {
            int size = i < 8 ? 40 : 90;
            TestImages.png(folder.resolve("images/" + i + ".png"), new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY));
            table.append("images/").append(i).append(".png,").append(i < 8 && i % 2 == 0 ? "lesion" : "normal").append(",p")
                .append(i < 8 ? i / 2 : i).append(',').append(i < 8 ? learned : i < 18 ? validation : rest).append('\n');
        }
        return Files.writeString(folder.resolve("set.csv"), table).toString();
    }

    private static Suggestion suggest(String data) {
        return SuggestModel.of(data, "", "auto", 1, new ImageFiles(), Progress.NONE);
    }

    private static void assertSurveyed(Map<String, String> found) {
        assertEquals("8 to learn from, of which all below speaks; 52 in other splits", found.get("images"));
        assertEquals("lesion 4, normal 4", found.get("classes"));
        assertEquals("4", found.get("groups"));
        assertEquals("8 images", found.get("looked at"));
        assertEquals("short edge 40 px (median), edges 40 to 40 px", found.get("size"));
    }

    @Test
    void onlyTheSplitTrainIsSurveyed() throws IOException {
        Suggestion suggestion = suggest(table("train", "", "test"));
        assertSurveyed(suggestion.found());
        assertEquals("(none) 10, test 42, train 8", suggestion.found().get("splits"));
        assertEquals("4", suggestion.keys().get("folds"));
        assertEquals("cross-entropy", suggestion.keys().get("loss"));
    }

    @Test
    void withoutOneAllButValidationAndTest() throws IOException {
        Suggestion suggestion = suggest(table("", "val", "test"));
        assertSurveyed(suggestion.found());
        assertEquals("#val", suggestion.keys().get("validation"));
    }

    @Test
    void aSplitThatIsNamedIsLearnedFromAndAPartOfItDrawn() throws IOException {
        Suggestion suggestion = suggest(table("val", "train", "test") + "#val");
        assertEquals("8", suggestion.found().get("images"));
        assertEquals("4", suggestion.keys().get("folds"));
        assertFalse(suggestion.keys().containsKey("validation"));
    }

    /** As a data set's own reference is written: x.npz#train. */
    @Test
    void besideTheNamedSplitTrainTheSetsOwnValidation() throws IOException {
        Suggestion suggestion = suggest(table("train", "val", "test") + "#train");
        assertEquals("8", suggestion.found().get("images"));
        assertEquals("#val", suggestion.keys().get("validation"));
        assertFalse(suggestion.keys().containsKey("folds"));
    }
}
