/** Behind the wall: starts the engine, loads networks through DJL, guards foreign graphs. The only importer of {@code ai.djl}. */
package io.github.lesionj.inference;
