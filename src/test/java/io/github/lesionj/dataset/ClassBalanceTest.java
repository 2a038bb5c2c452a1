package io.github.lesionj.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.LabelKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassBalanceTest {

    @Test
    void countsByHand() {
        ClassBalance balance = ClassBalance.of(List.of("a", "b", "c"), new int[] {60, 15, 0}, 75, LabelKind.MULTI_CLASS);
        assertEquals(new ClassBalance.ClassCount("a", 60, 80, 1), balance.classes().get(0));
        assertEquals(new ClassBalance.ClassCount("b", 15, 20, 4), balance.classes().get(1));
        assertEquals(new ClassBalance.ClassCount("c", 0, 0, Double.POSITIVE_INFINITY), balance.classes().get(2));
        assertTrue(balance.suggestion().startsWith("No image of c"), balance.suggestion());
        assertTrue(balance.suggestion().contains("4.0 times"), balance.suggestion());
    }

    @Test
    void suggestionsFollowTheFactor() {
        assertTrue(ClassBalance.of(List.of("a", "b"), new int[] {10, 9}, 19, LabelKind.BINARY).suggestion().contains("loss=cross-entropy"));
        assertTrue(ClassBalance.of(List.of("a", "b"), new int[] {10, 4}, 14, LabelKind.BINARY).suggestion().contains("loss=balanced"));
        assertTrue(ClassBalance.of(List.of("a", "b"), new int[] {100, 4}, 104, LabelKind.BINARY).suggestion().contains("sampler=balanced"));
        String several = ClassBalance.of(List.of("a", "b"), new int[] {100, 4}, 104, LabelKind.MULTI_LABEL).suggestion();
        assertTrue(several.contains("class_weights=inverse") && !several.contains("sampler"), several);
    }

    @Test
    void emptySetsHaveNoDivisionByZero() {
        ClassBalance balance = ClassBalance.of(List.of("a", "b"), new int[2], 0, LabelKind.BINARY);
        assertEquals(0, balance.classes().get(0).percentage());
        assertTrue(balance.suggestion().contains("no image"));
        assertTrue(ClassBalance.of(List.of("a", "b"), new int[] {3, 0}, 3, LabelKind.BINARY).suggestion().contains("one class"));
    }
}
