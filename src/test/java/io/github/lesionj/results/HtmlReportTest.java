package io.github.lesionj.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {

    @Test
    void escapesEveryText(@TempDir Path folder) {
        String evil = "<script>alert(\"1\" & '2')</script>";
        String html = new HtmlReport(folder, evil).heading(evil).paragraph(evil).code(evil).link(folder.resolve("a"), evil)
            .table(List.of(evil), List.of(List.of(evil))).pictures(List.of(new HtmlReport.Picture(folder.resolve("b"), evil))).toHtml();
        assertFalse(html.contains("<script"), html);
        assertFalse(html.contains("http"), html);
    }

    @Test
    void linksLeadToTheFiles(@TempDir Path folder) throws IOException {
        Path results = folder.resolve("x-rays");
        List<String> names = List.of("a b#1?.png", "ü/100%/😀 [x].png", "it's.png", "c=d&e;.png");
        List<Classification> rows = names.stream()
            .map(name -> new Classification(ItemKey.of(name), List.of("lesion"), 0.5, List.of(0.5), null, null)).toList();
        for (Classification row : rows) {
            Path overlay = new ResultFolder(results).overlay(row.item());
            Files.createDirectories(overlay.getParent());
            Files.createFile(overlay);
        }
        ResultSet set = new ResultSet(RunStatus.DONE, new RunIdentity("c", Map.of(), List.of(), Map.of()), List.of("lesion"),
            rows, List.of(new Failure("bad.png", "read", "It is empty.")), Map.of());
        Path page = new HtmlReport(folder, "t").results(set, results).write();
        assertEquals(folder.resolve("index.html"), page);
        String html = Files.readString(page);
        Matcher sources = Pattern.compile("img src=\"([^\"]*)\"").matcher(html);
        int found = 0;
        while (sources.find()) {
            String link = sources.group(1).replace("&amp;", "&").replace("&#39;", "'");
            assertTrue(Files.exists(Path.of(page.toUri().resolve(URI.create(link)))), link);
            found++;
        }
        assertEquals(4, found);
        assertTrue(html.contains("It is empty."));
    }
}
