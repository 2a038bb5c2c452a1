package io.github.lesionj.ij1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The labels of plugins.config's rows, and the probe's. */
public final class CommandLabels {

    private static final Pattern ROW =
        Pattern.compile("Plugins>LesionJ, \"(.+)\", io\\.github\\.lesionj\\.ij1\\.Launcher\\(\"(.+)\"\\)");

    private CommandLabels() {
    }

    /** All labels; a row that says two different labels, or cannot be read, is an error. */
    public static List<String> all() throws IOException {
        List<String> labels = new ArrayList<>(List.of("Probe..."));
        try (InputStream config = CommandLabels.class.getResourceAsStream("/plugins.config")) {
            for (String line : new String(config.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
                Matcher row = ROW.matcher(line);
                if (row.matches() && row.group(1).equals(row.group(2))) {
                    labels.add(row.group(1));
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    throw new IOException("plugins.config: " + line);
                }
            }
        }
        return labels;
    }
}
