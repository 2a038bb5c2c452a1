package io.github.lesionj.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.scijava.Context;
import org.scijava.command.CommandService;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;
import org.scijava.widget.NumberWidget;

/** What a SciJava dialog, as Fiji's, is told of the form. */
class DetectLesionsFormTest {

    @Test
    void slidersBeginWhereTheValuesDo() throws Exception {
        try (Context context = new Context()) {
            DetectLesions command = (DetectLesions) context.service(ModuleService.class)
                .createModule(context.service(CommandService.class).getCommand(DetectLesions.class));
            command.initialize();
            for (String name : List.of("threshold", "nms")) {
                ModuleItem<?> item = command.getInfo().getInput(name);
                assertEquals(NumberWidget.SLIDER_STYLE, item.getWidgetStyle());
                assertEquals(0.0, item.getSoftMinimum());
                assertEquals(-1.0, item.getMinimumValue(), "as the card says");
                assertEquals(1.0, item.getMaximumValue());
                assertEquals(0.01, item.getStepSize().doubleValue());
                assertEquals(-1.0, item.getValue(command));
            }
        }
    }

    @Test
    void whatOnlyTheDialogKnowsIsNoPartOfTheRun() {
        DetectLesions command = new DetectLesions();
        assertTrue(command.keys().stream().anyMatch(key -> key.name().equals("preview")));
        assertEquals(List.of("input", "model", "output", "threshold", "nms", "channel", "um_per_px", "device", "max_detections", "batch", "seed"),
            List.copyOf(command.keyValues().keySet()));
    }

    /** A host may still tell of a change when the run has begun, or call the end twice. */
    @Test
    void afterTheEndNothingIsPreviewed() {
        DetectLesions command = new DetectLesions();
        command.cancel();
        command.cancel();
        command.preview();
        assertTrue(command.inEffect("threshold").isEmpty());
    }
}
