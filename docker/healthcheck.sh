#!/bin/bash
# Succeeds where the service says that it is alive. Bash speaks HTTP itself: the image needs no client.
set -eu
port=${QUARKUS_HTTP_PORT:-8080}
exec 3<>"/dev/tcp/127.0.0.1/$port"
printf 'GET /q/health/live HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
read -r _ status _ <&3
[ "$status" = 200 ]
