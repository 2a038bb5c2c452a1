package io.github.lesionj.core;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;

/** The JSON files that LesionJ writes. */
public final class Json {

    private static final Gson PRETTY = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls().create();

    private Json() {
    }

    /** Maps, lists and simple values over several lines, with a line feed at the end; what is null is written as such. */
    public static String pretty(Object value) {
        return PRETTY.toJson(value) + "\n";
    }
}
