/** Model packages on disk: the card ({@code rdf.yaml}), checksums, the zip guard, and the folder of installed models. */
package io.github.lesionj.modelpackage;
