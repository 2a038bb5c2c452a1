/**
 * What the scripts in {@code bin/} start: a real ImageJ without a display, which knows no class of LesionJ beside this
 * package, and the phantom generator. Not part of the plugin's jar.
 */
package io.github.lesionj.cli;
