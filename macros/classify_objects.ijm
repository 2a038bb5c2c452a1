// Finds bright nuclei by a threshold, classifies each of them, and prints how many there are of each class.
// Argument: IMAGE|MODEL|OUTPUT
//   bin/lesionj macros/classify_objects.ijm 'nuclei.png|my-model|results'
parts = split(getArgument(), "|");
if (parts.length != 3) exit("Give the image, the model and a folder for the results: IMAGE|MODEL|OUTPUT.");
setBatchMode(true);
open(parts[0]);
image = getImageID();
run("Duplicate...", "title=mask");
run("8-bit");
setAutoThreshold("Otsu dark");
run("Analyze Particles...", "size=20-Infinity show=Overlay clear");
Overlay.copy;
close();
selectImage(image);
Overlay.paste;
run("Classify Image...", "model=[" + parts[1] + "] rois=overlay margin=20 output=[" + parts[2] + "]");
labels = Table.getColumn("label");
Array.sort(labels);
count = 0;
for (i = 0; i < labels.length; i++) {
    count++;
    if (i == labels.length - 1 || labels[i] != labels[minOf(i + 1, labels.length - 1)]) {
        print(labels[i] + ": " + count);
        count = 0;
    }
}
