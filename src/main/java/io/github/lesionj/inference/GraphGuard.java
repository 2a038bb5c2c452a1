package io.github.lesionj.inference;

import io.github.lesionj.runtime.SavedModelReport;
import java.nio.file.*;
import java.util.*;

final class GraphGuard {
    static SavedModelReport inspect(Path folder) {
        try {
            var model = org.tensorflow.proto.SavedModel.parseFrom(Files.readAllBytes(folder.resolve("saved_model.pb")));
            Map<String, SavedModelReport.Signature> s = new TreeMap<>();
            model.getMetaGraphs(0).getSignatureDefMap().forEach((k, v) -> {
                Map<String, SavedModelReport.TensorInfo> in = new TreeMap<>(), out = new TreeMap<>();
                v.getInputsMap().forEach((n, t) -> in.put(n, info(t)));
                v.getOutputsMap().forEach((n, t) -> out.put(n, info(t)));
                s.put(k, new SavedModelReport.Signature(in, out));
            });
            return new SavedModelReport(s);
        } catch (java.io.IOException e) { throw new RuntimeException(e); }
    }
    static SavedModelReport.TensorInfo info(org.tensorflow.proto.TensorInfo t) {
        return new SavedModelReport.TensorInfo(t.getDtype().name().substring(3).toLowerCase(), t.getTensorShape().getDimList().stream().map(d -> d.getSize()).toList());
    }
}
