// What bin/demo shows: real X-rays and phantoms classified, and one page that brings both together.
// Argument: SAMPLE_DATA|OUTPUT
#@ String argument

import ij.IJ
import io.github.lesionj.core.Csv
import io.github.lesionj.results.HtmlReport
import java.nio.file.Path

(samples, output) = argument.split(/\|/).collect { Path.of(it) }
runs = [["Real chest X-rays", "xray", "pneumonia-xray"], ["Radiograph phantoms", "phantoms", "phantom-lesion"]]
page = new HtmlReport(output, "LesionJ demo")
page.paragraph("Made by bin/demo: two runs of Classify Image... in a headless ImageJ. The warm colours show what the network "
    + "looked at, the line is half of its maximum, and the legend has the numbers.")
runs.each { title, folder, model ->
    IJ.run("Classify Image...", "input=[${samples.resolve(folder)}] model=$model output=[${output.resolve(folder)}]")
    results = output.resolve(folder)
    rows = Csv.read(results.resolve("results.csv"))
    page.heading("$title, model $model")
    page.link(results.resolve("index.html"), "All files of this run")
    page.pictures(rows.tail().collect { row ->
        new HtmlReport.Picture(results.resolve("overlays").resolve(row[0] + ".png"), "${row[0]}: ${row[1]} ${row[2]}".toString())
    })
    page.table(rows.head(), rows.tail())
}
page.write()
