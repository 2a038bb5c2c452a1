// What bin/demo shows: real X-rays and phantoms classified, and a page that brings both together.
// Argument: SAMPLE_DATA|OUTPUT
parts = split(getArgument(), "|");
samples = parts[0];
output = parts[1];
run("Classify Image...", "input=[" + samples + "/xray] model=pneumonia-xray output=[" + output + "/xray]");
run("Classify Image...", "input=[" + samples + "/phantoms] model=phantom-lesion output=[" + output + "/phantoms]");

page = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>LesionJ demo</title>\n"
    + "<style>body{font-family:sans-serif;margin:2em auto;max-width:72em;line-height:1.4}figure{display:inline-block;margin:.5em;width:15em;vertical-align:top}"
    + "img{width:100%}figcaption{font-size:.85em}</style></head><body>\n<h1>LesionJ demo</h1>\n"
    + "<p>Made by <code>bin/demo</code>: two runs of <code>Classify Image...</code> in a headless ImageJ. "
    + "The warm colours show what the network looked at; the line is half of its maximum.</p>\n";
page += section("Real chest X-rays, model pneumonia-xray", "xray");
page += section("Radiograph phantoms, model phantom-lesion", "phantoms");
page += "</body></html>\n";
File.saveString(page, output + "/index.html");

function section(title, folder) {
    text = "<h2>" + title + "</h2>\n<p><a href=\"" + folder + "/index.html\">Report</a>, <a href=\"" + folder
        + "/results.csv\">table</a>, <a href=\"" + folder + "/run.json\">ledger</a>.</p>\n";
    lines = split(File.openAsString(output + "/" + folder + "/results.csv"), "\n");
    for (i = 1; i < lengthOf(lines); i++) {
        fields = split(lines[i], ",");
        text += "<figure><a href=\"" + folder + "/overlays/" + fields[0] + ".png\"><img src=\"" + folder + "/overlays/"
            + fields[0] + ".png\" alt=\"" + fields[0] + "\"></a><figcaption>" + fields[0] + "<br><b>" + fields[1] + "</b> "
            + fields[2] + "</figcaption></figure>\n";
    }
    return text;
}
