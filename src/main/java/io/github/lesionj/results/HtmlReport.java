package io.github.lesionj.results;

import io.github.lesionj.core.Csv;
import io.github.lesionj.core.WholeFile;
import io.github.lesionj.evaluation.detection.Verdict;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page to look at results: one file, no scripts, nothing from elsewhere, links relative to its folder so that the
 * folder can be moved. Every text is escaped.
 */
public final class HtmlReport {

    private static final String STYLE = "body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:76rem;padding:0 1rem;"
        + "color:#222;background:#fff}table{border-collapse:collapse;margin:1rem 0;display:block;overflow-x:auto}"
        + "th,td{border-bottom:1px solid #ddd;padding:.3rem .8rem;text-align:left}td.n{text-align:right;font-variant-numeric:tabular-nums}"
        + ".g{display:flex;flex-wrap:wrap;gap:1rem}figure{margin:0;width:18rem}figure img{width:100%;display:block}"
        + "figcaption{font-size:.85rem;overflow-wrap:anywhere}pre{background:#f4f4f4;padding:.8rem;overflow-x:auto}";

    private final Path folder;
    private final String title;
    private final StringBuilder body = new StringBuilder();

    /**
     * An empty page.
     *
     * @param folder where it will lie; links are relative to it
     * @param title  its heading
     */
    public HtmlReport(Path folder, String title) {
        this.folder = folder.toAbsolutePath().normalize();
        this.title = title;
        body.append("<h1>").append(escaped(title)).append("</h1>\n");
    }

    public HtmlReport heading(String text) {
        body.append("<h2>").append(escaped(text)).append("</h2>\n");
        return this;
    }

    public HtmlReport paragraph(String text) {
        body.append("<p>").append(escaped(text)).append("</p>\n");
        return this;
    }

    /** Text with its line breaks and blanks, such as a command. */
    public HtmlReport code(String text) {
        body.append("<pre>").append(escaped(text)).append("</pre>\n");
        return this;
    }

    /** A link to a file. */
    public HtmlReport link(Path file, String text) {
        body.append("<p><a href=\"").append(relative(file)).append("\">").append(escaped(text)).append("</a></p>\n");
        return this;
    }

    /** A table; cells that are numbers stand to the right. */
    public HtmlReport table(List<String> header, List<List<String>> rows) {
        body.append("<table><tr>");
        header.forEach(cell -> body.append("<th>").append(escaped(cell)).append("</th>"));
        body.append("</tr>\n");
        for (List<String> row : rows) {
            body.append("<tr>");
            row.forEach(cell -> body.append(cell.matches("-?\\d+(\\.\\d+)?") ? "<td class=\"n\">" : "<td>").append(escaped(cell)).append("</td>"));
            body.append("</tr>\n");
        }
        body.append("</table>\n");
        return this;
    }

    /**
     * A picture with a caption.
     *
     * @param file    of the picture
     * @param caption below it
     */
    public record Picture(Path file, String caption) {
    }

    /** Pictures side by side, each a link to its file. */
    public HtmlReport pictures(List<Picture> pictures) {
        body.append("<div class=\"g\">\n");
        for (Picture picture : pictures) {
            String link = relative(picture.file());
            body.append("<figure><a href=\"").append(link).append("\"><img src=\"").append(link).append("\" alt=\"")
                .append(escaped(picture.caption())).append("\" loading=\"lazy\"></a><figcaption>").append(escaped(picture.caption()))
                .append("</figcaption></figure>\n");
        }
        body.append("</div>\n");
        return this;
    }

    /** A run's overlays, its table, and what failed. */
    public HtmlReport results(ResultSet results, Path resultFolder) {
        ResultFolder files = new ResultFolder(resultFolder);
        List<Picture> pictures = new ArrayList<>();
        for (Classification row : results.rows()) {
            if (Files.exists(files.overlay(row.item()))) {
                pictures.add(new Picture(files.overlay(row.item()), caption(row)));
            }
        }
        pictures(pictures);
        ResultCsv format = ResultCsv.fitting(results.classNames(), results.rows());
        table(format.header(), results.rows().stream().map(format::fields).toList());
        return failures(results.failures());
    }

    private HtmlReport failures(List<Failure> failures) {
        return failures.isEmpty() ? this : table(List.of("image", "stage", "reason"),
            failures.stream().map(failure -> List.of(failure.image(), failure.stage(), failure.reason())).toList());
    }

    /** A detection's overlays, how many boxes of each class are on each item, and what failed. */
    public HtmlReport results(DetectionSet results, Path resultFolder) {
        ResultFolder files = new ResultFolder(resultFolder);
        List<Picture> pictures = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        for (Detections found : results.rows()) {
            String boxes = found.boxes().size() + (found.boxes().size() == 1 ? " box" : " boxes");
            if (Files.exists(files.overlay(found.item()))) {
                pictures.add(new Picture(files.overlay(found.item()), found.item().path() + ": " + boxes));
            }
            List<String> row = new ArrayList<>(List.of(found.item().path(), Integer.toString(found.boxes().size())));
            Arrays.stream(found.counts()).mapToObj(Integer::toString).forEach(row::add);
            rows.add(row);
        }
        List<String> header = new ArrayList<>(List.of("image", "boxes"));
        header.addAll(results.classNames());
        return audit(files).pictures(pictures).table(header, rows).failures(results.failures());
    }

    /** The worst images of an evaluated detector, where the folder has them. */
    private HtmlReport audit(ResultFolder files) {
        Path table = files.root().resolve(AuditTable.NAME);
        if (!Files.exists(table)) {
            return this;
        }
        List<Picture> worst = new ArrayList<>();
        AuditTable.counts(table).forEach((item, counts) -> {
            Path picture = files.file(AuditPicture.FOLDER, item, ".png");
            if (Files.exists(picture)) {
                String numbers = Stream.of(Verdict.MISS, Verdict.FALSE_ALARM, Verdict.HIT).map(verdict -> verdict.text() + " "
                    + counts.getOrDefault(verdict.text(), 0)).collect(Collectors.joining(", "));
                worst.add(new Picture(picture, item.path() + ": " + numbers));
            }
        });
        return worst.isEmpty() ? this : heading("Worst images").pictures(worst).heading("All images");
    }

    private static String caption(Classification row) {
        String truth = row.truth() == null ? "" : " (truth: " + String.join(", ", row.truth()) + ")";
        return row.item().path() + ": " + row.label() + " " + Csv.number(row.probability()) + truth;
    }

    private String relative(Path file) {
        String path = folder.relativize(file.toAbsolutePath().normalize()).toString().replace('\\', '/');
        try {
            // In front of the path, so that a colon in a name is not taken for a scheme.
            return escaped("./" + new URI(null, null, "/" + path, null).toASCIIString().substring(1));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(path, e);
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&#39;");
    }

    /** The page as text. */
    public String toHtml() {
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
            + "<title>" + escaped(title) + "</title><style>" + STYLE + "</style></head><body>\n" + body + "</body></html>\n";
    }

    /** Writes {@code index.html} into the page's folder. */
    public Path write() {
        Path file = folder.resolve("index.html");
        WholeFile.write(file, toHtml());
        return file;
    }
}
