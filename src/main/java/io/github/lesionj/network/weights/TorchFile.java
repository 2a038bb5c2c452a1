package io.github.lesionj.network.weights;

import io.github.lesionj.core.FloatTensor;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Reads what {@code torch.save(model.state_dict(), ...)} writes: since PyTorch 1.6 a zip file with the pickle
 * {@code data.pkl} and the values of each storage, uncompressed; before, several pickles and the values one after the other.
 */
final class TorchFile {

    private static final String PICKLE = "/data.pkl";
    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final long PROTOCOL = 1001;
    private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

    private TorchFile() {
    }

    /** Whether a zip file is PyTorch's. */
    static boolean isTorch(ZipFile zip) {
        return zip.stream().anyMatch(entry -> entry.getName().endsWith(PICKLE));
    }

    static WeightFile readZip(Path file, ZipFile zip) throws IOException {
        List<String> pickles = zip.stream().map(ZipEntry::getName).filter(name -> name.endsWith(PICKLE)).toList();
        if (pickles.size() != 1) {
            throw new PickleReader.Refused("it holds more than one data.pkl");
        }
        String folder = pickles.get(0).substring(0, pickles.get(0).length() - PICKLE.length());
        if (zip.stream().anyMatch(entry -> entry.getName().startsWith(folder + "/code/"))) {
            throw new PickleReader.Refused("it is a TorchScript program and not weights; save the weights alone, with"
                + " torch.save(model.state_dict(), ...)");
        }
        ByteOrder order = order(zip, folder + "/byteorder");
        PickleReader pickle;
        StateDict dict;
        try (InputStream in = zip.getInputStream(zip.getEntry(pickles.get(0)))) {
            pickle = new PickleReader(new PickleBytes(new BufferedInputStream(in)));
            dict = StateDict.of(pickle.read());
        }
        dict.check(pickle.storages().values(), Files.size(file));
        Map<String, FloatTensor> tensors = names(dict);
        Map<TorchStorage, List<String>> users = users(dict);
        for (TorchStorage storage : users.keySet()) {
            fill(tensors, dict, users.get(storage), values(zip, folder + "/data/" + storage.key(), storage).order(order));
        }
        return weights(file, dict, tensors);
    }

    private static ByteOrder order(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            return ByteOrder.LITTLE_ENDIAN;
        }
        try (InputStream in = zip.getInputStream(entry)) {
            String order = new String(in.readNBytes(16), StandardCharsets.US_ASCII).strip();
            return switch (order) {
                case "little" -> ByteOrder.LITTLE_ENDIAN;
                case "big" -> ByteOrder.BIG_ENDIAN;
                default -> throw new PickleReader.Refused("it says " + PickleReader.printable(order) + " of the order of its bytes");
            };
        }
    }

    private static ByteBuffer values(ZipFile zip, String name, TorchStorage storage) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null || entry.getMethod() != ZipEntry.STORED || entry.getSize() != bytes(storage)) {
            throw new PickleReader.Refused("its entry " + PickleReader.printable(name) + " "
                + (entry == null ? "is missing" : "is not the plain values that it should be"));
        }
        try (InputStream in = zip.getInputStream(entry)) {
            return values(in, storage);
        }
    }

    private static ByteBuffer values(InputStream in, TorchStorage storage) throws IOException {
        byte[] bytes = in.readNBytes((int) bytes(storage));
        if (bytes.length < bytes(storage)) {
            throw new EOFException("it ends early");
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static long bytes(TorchStorage storage) throws PickleReader.Refused {
        long bytes = storage.count() * storage.type().bytes();
        if (bytes > MOST_BYTES) {
            throw new PickleReader.Refused("its values " + PickleReader.printable(storage.key()) + " are more than can be read");
        }
        return bytes;
    }

    /** The form before PyTorch 1.6, in which torchvision's older files still are. */
    static WeightFile readPlain(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            if (!MAGIC.equals(pickle(in)) || !Long.valueOf(PROTOCOL).equals(pickle(in))) {
                throw new PickleReader.Refused("it is a pickle, but not one of torch.save");
            }
            Object system = pickle(in);
            boolean little = !(system instanceof Map<?, ?> facts) || !Boolean.FALSE.equals(facts.get("little_endian"));
            PickleReader pickle = new PickleReader(new PickleBytes(in));
            StateDict dict = StateDict.of(pickle.read());
            dict.check(pickle.storages().values(), Files.size(file));
            Map<String, FloatTensor> tensors = names(dict);
            Map<TorchStorage, List<String>> users = users(dict);
            for (Object key : keys(pickle(in), pickle.storages().size())) {
                TorchStorage storage = pickle.storages().get(key);
                long count = ByteBuffer.wrap(in.readNBytes(8)).order(ByteOrder.LITTLE_ENDIAN).getLong();
                if (storage == null || count != storage.count()) {
                    throw new PickleReader.Refused("it says two things of the values " + PickleReader.printable(String.valueOf(key)));
                }
                ByteBuffer values = values(in, storage).order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
                fill(tensors, dict, users.getOrDefault(storage, List.of()), values);
            }
            return weights(file, dict, tensors);
        } catch (BufferUnderflowException e) {
            throw new EOFException("it ends early");
        }
    }

    private static Object pickle(InputStream in) throws IOException {
        return new PickleReader(new PickleBytes(in)).read();
    }

    private static List<?> keys(Object list, int storages) throws PickleReader.Refused {
        if (list instanceof List<?> keys && keys.size() == storages && keys.stream().distinct().count() == storages) {
            return keys;
        }
        throw new PickleReader.Refused("its list of values is not that of its tensors");
    }

    /** All names in their order; values come storage by storage. */
    private static Map<String, FloatTensor> names(StateDict dict) {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        dict.tensors().keySet().forEach(name -> tensors.put(name, null));
        return tensors;
    }

    /** Which tensors look into a storage. */
    private static Map<TorchStorage, List<String>> users(StateDict dict) {
        Map<TorchStorage, List<String>> users = new LinkedHashMap<>();
        dict.tensors().forEach((name, tensor) -> users.computeIfAbsent(tensor.storage(), storage -> new ArrayList<>()).add(name));
        return users;
    }

    private static void fill(Map<String, FloatTensor> tensors, StateDict dict, List<String> users, ByteBuffer values) {
        if (!users.isEmpty()) {
            float[] stored = dict.tensors().get(users.get(0)).storage().type().floats(values);
            users.forEach(name -> tensors.put(name, dict.tensors().get(name).of(stored)));
        }
    }

    private static WeightFile weights(Path file, StateDict dict, Map<String, FloatTensor> tensors) {
        List<String> remarks = dict.part().isEmpty() ? List.of() : List.of("Of " + file.getFileName() + " the part " + dict.part() + " was read.");
        return new WeightFile(file, tensors, dict.others(), WeightLayout.TORCH, "", remarks);
    }

    /** The sentence for what could not be read. */
    static String reason(IOException e) {
        if (e instanceof ZipException) {
            return "it is a damaged zip file, or cut off";
        }
        return e instanceof PickleReader.Refused || e instanceof EOFException ? e.getMessage() : null;
    }
}
