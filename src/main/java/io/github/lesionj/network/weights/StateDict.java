package io.github.lesionj.network.weights;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The part of a PyTorch file that holds weights by name.
 *
 * @param part    the key it stood under, or empty
 * @param tensors by name
 * @param others  names of what is no tensor, with what it is
 */
record StateDict(String part, Map<String, TorchTensor> tensors, Map<String, String> others) {

    /** Keys under which checkpoints keep their weights. */
    private static final List<String> PARTS = List.of("state_dict", "model");

    static StateDict of(Object root) throws PickleReader.Refused {
        if (!(root instanceof Map<?, ?> map)) {
            throw new PickleReader.Refused("it holds no weights by name");
        }
        if (hasTensors(map)) {
            return of("", map);
        }
        List<String> parts = PARTS.stream().filter(part -> map.get(part) instanceof Map<?, ?> nested && hasTensors(nested)).toList();
        if (parts.size() != 1) {
            throw new PickleReader.Refused(parts.isEmpty() ? "it holds no weights by name, neither itself nor under "
                + String.join(" or ", PARTS) : "it holds weights under " + String.join(" and under ", parts) + "; save one of them alone");
        }
        return of(parts.get(0), (Map<?, ?>) map.get(parts.get(0)));
    }

    private static boolean hasTensors(Map<?, ?> map) {
        return map.values().stream().anyMatch(TorchTensor.class::isInstance);
    }

    private static StateDict of(String part, Map<?, ?> map) {
        Map<String, TorchTensor> tensors = new LinkedHashMap<>();
        Map<String, String> others = new LinkedHashMap<>();
        map.forEach((name, value) -> {
            if (value instanceof TorchTensor tensor && tensor.storage().type().isFloating()) {
                tensors.put(String.valueOf(name), tensor);
            } else {
                others.put(String.valueOf(name), value instanceof TorchTensor tensor ? tensor.storage().type().name() : "no tensor");
            }
        });
        return new StateDict(part, tensors, others);
    }

    /** Refuses tensors that cannot be, and more values than a file of that many can hold without repeating itself. */
    void check(Iterable<TorchStorage> storages, long fileLength) throws PickleReader.Refused {
        long stored = 0;
        long bytes = 0;
        for (TorchStorage storage : storages) {
            stored += Math.min(storage.count(), fileLength);
            bytes += Math.min(storage.count(), fileLength) * storage.type().bytes();
        }
        if (bytes > fileLength) {
            throw new PickleReader.Refused("it claims more values than it has bytes for");
        }
        long elements = 0;
        for (Map.Entry<String, TorchTensor> entry : tensors.entrySet()) {
            String problem = entry.getValue().problem();
            if (problem != null) {
                throw new PickleReader.Refused(PickleReader.printable(entry.getKey()) + " " + problem);
            }
            elements += entry.getValue().elements();
        }
        if (elements > 4 * stored) {
            throw new PickleReader.Refused("its tensors repeat the same values again and again");
        }
    }
}
