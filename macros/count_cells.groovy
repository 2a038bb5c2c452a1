// Counts the cells on every image of a folder through the service, and prints a table.
//   bin/lesionj macros/count_cells.groovy 'smears'
#@ LesionJService lesionj
#@ String (label = "Folder of images", value = "") argument

println "image,RBC,WBC,Platelets"
new File(argument).listFiles().findAll { it.name ==~ /(?i).*\.(png|jpe?g|tiff?)/ }.sort().each { file ->
    found = lesionj.detect(file.toPath(), "blood-cells")
    println file.name + "," + found.counts().join(",")
}
