// Finds cells on the active image, or on a file given as argument, and prints how many of each class there are.
//   bin/lesionj macros/detect_cells.ijm smear.jpg
file = getArgument();
if (file != "") open(file);
run("Detect Lesions...", "model=blood-cells");
classes = newArray("RBC", "WBC", "Platelets");
for (i = 0; i < classes.length; i++) {
    count = 0;
    for (row = 0; row < nResults; row++) if (getResultString("label", row) == classes[i]) count++;
    print(getTitle() + ": " + count + " " + classes[i]);
}
