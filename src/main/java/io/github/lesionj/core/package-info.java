/** Progress, cancel, failure types, and small formats that every other package stands on. */
package io.github.lesionj.core;
