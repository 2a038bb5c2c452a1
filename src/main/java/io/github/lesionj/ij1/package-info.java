/** The bridge that brings the SciJava commands into a plain ImageJ: menu, macros, recorder, dialog, class loading. */
package io.github.lesionj.ij1;
