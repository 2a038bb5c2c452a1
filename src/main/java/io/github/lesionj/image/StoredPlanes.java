package io.github.lesionj.image;

/** The stored numbers of the planes of a stack, or of one part of each plane. */
interface StoredPlanes {

    /** In px. */
    int width();

    /** In px. */
    int height();

    /**
     * The numbers of a plane row by row, as ImageJ has them: bytes, shorts, floats, or packed colours as ints.
     *
     * @param index in the stack, from 1
     */
    Object array(int index);
}
