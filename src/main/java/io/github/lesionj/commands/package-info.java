/** The SciJava commands: forms that check their inputs and call one pipeline object. */
package io.github.lesionj.commands;
