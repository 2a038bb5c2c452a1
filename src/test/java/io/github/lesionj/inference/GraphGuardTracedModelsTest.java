package io.github.lesionj.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lesionj.core.UsageException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models that TensorFlow 2 traced from Python, see src/test/python/make_traced_models.py. */
class GraphGuardTracedModelsTest {

    private static Path model(String name) throws URISyntaxException {
        return Path.of(GraphGuardTracedModelsTest.class.getResource("/savedmodels/" + name).toURI());
    }

    @ParameterizedTest
    @CsvSource({"ReadsFile,ReadFile", "CallsPython,EagerPyFunc", "Saves,SaveV2"})
    void refusesByTheNameOfTheOp(String name, String op) throws URISyntaxException {
        Path model = model(name);
        UsageException refused = assertThrows(UsageException.class, () -> GraphGuard.inspect(model));
        assertTrue(refused.getMessage().contains("the op " + op) || refused.getMessage().contains("its op " + op), refused.getMessage());
    }

    @Test
    void acceptsLoopsBranchesAndVariables() throws URISyntaxException {
        assertEquals(Set.of("serving_default"), GraphGuard.inspect(model("Computes")).signatures().keySet());
    }
}
