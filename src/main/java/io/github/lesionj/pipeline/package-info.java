/** One class per job: the path a reader follows first. Runs without ImageJ's windows. */
package io.github.lesionj.pipeline;
