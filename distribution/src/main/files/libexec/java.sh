# Sourced by the programs in bin: sets java to that of JAVA_HOME, else of PATH; exits with 2 if it is missing or too
# old.
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
place=$(command -v "$java") || {
  echo "Sluice needs Java 17 or newer, and $java was not found. " \
    "Install it (Debian: sudo apt-get install -y openjdk-17-jre-headless) or set JAVA_HOME." >&2
  exit 2
}
# A JDK says its version in a file beside bin; asking java itself would take as long as a whole command.
release=$(dirname "$(readlink -f "$place")")/../release
version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$release" 2>/dev/null) || version=
if [ -n "$version" ] && [ "$version" -lt 17 ]; then
  echo "Sluice needs Java 17 or newer, and $place is Java $version.  Install a newer one or set JAVA_HOME." >&2
  exit 2
fi
