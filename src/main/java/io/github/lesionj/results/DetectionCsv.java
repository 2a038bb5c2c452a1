package io.github.lesionj.results;

import io.github.lesionj.geometry.Box;
import io.github.lesionj.geometry.ScoredBox;
import java.util.ArrayList;
import java.util.List;

/**
 * A box as a row: {@code image,c,z,t,label,score,x,y,width,height}, px of the whole image, and, where any item of a run is
 * calibrated, {@code x_um,y_um,width_um,height_um}, which stay empty for items that are not. Numbers are exact.
 *
 * @param calibrated whether the columns in micrometres are there
 */
record DetectionCsv(boolean calibrated) {

    static final String LABEL = "label";
    static final String SCORE = "score";
    static final List<String> POSITION = List.of("c", "z", "t");
    static final List<String> SIZE = List.of("x", "y", "width", "height");

    /** The columns that these items need. */
    static DetectionCsv fitting(List<Detections> items) {
        return new DetectionCsv(items.stream().anyMatch(Detections::isCalibrated));
    }

    List<String> header() {
        List<String> names = new ArrayList<>(List.of("image"));
        names.addAll(POSITION);
        names.addAll(List.of(LABEL, SCORE));
        names.addAll(SIZE);
        if (calibrated) {
            SIZE.forEach(name -> names.add(name + "_um"));
        }
        return names;
    }

    List<String> fields(Detections item, ScoredBox found) {
        List<String> fields = new ArrayList<>(item(item.item()));
        fields.add(item.className(found));
        fields.add(Numbers.exact(found.score()));
        for (double value : size(found.box())) {
            fields.add(Numbers.exact(value));
        }
        if (calibrated) {
            for (double value : micrometres(item, found.box())) {
                fields.add(Numbers.exact(value));
            }
        }
        return fields;
    }

    /** Path, c, z, t; a position that is none is empty. */
    static List<String> item(ItemKey key) {
        return List.of(key.image(), index(key.c()), index(key.z()), index(key.t()));
    }

    /** The item of a row. */
    static ItemKey key(List<String> fields) {
        return new ItemKey(fields.get(0), position(fields.get(1)), position(fields.get(2)), position(fields.get(3)), null);
    }

    private static int position(String field) {
        return field.isEmpty() ? 0 : Integer.parseInt(field);
    }

    private static String index(int position) {
        return position == 0 ? "" : Integer.toString(position);
    }

    /** Left, top, width, height. */
    static double[] size(Box box) {
        return new double[] {box.x0(), box.y0(), Detections.length(box.x0(), box.x1()), Detections.length(box.y0(), box.y1())};
    }

    /** The same in micrometres, to a millionth; NaN where the item is not calibrated. */
    static double[] micrometres(Detections item, Box box) {
        double[] size = size(box);
        double[] um = {item.umX(), item.umY(), item.umX(), item.umY()};
        for (int i = 0; i < size.length; i++) {
            size[i] = item.isCalibrated() ? Math.rint(size[i] * um[i] * 1e6) / 1e6 : Double.NaN;
        }
        return size;
    }

    /** Of left, top, width and height, without the digits that multiplying leaves behind; NaN where they are. */
    static double area(double[] size) {
        return Math.rint(size[2] * size[3] * 1e8) / 1e8;
    }
}
