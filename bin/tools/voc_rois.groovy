// The images of one split of a Pascal VOC folder, each with its boxes as a zip of ROIs that bear the name of their class.
// Argument: VOC|SPLIT|OUTPUT; OUTPUT receives images/ and rois/.
#@ String argument

import ij.gui.Roi
import ij.io.RoiEncoder
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption
import java.util.zip.ZipEntry
import java.util.zip.ZipOutputStream
import javax.xml.parsers.DocumentBuilderFactory

(voc, split, output) = argument.split(/\|/)
voc = Path.of(voc)
images = Files.createDirectories(Path.of(output, "images"))
rois = Files.createDirectories(Path.of(output, "rois"))

text = { element, name -> element.getElementsByTagName(name).item(0).textContent.strip() }
// VOC counts pixels from 1 and its last pixel belongs to the box; files that count from 0 say so by their first pixel
boxes = { Path xml ->
    def factory = DocumentBuilderFactory.newInstance()
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true)
    def objects = factory.newDocumentBuilder().parse(xml.toFile()).documentElement.getElementsByTagName("object")
    (0..<objects.length).collect { i ->
        def (x0, y0, x1, y1) = ["xmin", "ymin", "xmax", "ymax"].collect { text(objects.item(i), it) as int }
        def roi = new Roi(x0 - 1, y0 - 1, x1 - x0 + 1, y1 - y0 + 1)
        roi.name = text(objects.item(i), "name")
        x1 > x0 && y1 > y0 ? roi : null
    }
}
left = 0
Files.readAllLines(voc.resolve("ImageSets/Main/${split}.txt")).findAll { !it.isBlank() }.each { line ->
    def name = line.strip().split(/\s+/)[0]
    Files.copy(voc.resolve("JPEGImages/${name}.jpg"), images.resolve("${name}.jpg"), StandardCopyOption.REPLACE_EXISTING)
    def found = boxes(voc.resolve("Annotations/${name}.xml"))
    left += found.count(null)
    new ZipOutputStream(Files.newOutputStream(rois.resolve("${name}.jpg.zip"))).withCloseable { zip ->
        found.findAll().eachWithIndex { roi, i ->
            zip.putNextEntry(new ZipEntry("${String.format('%04d', i)}-${roi.name}.roi"))
            zip.write(RoiEncoder.saveAsByteArray(roi))
            zip.closeEntry()
        }
    }
}
println "${split}: ${Files.list(rois).count()} images; $left boxes without an area left out."
