// Measures a model on labelled images and prints its figures. Argument: DATA|OUTPUT|MODEL (the model may be left out).
//   bin/lesionj macros/evaluate_model.ijm 'test.csv|results|pneumonia-xray'
parts = split(getArgument(), "|");
if (parts.length < 2) exit("Give labelled images and a folder for the results: DATA|OUTPUT|MODEL.");
model = "pneumonia-xray";
if (parts.length > 2) model = parts[2];
run("Evaluate Model...", "data=[" + parts[0] + "] model=[" + model + "] output=[" + parts[1] + "]");
for (row = 0; row < nResults; row++) {
    if (getResultString("figure", row) == "auc")
        print("AUC " + d2s(getResult("value", row), 3) + ", 95 % interval " + d2s(getResult("low", row), 3) + " to " + d2s(getResult("high", row), 3));
}
