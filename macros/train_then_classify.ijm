// Trains a classifier on a folder with one sub-folder per class, then classifies another folder with it.
// Argument: DATA|IMAGES|OUTPUT
//   bin/lesionj macros/train_then_classify.ijm 'labelled|new-images|results'
parts = split(getArgument(), "|");
if (parts.length != 3) exit("Give the labelled folder, the folder to classify, and a folder for the results: DATA|IMAGES|OUTPUT.");
run("Train Classifier...", "data=[" + parts[0] + "] validation=0.2 architecture=explainable-cnn epochs=20 seed=1 output=[" + parts[2] + "/training]");
run("Classify Image...", "input=[" + parts[1] + "] model=[" + parts[2] + "/training/model] output=[" + parts[2] + "/classified]");
