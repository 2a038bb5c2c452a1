// Classifies the active image, or a file given as argument, and prints the first row of the results table.
//   bin/lesionj macros/classify_image.ijm chest.png
file = getArgument();
if (file != "") open(file);
run("Classify Image...", "model=pneumonia-xray");
print(getTitle() + ": " + getResultString("label", 0) + ", probability " + getResult("probability", 0));
