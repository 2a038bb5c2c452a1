/**
 * What the scripts in {@code bin/} start: a real ImageJ without a display ({@link io.github.lesionj.cli.Main}, which knows
 * no class of LesionJ beside this package), the phantom generator, the benchmarks. Not part of the plugin's jar.
 */
package io.github.lesionj.cli;
