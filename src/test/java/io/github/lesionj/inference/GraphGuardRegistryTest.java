package io.github.lesionj.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tensorflow.TensorFlow;
import org.tensorflow.proto.OpDef;

/** The two lists against the native library's own registry: a new TensorFlow with a new op must be judged by a person. */
class GraphGuardRegistryTest {

    private final GraphGuardOps ops = GraphGuardOps.load();

    private static Set<String> registry() {
        return TensorFlow.registeredOpList().getOpList().stream().map(OpDef::getName).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void bothListsTogetherAreTheRegistry() {
        Set<String> listed = new TreeSet<>(ops.allowed());
        listed.addAll(ops.refused().keySet());
        assertEquals(registry(), listed);
    }

    @Test
    void noOpIsInBothAndEachRefusalHasAReason() {
        Set<String> both = new HashSet<>(ops.allowed());
        both.retainAll(ops.refused().keySet());
        assertEquals(Set.of(), both);
        ops.refused().keySet().forEach(op -> assertNotNull(ops.touches(op), op));
    }

    @Test
    void noAllowedOpNamesAFile() {
        Set<String> suspicious = new TreeSet<>();
        for (OpDef op : TensorFlow.registeredOpList().getOpList()) {
            boolean file = op.getInputArgList().stream().anyMatch(argument -> argument.getName().matches("(.*_)?(file|filename|filenames|path|address|prefix)(_.*)?"))
                || op.getAttrList().stream().anyMatch(attribute -> attribute.getType().contains("string")
                    && attribute.getName().matches("(.*_)?(file|filename|files|path|address|prefix|url|urls|host)(_.*)?"));
            // counter_prefix of these is a label
            if (file && ops.isAllowed(op.getName()) && !op.getName().endsWith("SetStatsAggregatorDataset")) {
                suspicious.add(op.getName());
            }
        }
        assertEquals(Set.of(), suspicious);
        assertTrue(ops.isAllowed("Conv2D") && ops.isAllowed("FusedBatchNormV3") && ops.isAllowed("StatefulPartitionedCall"));
    }
}
