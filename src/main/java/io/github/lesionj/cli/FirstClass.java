package io.github.lesionj.cli;

import io.github.lesionj.pipeline.Finding;
import io.github.lesionj.pipeline.LesionJService;
import java.nio.file.Path;
import java.util.Locale;
import org.scijava.Context;

/** What a script's process does first: start, load a model, classify one image. For {@code bin/bench startup}. */
public final class FirstClass {

    private FirstClass() {
    }

    /** Arguments: model, image file. */
    public static void main(String[] arguments) {
        try (Context context = new Context(LesionJService.class)) {
            LesionJService lesionj = context.service(LesionJService.class);
            Finding finding = lesionj.classify(Path.of(arguments[1]), arguments[0]);
            System.out.printf(Locale.ROOT, "%s %.6f%n", finding.label(), finding.probability());
        }
        System.exit(0);
    }
}
