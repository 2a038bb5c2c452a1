// Classifies every image of a folder. Argument: INPUT|OUTPUT|MODEL (the model may be left out).
//   bin/lesionj macros/classify_folder.ijm 'xrays|results|pneumonia-xray'
parts = split(getArgument(), "|");
if (parts.length < 2) exit("Give the folder of images and a folder for the results: INPUT|OUTPUT|MODEL.");
model = "pneumonia-xray";
if (parts.length > 2) model = parts[2];
run("Classify Image...", "input=[" + parts[0] + "] model=[" + model + "] output=[" + parts[1] + "]");
