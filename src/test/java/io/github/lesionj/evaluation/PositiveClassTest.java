package io.github.lesionj.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lesionj.core.UsageException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PositiveClassTest {

    @Test
    void isTheOnlyFinding() {
        assertEquals(Optional.of("lesion"), PositiveClass.of(List.of("Normal", "lesion"), ""));
        assertEquals(Optional.of("malignant"), PositiveClass.of(List.of("malignant", "benign"), ""));
        assertEquals(Optional.of("1"), PositiveClass.of(List.of("0", "1"), ""));
    }

    @Test
    void isNoneOfSeveralFindingsUnlessStated() {
        assertEquals(Optional.empty(), PositiveClass.of(List.of("normal", "a", "b"), ""));
        assertEquals(Optional.of("b"), PositiveClass.of(List.of("normal", "a", "b"), "B"));
    }

    @Test
    void mustBeStatedWhereTwoNamesDoNotTell() {
        UsageException error = assertThrows(UsageException.class, () -> PositiveClass.of(List.of("cat", "dog"), ""));
        assertEquals(true, error.getMessage().contains("positive=dog"));
        assertThrows(UsageException.class, () -> PositiveClass.of(List.of("cat", "dog"), "bird"));
    }
}
