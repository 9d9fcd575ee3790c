#!/usr/bin/env bash
# Puts veraPDF into a folder: bash verapdf-setup.sh DIR. The engine and its profiles travel in the jar of the npm package @opendataloader/pdf; JAXB,
# which that jar lacks, comes from Debian's libjaxb-java. Tests find the folder by BRIEFPRESS_VERAPDF.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
dir=$1
mkdir -p "$dir"
cd "$dir"
[ -d node_modules/@opendataloader ] || npm install --silent --no-audit --no-fund --no-save --prefix "$dir" @opendataloader/pdf@2.5.11
path=$dir/node_modules/@opendataloader/pdf/lib/opendataloader-pdf-cli.jar
for jar in jaxb-api jaxb-core jaxb-impl jaxb-runtime istack-commons-runtime txw2 javax.activation stax-ex FastInfoset; do
  path=$path:/usr/share/java/$jar.jar
done
printf '%s' "$path" >"$dir/class-path"
javac -cp "$path" -d "$dir/classes" "$here/Validate.java"
