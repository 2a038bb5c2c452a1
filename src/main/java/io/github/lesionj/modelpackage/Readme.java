package io.github.lesionj.modelpackage;

import java.util.Map;
import java.util.TreeMap;

/** The {@code README.md} of a package: its card for people. */
final class Readme {

    private Readme() {
    }

    static String of(ModelCard card) {
        StringBuilder text = new StringBuilder("# " + card.name() + " " + card.version() + "\n\n");
        text.append(card.description()).append("\n\n");
        text.append("Classes: ").append(String.join(", ", card.classNames())).append(".\n");
        text.append("Input: ").append(card.input().width()).append(" x ").append(card.input().height()).append(" px, ")
            .append(card.input().channels()).append(card.input().channels() == 1 ? " channel.\n" : " channels.\n");
        text.append("\nNot for clinical use. Run it with LesionJ in ImageJ or Fiji, menu Plugins > LesionJ.\n");
        if (!card.attribution().isEmpty()) {
            text.append("\n## Licence and attribution\n\n").append(card.licence()).append(". ")
                .append(card.attribution()).append('\n');
        }
        text.append("\n## Validation\n\n").append(quality(card.quality()));
        text.append("\nThe test tensors prove an installation: the network must give `test_output.npy` for `test_input.npy`.\n");
        return text.toString();
    }

    private static String quality(Map<String, Object> quality) {
        if (quality.isEmpty()) {
            return "No quality was measured.\n";
        }
        StringBuilder lines = new StringBuilder();
        new TreeMap<>(PlainValues.of(quality)).forEach((key, value) -> {
            if (value instanceof Number || value instanceof String) {
                lines.append("- ").append(key).append(": ").append(value).append('\n');
            }
        });
        return lines.toString();
    }
}
