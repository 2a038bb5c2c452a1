/** What {@code bin/lesionj} starts: a real ImageJ without a display. It knows no class of LesionJ beside itself. */
package io.github.lesionj.cli;
