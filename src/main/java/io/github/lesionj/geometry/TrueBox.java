package io.github.lesionj.geometry;

/**
 * An object that is there.
 *
 * @param box   in px of the image
 * @param label index of its class
 * @param area  in square px, by which small and large ones are told apart: of the box, or of the object where its outline is known
 * @param role  whether it must be found
 */
public record TrueBox(Box box, int label, double area, Role role) {

    /** How an object counts. */
    public enum Role {
        /** It must be found. */
        COUNTED,
        /** Finding it is neither right nor wrong: what VOC calls difficult. */
        IGNORED,
        /** Many objects in one box: finding any number of them is neither right nor wrong (COCO's {@code iscrowd}). */
        CROWD
    }

    /** An ordinary one. */
    public static TrueBox of(Box box, int label) {
        return new TrueBox(box, label, box.area(), Role.COUNTED);
    }

    /** IoU; with a crowd the share of the found box that lies in it. */
    public double overlap(Box found) {
        if (role != Role.CROWD) {
            return box.iou(found);
        }
        return found.isEmpty() ? 0 : box.intersection(found).area() / found.area();
    }
}
