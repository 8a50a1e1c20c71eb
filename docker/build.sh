#!/usr/bin/env bash
# Builds every image: docker/build.sh [--tool docker|podman] [--registry HOST/PATH/] [--tag TAG] [--inside] [--cuda] [--push] [IMAGE...]
# Without --inside the jars must be there: ./mvnw -DskipTests package
set -euo pipefail
cd "$(dirname "$0")/.."

# image, target, module
IMAGES="
edit-generator          service  generator-service
edit-aligner            service  aligner-service
edit-trainer            service  trainer-service
edit-evaluator          service  evaluator-service
edit-simulated-teacher  service  simulated-teacher
edit-cli                cli      cli
"

tool=docker
registry=
tag=0.1.0
jars=outside
cuda=false
push=false
wanted=
while [ $# -gt 0 ]; do
  case $1 in
    --tool) tool=$2; shift ;;
    --registry) registry=${2%/}/; shift ;;
    --tag) tag=$2; shift ;;
    --inside) jars=inside ;;
    --cuda) cuda=true ;;
    --push) push=true ;;
    -*) echo "build.sh: unknown option $1" >&2; exit 2 ;;
    *) wanted="$wanted $1" ;;
  esac
  shift
done

# podman's own format knows no HEALTHCHECK.
format=
case $tool in
  *podman*) format="--format docker" ;;
esac

build() {
  local name=$registry$1
  echo "== $name" >&2
  "$tool" build $format -f docker/Dockerfile --target "$2" --build-arg "MODULE=$3" --build-arg "JARS=$jars" ${BUILD_ARGS:-} -t "$name" .
  if [ "$push" = true ]; then
    "$tool" push "$name"
  fi
}

while read -r image target module; do
  if [ -n "$image" ] && { [ -z "$wanted" ] || [[ " $wanted " == *" $image "* ]]; }; then
    build "$image:$tag" "$target" "$module"
  fi
done <<<"$IMAGES"
if [ "$cuda" = true ]; then
  build "edit-trainer:$tag-cuda" cuda trainer-service
fi
