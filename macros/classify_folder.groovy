// Classifies every PNG and JPEG of a folder through the service and prints label, probability and the strongest point.
//   bin/lesionj macros/classify_folder.groovy 'xrays'
#@ LesionJService lesionj
#@ String (label = "Folder of images", value = "") argument

import io.github.lesionj.results.HeatMap

folder = new File(argument)
folder.listFiles().findAll { it.name ==~ /(?i).*\.(png|jpe?g)/ }.sort().each { file ->
    finding = lesionj.classify(file.toPath(), "pneumonia-xray")
    peak = finding.explanation().map { new HeatMap(it).peak() }.orElse(null)
    println String.format(Locale.ROOT, "%s,%s,%.6f,%s", file.name, finding.label(), finding.probability(),
        peak == null ? "" : String.format(Locale.ROOT, "%.1f %.1f", peak.x(), peak.y()))
}
