#!/bin/sh
# Gathers what a module's image runs: collect.sh MODULE FOLDER. A Quarkus module has its application, the command line its jar and its libraries.
set -eu
module=$1
to=$2
mkdir -p "$to"
if [ -d "$module/target/quarkus-app" ]; then
  cp -R "$module/target/quarkus-app/." "$to/"
elif [ -d "$module/target/lib" ]; then
  mkdir -p "$to/app"
  cp -R "$module/target/lib" "$to/lib"
  find "$module/target" -maxdepth 1 -name "$module-*.jar" ! -name '*-sources.jar' ! -name '*-tests.jar' -exec cp {} "$to/app/" \;
  if [ -z "$(ls "$to/app")" ]; then
    echo "collect.sh: no jar of $module in $module/target: run ./mvnw -DskipTests package" >&2
    exit 1
  fi
else
  echo "collect.sh: $module is not built: run ./mvnw -DskipTests package" >&2
  exit 1
fi
