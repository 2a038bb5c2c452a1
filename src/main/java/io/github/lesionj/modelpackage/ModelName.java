package io.github.lesionj.modelpackage;

import io.github.lesionj.core.UsageException;

/** Names of model packages: what bioimage.io allows, and what is a good folder name on every platform. */
public final class ModelName {

    private static final int SHORTEST = 5;
    private static final int LONGEST = 64;

    private ModelName() {
    }

    /** A name that can be one and is as near as possible to a text, such as a folder's name. */
    public static String like(String text) {
        String name = text.replaceAll("[^A-Za-z0-9_+() -]+", "-").replaceAll("^[- ]+|[- ]+$", "");
        name = name.length() < SHORTEST ? ("model-" + name).replaceAll("-$", "") : name;
        name = name.length() > LONGEST ? name.substring(0, LONGEST).strip() : name;
        return problem(name) == null ? name : "trained-model";
    }

    /** Why a text cannot be a package's name, in a few words; null when it can. */
    static String problem(String name) {
        if (name.length() < SHORTEST || name.length() > LONGEST) {
            return "must have " + SHORTEST + " to " + LONGEST + " characters";
        }
        if (!name.matches("[A-Za-z0-9_+() -]+") || !name.equals(name.strip())) {
            return "may hold letters A to Z, digits, _, +, -, parentheses, and blanks inside only";
        }
        return EntryName.problem(name);
    }

    /** The name, where it can be one. */
    public static String checked(String name) {
        String problem = problem(name);
        if (problem != null) {
            throw new UsageException("The model name \"" + name + "\" cannot be used: it " + problem + ".");
        }
        return name;
    }
}
