package io.github.lesionj.pipeline;

/**
 * What a trained package says of itself.
 *
 * @param name        of the package
 * @param licence     SPDX
 * @param attribution whose data it stands on
 */
public record ModelRequest(String name, String licence, String attribution) {
}
