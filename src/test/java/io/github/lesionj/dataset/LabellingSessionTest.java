package io.github.lesionj.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.LesionJException;
import io.github.lesionj.core.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes next, what undo does, and that the table holds every decision at every moment. */
class LabellingSessionTest {

    private static final List<String> CLASSES = List.of("normal", "lesion, large");

    @TempDir
    private Path folder;
    private Path images;
    private Path table;

    @BeforeEach
    void makeImages() throws IOException {
        images = Files.createDirectories(folder.resolve("images"));
        table = folder.resolve("set/labels.csv");
        for (String name : List.of("a.png", "b.png", "c.png", "sub/d.png")) {
            Files.createDirectories(images.resolve(name).getParent());
            Files.createFile(images.resolve(name));
        }
    }

    private LabellingSession open() {
        return LabellingSession.open(images, CLASSES, table);
    }

    private static String current(LabellingSession session) {
        return session.current().map(session::name).orElse("none");
    }

    private String text() throws IOException {
        return Files.readString(table);
    }

    @Test
    void everyDecisionStandsInTheTableBeforeTheNextImageComes() throws IOException {
        LabellingSession session = open();
        assertEquals("a.png", current(session));
        session.label(1);
        assertEquals("path,label\n../images/a.png,\"lesion, large\"\n", text());
        assertEquals("b.png", current(session));
        session.label(0);
        assertEquals("path,label\n../images/a.png,\"lesion, large\"\n../images/b.png,normal\n", text());
        assertArrayEquals(new int[] {1, 1}, session.counts());
        assertEquals("2 of 4", session.done() + " of " + session.total());
    }

    @Test
    void anotherSessionGoesOnWithTheRest() throws IOException {
        LabellingSession first = open();
        first.label(0);
        first.next();
        first.label(1);
        LabellingSession second = open();
        assertEquals("b.png", current(second));
        second.label(0);
        assertEquals("sub/d.png", current(second));
        second.label(0);
        assertEquals("none", current(second));
        assertEquals(Optional.empty(), second.following());
        assertEquals("path,label\n../images/a.png,normal\n../images/c.png,\"lesion, large\"\n../images/b.png,normal\n../images/sub/d.png,normal\n",
            text());
        LabelledSet set = LabelledSets.open(DataReference.parse(table.toString()), ClassNaming.FREE);
        assertEquals(4, set.size());
        assertEquals(List.of("lesion, large", "normal"), set.classNames());
    }

    @Test
    void undoTakesTheLastLineAndShowsItsImageAgain() throws IOException {
        LabellingSession session = open();
        session.label(0);
        session.label(0);
        session.next();
        assertEquals("sub/d.png", current(session));
        assertEquals("b.png", session.undo().map(session::name).orElseThrow());
        assertEquals("b.png", current(session));
        assertEquals("path,label\n../images/a.png,normal\n", text());
        assertArrayEquals(new int[] {1, 0}, session.counts());
        session.label(1);
        assertEquals("c.png", current(session));
        session.undo();
        session.undo();
        assertEquals("a.png", current(session));
        assertEquals(Optional.empty(), session.undo());
        assertEquals("path,label\n", text());
    }

    @Test
    void undoReachesAnEarlierSessionAndOneThatIsComplete() {
        LabellingSession first = open();
        for (int i = 0; i < 4; i++) {
            first.label(i % 2);
        }
        LabellingSession second = open();
        assertEquals("none", current(second));
        second.next();
        second.previous();
        assertEquals("sub/d.png", second.undo().map(second::name).orElseThrow());
        assertEquals("sub/d.png", current(second));
        assertEquals(3, second.done());
    }

    @Test
    void undoLeavesLinesAboutOtherFoldersAlone() throws IOException {
        Files.createDirectories(table.getParent());
        Files.writeString(table, "label,path,scanner\nnormal,elsewhere.png,3\n");
        LabellingSession session = open();
        assertEquals(Optional.empty(), session.undo());
        session.label(1);
        assertEquals("label,path,scanner\nnormal,elsewhere.png,3\n\"lesion, large\",../images/a.png,\n", text());
        session.undo();
        assertEquals("label,path,scanner\nnormal,elsewhere.png,3\n", text());
        assertArrayEquals(new int[] {1, 0}, session.counts());
        assertEquals("0 of 4", session.done() + " of " + session.total());
    }

    @Test
    void skippedImagesComeAgain() {
        LabellingSession session = open();
        session.previous();
        assertEquals("sub/d.png", current(session));
        session.label(0);
        assertEquals("a.png", current(session));
        session.next();
        session.next();
        assertEquals("c.png", current(session));
        assertEquals("a.png", session.following().map(session::name).orElseThrow());
        session.next();
        assertEquals("a.png", current(session));
    }

    @Test
    void whatCannotBeReadIsListedAndNeitherDoneNorAskedAgain() {
        LabellingSession session = open();
        session.unreadable("broken");
        assertEquals("b.png", current(session));
        assertEquals(List.of(new RejectedItem("a.png", "broken")), session.unreadable());
        session.label(0);
        session.label(0);
        session.label(0);
        assertEquals("none", current(session));
        assertEquals("3 of 4", session.done() + " of " + session.total());
    }

    @Test
    void aLastLineWithoutItsEndIsShownAndNeverDropped() throws IOException {
        open().label(0);
        String cut = text() + "../images/b.png,nor";
        Files.writeString(table, cut);
        String said = assertThrows(UsageException.class, this::open).getMessage();
        assertTrue(said.contains("has no end: \"../images/b.png,nor\"") && said.contains("add a line break"), said);
        assertEquals(cut, text());
    }

    @Test
    void classesComeFromTheTableWhereNoneAreNamed() {
        open().label(1);
        assertTrue(refusal(List.of()).contains("1 classes cannot be given by the number keys"));
        LabellingSession session = open();
        session.label(0);
        assertEquals(List.of("lesion, large", "normal"), LabellingSession.open(images, List.of(), table).classNames());
    }

    @Test
    void wrongUseIsRefused() throws IOException {
        assertTrue(refusal(List.of()).contains("No classes were named: give 2 to 9"));
        assertTrue(refusal(List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j")).contains("10 classes cannot"));
        open().label(0);
        assertTrue(refusal(List.of("cat", "dog")).contains("has the label \"normal\", which is none of the classes cat, dog"));
        Files.writeString(table, "file,class\n");
        assertTrue(refusal(CLASSES).contains("has no columns path and label"));
        Path empty = Files.createDirectories(folder.resolve("empty"));
        assertTrue(assertThrows(UsageException.class, () -> LabellingSession.open(empty, CLASSES, table)).getMessage()
            .contains("There is no image in the folder"));
    }

    private String refusal(List<String> classes) {
        return assertThrows(UsageException.class, () -> LabellingSession.open(images, classes, table)).getMessage();
    }

    @Test
    void aDecisionThatCannotBeWrittenIsNotTaken() throws IOException {
        LabellingSession session = open();
        Files.createFile(folder.resolve("set"));
        assertTrue(assertThrows(LesionJException.class, () -> session.label(0)).getMessage().startsWith("Cannot write "));
        assertEquals("a.png", current(session));
        assertArrayEquals(new int[] {0, 0}, session.counts());
        Files.delete(folder.resolve("set"));
        session.label(0);
        assertEquals("path,label\n../images/a.png,normal\n", text());
    }

    @Test
    void whatAnotherWindowWroteMeanwhileIsNotLost() throws IOException {
        LabellingSession first = open();
        first.label(0);
        LabellingSession second = open();
        second.label(1);
        String both = text();
        for (Runnable decision : List.<Runnable>of(() -> first.label(0), first::undo)) {
            assertTrue(assertThrows(LesionJException.class, decision::run).getMessage().contains("was changed by another program or window"));
        }
        assertEquals(both, text());
        assertEquals("b.png", current(first));
    }

    @Test
    void aTableThatHadNoGroupsGetsThem() throws IOException {
        Files.createDirectories(table.getParent());
        Files.writeString(table, "path,label\n../other/x.png,normal\n");
        Files.writeString(images.resolve(LabellingSession.GROUPS), "path,label,group\na.png,,slide 1\n");
        LabellingSession session = open();
        session.label(0);
        assertEquals("path,label,group\n../other/x.png,normal,\n../images/a.png,normal,slide 1\n", text());
        session.label(1);
        assertEquals("path,label,group\n../other/x.png,normal,\n../images/a.png,normal,slide 1\n../images/b.png,\"lesion, large\",\n", text());
    }

    @Test
    void cropsKeepTheirImageAsTheirGroup() throws IOException {
        Files.writeString(images.resolve(LabellingSession.GROUPS), "path,label,group\na.png,,slide 1\nb.png,,slide 2\n");
        LabellingSession session = open();
        session.label(0);
        session.label(1);
        session.label(1);
        assertEquals("path,label,group\n../images/a.png,normal,slide 1\n../images/b.png,\"lesion, large\",slide 2\n"
            + "../images/c.png,\"lesion, large\",\n", text());
    }
}
