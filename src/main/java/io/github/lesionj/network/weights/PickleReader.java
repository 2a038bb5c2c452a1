package io.github.lesionj.network.weights;

import io.github.lesionj.network.ElementType;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the pickles of PyTorch's weight files, and no others.
 *
 * <p>A pickle is a program that may call whatever it names. This machine knows numbers, texts, lists, dictionaries and the
 * few functions that make a tensor; anything else is refused by its name, and nothing is ever run. It has no recursion, and
 * bounds on bytes, steps and what it remembers.
 *
 * @see <a href="https://docs.python.org/3/library/pickletools.html">pickletools, for the operations</a>
 */
final class PickleReader {

    /** What cannot be read; its message goes on after the file's name and a colon. */
    static final class Refused extends IOException {

        private static final long serialVersionUID = 1L;

        Refused(String why) {
            super(why);
        }
    }

    /** A function or class that the pickle names. */
    private record Global(String module, String name) {

        @Override
        public String toString() {
            return module + "." + name;
        }
    }

    private static final int MOST_STEPS = 1 << 21;
    private static final Object MARK = new Object();
    private static final Map<String, ElementType> STORAGES = Map.of("FloatStorage", ElementType.F32, "DoubleStorage", ElementType.F64,
        "HalfStorage", ElementType.F16, "BFloat16Storage", ElementType.BF16, "LongStorage", ElementType.I64, "IntStorage", ElementType.I32,
        "ShortStorage", ElementType.I16, "CharStorage", ElementType.I8, "ByteStorage", ElementType.U8, "BoolStorage", ElementType.BOOL);
    private static final Set<String> FUNCTIONS = Set.of("collections.OrderedDict", "torch._utils._rebuild_tensor",
        "torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_parameter", "torch.Size");

    private final PickleBytes in;
    private final List<Object> stack = new ArrayList<>();
    private final Map<Integer, Object> memo = new HashMap<>();
    private final Map<String, TorchStorage> storages = new LinkedHashMap<>();

    PickleReader(PickleBytes in) {
        this.in = in;
    }

    /** The storages that the pickle named, by key. */
    Map<String, TorchStorage> storages() {
        return storages;
    }

    /**
     * Reads one pickle.
     *
     * @return null, Boolean, Long, BigInteger, Double, String, List, Map, {@link TorchTensor} or {@link TorchStorage}
     */
    Object read() throws IOException {
        try {
            for (int step = 0; step < MOST_STEPS; step++) {
                int operation = in.unsigned();
                if (operation == '.') {
                    return pop();
                }
                step(operation);
            }
        } catch (ClassCastException | IndexOutOfBoundsException | NullPointerException | UnsupportedOperationException e) {
            throw new Refused("it is no pickle that PyTorch wrote");
        }
        throw new Refused("its pickle has more steps than that of any weights");
    }

    private void step(int operation) throws IOException {
        switch (operation) {
            case 0x80 -> in.unsigned();
            case 0x95 -> in.bytes(8);
            case '(' -> push(MARK);
            case '0' -> pop();
            case '1' -> popToMark();
            case '2' -> push(top());
            case 'N' -> push(null);
            case 0x88 -> push(true);
            case 0x89 -> push(false);
            case 'J' -> push((long) in.integer());
            case 'K' -> push((long) in.unsigned());
            case 'M' -> push((long) in.unsignedShort());
            case 0x8a -> push(whole(in.bytes(in.unsigned())));
            case 'G' -> push(in.real());
            case 'X' -> push(in.text(in.length()));
            case 'T', 'U', 0x8c -> push(in.text(operation == 'T' ? in.length() : in.unsigned()));
            case 0x8d -> push(in.text(in.longLength()));
            default -> container(operation);
        }
    }

    private void container(int operation) throws IOException {
        switch (operation) {
            case ']' -> push(new ArrayList<>());
            case '}' -> push(new LinkedHashMap<>());
            case ')' -> push(List.of());
            case 'l' -> push(popToMark());
            case 't' -> push(Collections.unmodifiableList(popToMark()));
            case 'd' -> dictionary(popToMark());
            case 0x85, 0x86, 0x87 -> push(Collections.unmodifiableList(last(operation - 0x84)));
            case 'a' -> append(last(1));
            case 'e' -> append(popToMark());
            case 's' -> put(last(2));
            case 'u' -> put(popToMark());
            case 'q' -> memo.put(in.unsigned(), top());
            case 'r' -> memo.put(in.integer(), top());
            case 0x94 -> memo.put(memo.size(), top());
            case 'h' -> recall(in.unsigned());
            case 'j' -> recall(in.integer());
            default -> call(operation);
        }
    }

    private void call(int operation) throws IOException {
        switch (operation) {
            case 'c' -> push(global(in.line(), in.line()));
            case 0x93 -> {
                List<Object> names = last(2);
                push(global((String) names.get(0), (String) names.get(1)));
            }
            case 'Q' -> push(storage((List<?>) pop()));
            case 'R' -> {
                List<Object> call = last(2);
                push(call((Global) call.get(0), (List<?>) call.get(1)));
            }
            case 'b' -> build();
            default -> throw new Refused(String.format("its pickle has the operation 0x%02x, which no weights need", operation));
        }
    }

    private static Global global(String module, String name) throws Refused {
        Global global = new Global(module, name);
        if (FUNCTIONS.contains(global.toString()) || module.equals("torch") && STORAGES.containsKey(name)) {
            return global;
        }
        throw new Refused("it calls for " + printable(global.toString()) + ", which is code or data of Python and no weight; save the"
            + " weights alone, with torch.save(model.state_dict(), ...)");
    }

    static String printable(String name) {
        String shown = name.replaceAll("[^\\x20-\\x7e]", "?");
        return shown.length() > 80 ? shown.substring(0, 80) + "..." : shown;
    }

    private Object call(Global function, List<?> arguments) throws Refused {
        return switch (function.name()) {
            case "OrderedDict" -> ordered(arguments);
            case "_rebuild_tensor", "_rebuild_tensor_v2" -> new TorchTensor((TorchStorage) arguments.get(0), (Long) arguments.get(1),
                lengths(arguments.get(2)), lengths(arguments.get(3)));
            case "_rebuild_parameter", "Size" -> arguments.get(0);
            default -> throw new Refused("it calls for " + function + " in a way that no weights need");
        };
    }

    private static Map<Object, Object> ordered(List<?> arguments) throws Refused {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (Object pair : arguments.isEmpty() ? List.of() : (List<?>) arguments.get(0)) {
            map.put(key(((List<?>) pair).get(0)), ((List<?>) pair).get(1));
        }
        return map;
    }

    private static long[] lengths(Object list) {
        return ((List<?>) list).stream().mapToLong(length -> (Long) length).toArray();
    }

    /** Attributes of a dictionary are PyTorch's own notes; nothing else has any here. */
    private void build() throws Refused {
        pop();
        if (!(top() instanceof Map)) {
            throw new Refused("its pickle sets attributes of something that is no dictionary");
        }
    }

    private TorchStorage storage(List<?> id) throws Refused {
        if (!"storage".equals(id.get(0)) || id.size() > 5 && id.get(5) != null) {
            throw new Refused("it refers to values in a way that only old versions of PyTorch did; save it again with a newer one");
        }
        TorchStorage storage = new TorchStorage(STORAGES.get(((Global) id.get(1)).name()), (String) id.get(2), (Long) id.get(4));
        TorchStorage earlier = storages.putIfAbsent(storage.key(), storage);
        if (storage.type() == null || storage.count() < 0 || earlier != null && !earlier.equals(storage)) {
            throw new Refused("it says two things of the values " + printable(storage.key()));
        }
        return storage;
    }

    private static Object whole(byte[] bytes) {
        for (int i = 0; i < bytes.length / 2; i++) {
            byte low = bytes[i];
            bytes[i] = bytes[bytes.length - 1 - i];
            bytes[bytes.length - 1 - i] = low;
        }
        BigInteger value = bytes.length == 0 ? BigInteger.ZERO : new BigInteger(bytes);
        return value.bitLength() < Long.SIZE ? value.longValue() : value;
    }

    private void append(List<Object> values) {
        @SuppressWarnings("unchecked")
        List<Object> list = (List<Object>) top();
        list.addAll(values);
    }

    private void dictionary(List<Object> keysAndValues) throws Refused {
        push(new LinkedHashMap<>());
        put(keysAndValues);
    }

    private void put(List<Object> keysAndValues) throws Refused {
        @SuppressWarnings("unchecked")
        Map<Object, Object> map = (Map<Object, Object>) top();
        for (int i = 0; i < keysAndValues.size(); i += 2) {
            map.put(key(keysAndValues.get(i)), keysAndValues.get(i + 1));
        }
    }

    /** A list as key could hold itself, and its hash code would never end. */
    private static Object key(Object key) throws Refused {
        if (key instanceof String || key instanceof Long) {
            return key;
        }
        throw new Refused("it has a dictionary whose keys are neither texts nor numbers");
    }

    private void recall(int index) throws Refused {
        if (!memo.containsKey(index)) {
            throw new Refused("it is no pickle that PyTorch wrote");
        }
        push(memo.get(index));
    }

    private void push(Object value) {
        stack.add(value);
    }

    private Object top() {
        return stack.get(stack.size() - 1);
    }

    private Object pop() {
        return stack.remove(stack.size() - 1);
    }

    private List<Object> last(int count) {
        List<Object> tail = stack.subList(stack.size() - count, stack.size());
        List<Object> values = new ArrayList<>(tail);
        tail.clear();
        return values;
    }

    private List<Object> popToMark() {
        int mark = stack.size() - 1;
        while (stack.get(mark) != MARK) {
            mark--;
        }
        List<Object> values = last(stack.size() - mark - 1);
        pop();
        return values;
    }
}
