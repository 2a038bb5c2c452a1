package io.github.lesionj.dataset;

import io.github.lesionj.geometry.Box;
import io.github.lesionj.geometry.TrueBox.Role;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What a Pascal VOC file says of its image. Parts of objects (heads, hands) are passed over.
 *
 * @param image   file name of the image as it stands there; may be empty
 * @param width   of the image in px; NaN where it is not said
 * @param height  the same
 * @param objects in their order, with corners as they stand there; a coordinate that is no number is NaN
 */
record VocAnnotation(String image, double width, double height, List<FoundBox> objects) {

    private static final int LARGEST = 16 << 20;
    private static final String ROOT = "annotation";
    private static final String OBJECT = ROOT + "/object";
    private static final String BOX = OBJECT + "/bndbox/";

    /**
     * Reads a file. A DOCTYPE is refused, so that nothing in it can name another file or multiply itself.
     *
     * @throws IOException why it cannot be used, in a few words
     */
    static VocAnnotation read(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException("it has more than " + (LARGEST >> 20) + " MB, which no annotation of one image needs");
        }
        try (InputStream in = Files.newInputStream(file)) {
            XMLStreamReader xml = factory().createXMLStreamReader(in);
            return new Parser(xml).read();
        } catch (XMLStreamException e) {
            throw new IOException("its XML is damaged or incomplete (line " + e.getLocation().getLineNumber() + ")", e);
        }
    }

    // Java's own, whatever parser a user's Fiji may hold.
    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    private static final class Parser {

        private final XMLStreamReader xml;
        /** Names of the open elements. */
        private final StringBuilder path = new StringBuilder();
        private final StringBuilder text = new StringBuilder();
        /** Texts by path; those of an object until its end. */
        private final Map<String, String> texts = new HashMap<>();
        private final List<FoundBox> objects = new ArrayList<>();

        Parser(XMLStreamReader xml) {
            this.xml = xml;
        }

        VocAnnotation read() throws XMLStreamException, IOException {
            while (xml.hasNext()) {
                switch (xml.next()) {
                    case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                        throw new IOException("it has a DOCTYPE or entities of its own, which are refused: take them out");
                    case XMLStreamConstants.START_ELEMENT -> start(xml.getLocalName());
                    case XMLStreamConstants.CHARACTERS -> text.append(xml.getText());
                    case XMLStreamConstants.END_ELEMENT -> end();
                    default -> {
                        // comments and the like
                    }
                }
            }
            return new VocAnnotation(text("annotation/filename"), number("annotation/size/width"), number("annotation/size/height"),
                List.copyOf(objects));
        }

        private void start(String name) throws IOException {
            if (path.length() == 0 && !name.equals(ROOT)) {
                throw new IOException("it is no Pascal VOC annotation: its root is <" + name + "> and not <" + ROOT + ">");
            }
            path.append(path.length() == 0 ? "" : "/").append(name);
            text.setLength(0);
        }

        private void end() {
            String ended = path.toString();
            texts.putIfAbsent(ended, text.toString().strip());
            if (ended.equals(OBJECT)) {
                objects.add(object());
                texts.keySet().removeIf(key -> key.startsWith(OBJECT));
            }
            path.setLength(Math.max(0, path.lastIndexOf("/")));
            text.setLength(0);
        }

        private FoundBox object() {
            Box corners = new Box(number(BOX + "xmin"), number(BOX + "ymin"), number(BOX + "xmax"), number(BOX + "ymax"));
            String difficult = text(OBJECT + "/difficult").toLowerCase(Locale.ROOT);
            boolean ignored = difficult.equals("1") || difficult.equals("true");
            return new FoundBox(corners, text(OBJECT + "/name"), Double.NaN, ignored ? Role.IGNORED : Role.COUNTED);
        }

        private String text(String key) {
            return texts.getOrDefault(key, "");
        }

        private double number(String key) {
            return Decimal.of(text(key));
        }
    }
}
