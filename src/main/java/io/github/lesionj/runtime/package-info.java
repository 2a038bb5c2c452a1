/**
 * The front of the wall: what the rest of LesionJ knows of TensorFlow.
 *
 * <p>Interfaces and records with plain Java types. Their implementations ({@code inference}, {@code training},
 * {@code network}) and TensorFlow itself are loaded by one child-first class loader and found by name.
 */
package io.github.lesionj.runtime;
