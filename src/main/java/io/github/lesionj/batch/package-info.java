/** Many items: folders, resuming, failures. */
package io.github.lesionj.batch;
